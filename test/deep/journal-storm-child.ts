/** Appends as fast as it may until it is killed, and prints how far it was told that its records are durable. */
import { writeSync } from 'node:fs'
import { openJournal } from '../../src-main/store/journal/index.ts'
import { draftOf, journalId, keysOf, threadEntry } from '../unit/store/journal/sample-journal.ts'

const [folder = ''] = process.argv.slice(2)
const opened = await openJournal({ folder, keys: keysOf(), journalId, threadEntry, limits: { segmentBytes: 256 * 1024, ringBytes: 512 * 1024 } })
if (!opened.ok) {
  console.error(JSON.stringify(opened.trouble))
  process.exit(1)
}
const { journal } = opened
const say = (durable: number): void => void writeSync(1, `${durable}\n`)
say(journal.durable)
const inFlightMax = 100
const fill = (): void => {
  while (journal.appended - journal.durable < inFlightMax) {
    const appended = journal.append(draftOf(journal.appended + 1))
    if (!appended.ok) throw new Error(appended.reason)
  }
}
journal.onDurable((durable) => {
  say(durable)
  fill()
})
journal.onTrouble((trouble) => console.error(JSON.stringify(trouble)))
fill()
