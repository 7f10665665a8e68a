import { engineStatus } from '../../../src-preload/contract/index.ts'
import { ageText } from '../../../src-preload/contract/text/index.ts'
import { askEngine } from '../ask-engine.ts'
import { defineCommand, done } from '../command.ts'
import { printMode, printTime } from '../engine-words.ts'
import { alignRows } from '../terminal-style.ts'
import { refuse } from '../trouble.ts'

export const status = defineCommand({
  name: 'status',
  summary: 'cli.status.summary',
  flags: {},
  output: engineStatus,
  exitCodes: [0, 2, 3],
  examples: ['ballast status', 'ballast status --profile paper --json'],
  async run(context) {
    const answer = await askEngine(context, 'engine.status', {})
    return answer.ok ? done(answer.value) : refuse(answer.trouble)
  },
  print(value, { speech, style }) {
    const { mode, since, reason, actor, profile, version, processId, uptimeMs, restarts, clients } = value
    const sinceText = speech.say('cli.status.since', { time: printTime(speech.locale, since) })
    const uptime = ageText(speech.locale, uptimeMs)
    return alignRows([
      [speech.say('cli.status.profile'), profile],
      [speech.say('cli.status.mode'), `${printMode(mode, style)} ${sinceText}`],
      [speech.say('cli.status.reason'), `${reason} (${actor})`],
      [speech.say('cli.status.engine'), speech.say('cli.status.engine-line', { version, processId, uptime })],
      [speech.say('cli.status.restarts'), String(restarts)],
      [speech.say('cli.status.clients'), String(clients)],
    ])
  },
})
