/** The journal's thread over a disk that a test can make slow, hang or refuse: by a file beside the journal's folder. */
import { readFileSync } from 'node:fs'
import { workerData } from 'node:worker_threads'
import { runJournalThread } from '../../../src-main/store/journal/index.ts'
import { realDisk } from '../../../src-main/store/journal/segment-files.ts'

const { folder } = workerData as { folder: string }
const pauseWord = new Int32Array(new SharedArrayBuffer(4))
const pause = (ms: number): void => void Atomics.wait(pauseWord, 0, 0, ms)

/** `hang`, `slow`, the code of an error, or nothing. */
function wish(): string {
  try {
    return readFileSync(`${folder}.disk`, 'utf8')
  } catch {
    return ''
  }
}

await runJournalThread({
  writeDurably: (file, bytes, position) => {
    for (let now = wish(); now !== ''; now = wish()) {
      if (now === 'crash') throw new Error('a bug of the thread')
      if (now === 'slow') {
        pause(20)
        break
      }
      if (now !== 'hang') throw Object.assign(new Error(`${now}: the disk refuses`), { code: now })
      pause(5)
    }
    realDisk.writeDurably(file, bytes, position)
  },
})
