import { fork } from 'node:child_process'
import type { FromEngine } from './link-messages.ts'
import { patientWords } from './patient-words.ts'
import type { EngineProcess, EngineProcessEvents } from './supervisor.ts'

const ownWords = patientWords()

/** The engine as a plain Node process: without Electron, and in tests. */
export function forkEngine(entry: string, events: EngineProcessEvents): EngineProcess {
  const child = fork(entry, [], {
    serialization: 'advanced',
    // Not inherited: a reader of ours that does not read must not stop the engine's loop.
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    execArgv: ['--disable-warning=ExperimentalWarning'],
  })
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (words: Uint8Array) => ownWords.pass(words))
  let isOver = false
  const over = (detail: string): void => {
    if (isOver) return
    isOver = true
    events.onExit(detail)
  }
  // The child is our own program: what it sends is a FromEngine.
  child.on('message', (message) => events.onMessage(message as FromEngine))
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
