/** The journal's thread, held up right after it told that the journal is open. */
import { parentPort } from 'node:worker_threads'
import { runJournalThread } from '../../../src-main/store/journal/index.ts'

if (parentPort !== null) {
  const port = parentPort
  const post = port.postMessage.bind(port)
  port.postMessage = (message: { readonly kind: string }) => {
    post(message)
    if (message.kind === 'opened') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300)
  }
}
await runJournalThread()
