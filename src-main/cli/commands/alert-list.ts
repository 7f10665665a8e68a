import { z } from 'zod'
import { alertSchema } from '../../../src-preload/contract/index.ts'
import { isMessageKey, translate, type MessageKey } from '../../../src-preload/contract/text/index.ts'
import { askEngine } from '../ask-engine.ts'
import { defineCommand, done } from '../command.ts'
import { printTime } from '../engine-words.ts'
import { alignRows } from '../terminal-style.ts'
import { refuse } from '../trouble.ts'

export const alertList = defineCommand({
  name: 'alert list',
  summary: 'cli.alert-list.summary',
  flags: {},
  output: z.strictObject({ alerts: z.array(alertSchema) }),
  exitCodes: [0, 2, 3],
  examples: ['ballast alert list', 'ballast alert list --json'],
  async run(context) {
    const answer = await askEngine(context, 'alerts.open', {})
    return answer.ok ? done({ alerts: answer.value.alerts }) : refuse(answer.trouble)
  },
  print({ alerts }, { speech }) {
    if (alerts.length === 0) return [speech.say('cli.alert.none')]
    return alignRows(
      alerts.map(({ id, severity, state, raisedAt, rule, details }) => {
        const key = `alert.${rule}.title`
        const title = isMessageKey(key) ? translate<MessageKey>(speech.locale, key, details) : rule
        const words = translate(speech.locale, `alert.severity.${severity}`)
        return [id, words, speech.say(`cli.alert.state.${state}`), printTime(speech.locale, raisedAt), title]
      }),
    )
  },
})
