import { fork } from 'node:child_process'
import { patientWords } from './patient-words.ts'
import type { FromVenueChild, VenueProcess, VenueProcessEvents } from './venue-keeper.ts'

const ownWords = patientWords()
/** Ten times what it needs; beyond that it ends, and not the machine. */
export const venueHeapMb = 384

/** The venue as a plain Node process: without Electron, and in tests. */
export function forkVenue(entry: string, events: VenueProcessEvents): VenueProcess {
  const child = fork(entry, [String(venueHeapMb)], {
    serialization: 'advanced',
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    execArgv: ['--disable-warning=ExperimentalWarning', `--max-old-space-size=${venueHeapMb}`],
  })
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (words: Uint8Array) => ownWords.pass(words))
  let isOver = false
  const over = (detail: string): void => {
    if (isOver) return
    isOver = true
    events.onExit(detail)
  }
  // The child is our own program: what it sends is a FromVenueChild.
  child.on('message', (message) => events.onMessage(message as FromVenueChild))
  child.on('error', (error) => over(error.message))
  child.on('exit', (code, signal) => over(signal ?? `exit code ${code ?? 'unknown'}`))
  return {
    processId: child.pid,
    send: (message) => {
      // A message to a process that has just gone is not trouble: its exit is told next.
      if (child.connected) child.send(message, () => undefined)
    },
    kill: () => void child.kill('SIGKILL'),
  }
}
