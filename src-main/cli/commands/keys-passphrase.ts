import { z } from 'zod'
import { readDescriptor, askSecret, givenSecret, secretFlags } from '../secret-input.ts'
import { sealForEngine } from '../books/seal-for-engine.ts'
import { withEngine } from '../books/with-engine.ts'
import { defineCommand, done, patientFor, valueFlag, type CommandContext } from '../command.ts'
import { badInput, refuse, type Refused } from '../trouble.ts'

/** Keys are derived slowly on purpose; a silence that is taken for a no would leave a person with the wrong passphrase. */
const deriveMs = 60_000

export const keysPassphrase = defineCommand({
  name: 'keys passphrase',
  summary: 'cli.keys-passphrase.summary',
  flags: {
    'new-fd': valueFlag({
      placeholder: 'N', description: 'cli.flag.new-passphrase-fd', expected: 'cli.expected.descriptor',
      schema: z.string().regex(/^\d{1,4}$/).transform(Number),
    }),
    ...secretFlags,
  },
  output: z.strictObject({ hasPassphrase: z.boolean() }),
  exitCodes: [0, 2, 3],
  examples: ['ballast keys passphrase --profile paper', 'ballast keys passphrase --new-fd 3'],
  async run(context, { flags }) {
    const given = givenSecret(context, flags)
    if (!given.ok) return given
    const next = await nextPassphrase(context, flags['new-fd'])
    if (!next.ok) return next
    const answer = await withEngine(patientFor(context, deriveMs), given.secret, async (engine) => {
      const sealed = await sealForEngine(context, 'keys.passphrase next', next.secret)
      if (!sealed.ok) return sealed
      const status = await engine.ask('books.status', {})
      if (!status.ok) return status
      const old = status.value.hasPassphrase ? (given.secret ?? (await askSecret(context, context.speech.say('cli.ask.secret')))) : undefined
      const sealedOld = old === undefined ? undefined : await sealForEngine(context, 'keys.passphrase old', old)
      if (sealedOld !== undefined && !sealedOld.ok) return sealedOld
      return engine.ask('keys.passphrase', { old: sealedOld?.value ?? null, next: sealed.value })
    })
    return answer.ok ? done({ hasPassphrase: answer.value.hasPassphrase }) : answer
  },
  print: (_value, { speech }) => [speech.say('cli.keys.passphrase-set')],
})

/** By descriptor, else typed twice. */
async function nextPassphrase(
  context: CommandContext,
  descriptor: number | undefined,
): Promise<{ readonly ok: true; readonly secret: string } | Refused> {
  const { speech } = context
  if (descriptor !== undefined) {
    const read = readDescriptor(context, descriptor)
    return !read.ok || read.secret === undefined ? (read as Refused) : { ok: true, secret: read.secret }
  }
  const typed = await askSecret(context, speech.say('cli.ask.passphrase'))
  if (typed === undefined) return refuse(badInput('cli.secret-needed', speech.say('cli.error.secret-needed')))
  const again = await askSecret(context, speech.say('cli.ask.again'))
  if (typed !== again) return refuse(badInput('cli.passphrases-differ', speech.say('cli.error.passphrases-differ')))
  return { ok: true, secret: typed }
}
