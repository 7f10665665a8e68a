import { z } from 'zod'
import { defineCommand, done } from '../command.ts'
import { holdEngine } from '../hold-engine.ts'
import { givenSecret, secretFlags } from '../secret-input.ts'
import { notPossible, refuse } from '../trouble.ts'
import { portFlag } from './engine-flags.ts'

export const run = defineCommand({
  name: 'run',
  summary: 'cli.run.summary',
  flags: { port: portFlag, ...secretFlags },
  output: z.strictObject({ profile: z.string(), port: z.int(), processId: z.int() }),
  exitCodes: [0, 2, 3, 130],
  examples: ['ballast run', 'ballast run --profile paper --home ./books'],
  async run(context, { flags }) {
    const given = givenSecret(context, flags)
    if (!given.ok) return given
    const hold = await holdEngine(context, { port: flags.port, secret: given.secret, mayServeClosed: false })
    const profile = context.profile.name
    if (hold.kind === 'trouble') return refuse(hold.trouble)
    if (hold.kind === 'elsewhere') {
      const message = context.speech.say('cli.error.already-running', { profile, processId: hold.processId })
      return refuse(notPossible('cli.already-running', message))
    }
    const value = { profile, port: hold.engine.host.port, processId: process.pid }
    return { ...done(value), stay: hold.stay }
  },
  print: ({ profile, processId }, { speech }) => [speech.say('cli.run.ready', { profile, processId })],
})
