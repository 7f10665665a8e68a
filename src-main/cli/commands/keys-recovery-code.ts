import { z } from 'zod'
import { openSealReader, sealForEngine } from '../books/seal-for-engine.ts'
import { askEngine } from '../ask-engine.ts'
import { withEngine, type Asked } from '../books/with-engine.ts'
import { defineCommand, done, patientFor, type CommandContext } from '../command.ts'
import { askSecret, givenSecret, secretFlags } from '../secret-input.ts'
import { badInput, notPossible, refuse, type Trouble } from '../trouble.ts'

/** A key is derived slowly on purpose, and a keychain or a disk may take its time. */
const vaultMs = 60_000

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
    const answer = await withEngine(patientFor(context, vaultMs), given.secret, async (engine) => {
      const status = await engine.ask('books.status', {})
      if (!status.ok) return status
      const asked = status.value.hasPassphrase ? (given.secret ?? (await askSecret(context, context.speech.say('cli.ask.secret')))) : undefined
      const sealed = asked === undefined ? undefined : await sealForEngine(context, 'keys.recovery-code secret', asked)
      if (sealed !== undefined && !sealed.ok) return sealed
      const made = await engine.ask('keys.recovery-code', { sealTo: reader.publicKey, secret: sealed?.value ?? null })
      if (!made.ok) return made
      const code = await reader.open(made.value.code, 'keys.recovery-code code')
      return code === undefined ? refuse(unreadable(context)) : confirm(context, code)
    })
    return answer.ok ? done({ code: answer.value }) : answer
  },
  print: ({ code }, { speech, style }) => [speech.say('cli.keys.code'), '', `  ${style.strong(code)}`, '', speech.say('cli.keys.code-after')],
})

/** At a terminal a person has to have it on paper first; a script has it as soon as it is here. */
async function confirm(context: CommandContext, code: string): Promise<Asked<string>> {
  const { speech, surroundings } = context
  if (surroundings.askSecret !== undefined) {
    for (const line of [speech.say('cli.keys.code'), '', `  ${code}`, '']) context.note(line)
    const typed = await surroundings.askSecret(speech.say('cli.keys.code-again'))
    if (typed.trim().toUpperCase() !== code.slice(-4)) return refuse(badInput('cli.code-unconfirmed', speech.say('cli.error.code-unconfirmed')))
  }
  const sealed = await sealForEngine(context, 'keys.confirm-recovery-code code', code)
  if (!sealed.ok) return sealed
  // However little time was given: an answer that is not waited for would leave open which code opens the books.
  const patient = { ...context, timeoutMs: Math.max(context.timeoutMs, vaultMs) }
  const kept = await askEngine(patient, 'keys.confirm-recovery-code', { code: sealed.value })
  if (kept.ok || kept.trouble.code === 'keys.code-unconfirmed') return kept.ok ? { ok: true, value: code } : kept
  // The answer was lost, the code perhaps not: it must never be in force and known to nobody.
  context.note(speech.say('cli.keys.code-uncertain'))
  return { ok: true, value: code }
}

const unreadable = ({ speech }: CommandContext): Trouble =>
  notPossible('books.secret-unreadable', speech.sayError({ kind: 'malformed', code: 'books.secret-unreadable', retry: 'never', details: {} }))
