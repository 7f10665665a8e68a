/** The journal's thread: the engine hands over, this waits for the disk. */
import { runJournalThread } from './store/journal/index.ts'

await runJournalThread()
