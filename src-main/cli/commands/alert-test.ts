import { alertSchema } from '../../../src-preload/contract/index.ts'
import { askEngine } from '../ask-engine.ts'
import { defineCommand, done } from '../command.ts'
import { refuse } from '../trouble.ts'

export const alertTest = defineCommand({
  name: 'alert test',
  summary: 'cli.alert-test.summary',
  flags: {},
  output: alertSchema,
  exitCodes: [0, 2, 3],
  examples: ['ballast alert test'],
  async run(context) {
    const answer = await askEngine(context, 'alerts.test', {})
    return answer.ok ? done(answer.value) : refuse(answer.trouble)
  },
  print: ({ id, state }, { speech }) => [speech.say('cli.alert.done', { id, state: speech.say(`cli.alert.state.${state}`) })],
})
