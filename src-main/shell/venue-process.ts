import { utilityProcess } from 'electron'
import { venueHeapMb, type FromVenueChild, type VenueProcess, type VenueProcessEvents } from '../supervisor/index.ts'

/** The venue as a utility process; the supervisor decides when. */
export function launchVenue(entry: string, events: VenueProcessEvents): VenueProcess {
  // No flag for its heap: what Node calls its own is none of Electron's. The child looks at its heap and ends itself above this.
  const child = utilityProcess.fork(entry, [String(venueHeapMb)], { serviceName: 'Ballast venue', stdio: 'inherit' })
  // The child is our own program: what it sends is a FromVenueChild.
  child.on('message', (message) => events.onMessage(message as FromVenueChild))
  child.once('exit', (code) => events.onExit(`exit code ${code}`))
  return { processId: child.pid, send: (message) => child.postMessage(message), kill: () => void child.kill() }
}
