/** The journal's thread over a disk that has room for the first segment only. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { workerData } from 'node:worker_threads'
import { runJournalThread } from '../../../src-main/store/journal/index.ts'
import { realDisk } from '../../../src-main/store/journal/segment-files.ts'

const { folder } = workerData as { folder: string }

await runJournalThread({ ...realDisk, bytesFree: () => (existsSync(join(folder, '00000001.seg')) ? 0 : undefined) })
