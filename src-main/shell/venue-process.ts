import { utilityProcess } from 'electron'
import { venueHeapMb, type FromVenueChild, type VenueProcess, type VenueProcessEvents } from '../supervisor/index.ts'

/** The venue as a utility process; the supervisor decides when. */
export function launchVenue(entry: string, events: VenueProcessEvents): VenueProcess {
  const child = utilityProcess.fork(entry, [String(venueHeapMb)], {
    serviceName: 'Ballast venue', stdio: 'inherit', execArgv: [`--js-flags=--max-old-space-size=${venueHeapMb}`],
  })
  // The child is our own program: what it sends is a FromVenueChild.
  child.on('message', (message) => events.onMessage(message as FromVenueChild))
  child.once('exit', (code) => events.onExit(`exit code ${code}`))
  return { processId: child.pid, send: (message) => child.postMessage(message), kill: () => void child.kill() }
}
