import { z } from 'zod'
import { booksStatus, engineStatus } from '../../../src-preload/contract/index.ts'
import { ageText } from '../../../src-preload/contract/text/index.ts'
import { askEngine } from '../ask-engine.ts'
import { defineCommand, done } from '../command.ts'
import { printMode, printTime } from '../engine-words.ts'
import type { Speech } from '../speech.ts'
import { alignRows } from '../terminal-style.ts'
import { refuse } from '../trouble.ts'

const output = z.strictObject({ ...engineStatus.shape, books: booksStatus.pick({ state: true, protection: true, trouble: true }) })

export const status = defineCommand({
  name: 'status',
  summary: 'cli.status.summary',
  flags: {},
  output,
  exitCodes: [0, 2, 3],
  examples: ['ballast status', 'ballast status --profile paper --json'],
  async run(context) {
    const answer = await askEngine(context, 'engine.status', {})
    if (!answer.ok) return refuse(answer.trouble)
    const books = await askEngine(context, 'books.status', {})
    if (!books.ok) return refuse(books.trouble)
    const { state, protection, trouble } = books.value
    return done({ ...answer.value, books: { state, protection, trouble } })
  },
  print(value, { speech, style }) {
    const { books, mode, since, reason, actor, profile, version, processId, uptimeMs, restarts, clients } = value
    const sinceText = speech.say('cli.status.since', { time: printTime(speech.locale, since) })
    const uptime = ageText(speech.locale, uptimeMs)
    return alignRows([
      [speech.say('cli.status.profile'), profile],
      [speech.say('cli.status.mode'), `${printMode(mode, style)} ${sinceText}`],
      [speech.say('cli.status.reason'), `${reason} (${actor})`],
      [speech.say('cli.status.books'), booksLine(books, speech)],
      [speech.say('cli.status.engine'), speech.say('cli.status.engine-line', { version, processId, uptime })],
      [speech.say('cli.status.restarts'), String(restarts)],
      [speech.say('cli.status.clients'), String(clients)],
    ])
  },
})

function booksLine({ state, protection, trouble }: z.output<typeof output>['books'], speech: Speech): string {
  if (trouble !== null) return speech.sayTrouble(trouble.code, trouble.details)
  if (state !== 'open' || protection === null) return speech.say('cli.status.books.opening')
  return speech.say('cli.status.books.open', { protection: speech.sayPhrase({ key: `cli.keys.way.${protection}` }) })
}
