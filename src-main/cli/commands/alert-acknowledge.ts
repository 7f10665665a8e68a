import { alertSchema } from '../../../src-preload/contract/index.ts'
import { askEngine } from '../ask-engine.ts'
import { defineCommand, done } from '../command.ts'
import { badInput, refuse } from '../trouble.ts'

export const alertAcknowledge = defineCommand({
  name: 'alert acknowledge',
  summary: 'cli.alert-acknowledge.summary',
  argument: 'ID',
  flags: {},
  output: alertSchema,
  exitCodes: [0, 2, 3],
  examples: ['ballast alert acknowledge alert-7'],
  async run(context, { argument }) {
    const { speech } = context
    if (argument === undefined) {
      const message = speech.say('cli.error.argument-missing', { command: 'alert acknowledge', argument: 'ID' })
      return refuse(badInput('cli.argument-missing', message))
    }
    const answer = await askEngine(context, 'alerts.acknowledge', { id: argument, actor: 'cli' })
    return answer.ok ? done(answer.value) : refuse(answer.trouble)
  },
  print: ({ id, state }, { speech }) => [speech.say('cli.alert.done', { id, state: speech.say(`cli.alert.state.${state}`) })],
})
