import { z } from 'zod'
import { openSealReader, sealForEngine } from '../books/seal-for-engine.ts'
import { withEngine } from '../books/with-engine.ts'
import { defineCommand, done } from '../command.ts'
import { askSecret, givenSecret, secretFlags } from '../secret-input.ts'
import { notPossible, refuse } from '../trouble.ts'

export const keysRecoveryCode = defineCommand({
  name: 'keys recovery-code',
  summary: 'cli.keys-recovery-code.summary',
  flags: secretFlags,
  output: z.strictObject({
    /** Shown this once, and kept nowhere. */
    code: z.string(),
  }),
  exitCodes: [0, 2, 3],
  examples: ['ballast keys recovery-code --profile paper'],
  async run(context, { flags }) {
    const given = givenSecret(context, flags)
    if (!given.ok) return given
    const reader = await openSealReader()
    const answer = await withEngine(context, given.secret, async (engine) => {
      const status = await engine.ask('books.status', {})
      if (!status.ok) return status
      const asked = status.value.hasPassphrase ? (given.secret ?? (await askSecret(context, context.speech.say('cli.ask.secret')))) : undefined
      const sealed = asked === undefined ? undefined : await sealForEngine(context, asked)
      if (sealed !== undefined && !sealed.ok) return sealed
      return engine.ask('keys.recovery-code', { sealTo: reader.publicKey, secret: sealed?.value ?? null })
    })
    if (!answer.ok) return answer
    const code = await reader.open(answer.value.code)
    if (code !== undefined) return done({ code })
    const { speech } = context
    return refuse(notPossible('books.secret-unreadable', speech.sayError({ kind: 'malformed', code: 'books.secret-unreadable', retry: 'never', details: {} })))
  },
  print: ({ code }, { speech, style }) => [speech.say('cli.keys.code'), '', `  ${style.strong(code)}`, '', speech.say('cli.keys.code-after')],
})
