import { z } from 'zod'
import { alertSchema } from '../../../src-preload/contract/index.ts'
import { askEngine } from '../ask-engine.ts'
import { defineCommand, done, valueFlag } from '../command.ts'
import { badInput, refuse } from '../trouble.ts'

const minutesPreset = 60

export const alertSnooze = defineCommand({
  name: 'alert snooze',
  summary: 'cli.alert-snooze.summary',
  argument: 'ID',
  flags: {
    for: valueFlag({
      placeholder: 'MINUTES', description: 'cli.flag.for-minutes', expected: 'cli.expected.minutes',
      schema: z.string().regex(/^\d{1,5}$/).transform(Number).pipe(z.int().min(1).max(10_080)),
    }),
  },
  output: alertSchema,
  exitCodes: [0, 2, 3],
  examples: ['ballast alert snooze alert-7 --for 30'],
  async run(context, { argument, flags }) {
    const { speech } = context
    if (argument === undefined) {
      const message = speech.say('cli.error.argument-missing', { command: 'alert snooze', argument: 'ID' })
      return refuse(badInput('cli.argument-missing', message))
    }
    const answer = await askEngine(context, 'alerts.snooze', { id: argument, forMs: (flags.for ?? minutesPreset) * 60_000, actor: 'cli' })
    return answer.ok ? done(answer.value) : refuse(answer.trouble)
  },
  print: ({ id, state }, { speech }) => [speech.say('cli.alert.done', { id, state: speech.say(`cli.alert.state.${state}`) })],
})
