import { z } from 'zod'
import { askEngine } from '../ask-engine.ts'
import { sealForEngine } from '../books/seal-for-engine.ts'
import { defineCommand, done, switchFlag } from '../command.ts'
import { askSecret, givenSecret, secretFlags } from '../secret-input.ts'
import { badInput, refuse } from '../trouble.ts'
import { shortened } from '../unknown-command.ts'

const names = ['telegram-token', 'webhook-key'] as const

export const secretSet = defineCommand({
  name: 'secret set',
  summary: 'cli.secret-set.summary',
  argument: 'NAME',
  flags: { forget: switchFlag('cli.flag.forget'), ...secretFlags },
  output: z.strictObject({ isKept: z.boolean() }),
  exitCodes: [0, 2, 3],
  examples: ['ballast secret set telegram-token --profile paper', 'ballast secret set webhook-key --forget'],
  async run(context, { argument, flags }) {
    const { speech } = context
    const name = names.find((known) => known === argument)
    if (name === undefined) {
      return refuse(badInput('cli.unknown-secret', speech.say('cli.error.unknown-secret', { given: shortened(argument ?? '') })))
    }
    if (flags.forget) {
      const answer = await askEngine(context, 'keys.app-secret', { name, secret: null })
      return answer.ok ? done(answer.value) : refuse(answer.trouble)
    }
    const given = givenSecret(context, flags)
    if (!given.ok) return given
    const typed = given.secret ?? (await askSecret(context, `${name}:`))
    if (typed === undefined) return refuse(badInput('cli.secret-needed', speech.say('cli.error.secret-needed')))
    const sealed = await sealForEngine(context, 'keys.app-secret secret', typed)
    if (!sealed.ok) return refuse(sealed.trouble)
    const answer = await askEngine(context, 'keys.app-secret', { name, secret: sealed.value })
    return answer.ok ? done(answer.value) : refuse(answer.trouble)
  },
  print: ({ isKept }, { speech }) => [speech.say(isKept ? 'cli.secret.kept' : 'cli.secret.dropped')],
})
