import { z } from 'zod'
import { askEngine } from '../ask-engine.ts'
import { sealForEngine } from '../books/seal-for-engine.ts'
import { defineCommand, done, patientFor } from '../command.ts'
import { askSecret, givenSecret, secretFlags } from '../secret-input.ts'
import { badInput, notPossible, refuse } from '../trouble.ts'

/** Deriving a key takes its time, and so may a keychain. */
const openMs = 30_000

export const unlock = defineCommand({
  name: 'unlock',
  summary: 'cli.unlock.summary',
  flags: secretFlags,
  output: z.strictObject({ books: z.enum(['opening', 'open', 'closed']), screen: z.enum(['open', 'locked', 'without-lock']) }),
  exitCodes: [0, 2, 3],
  examples: ['ballast unlock --profile paper', 'ballast unlock --passphrase-fd 3'],
  async run(context, { flags }) {
    const given = givenSecret(context, flags)
    if (!given.ok) return given
    const { speech } = context
    const status = await askEngine(context, 'books.status', {})
    if (!status.ok) return refuse(status.trouble)
    const secret = given.secret ?? (await askSecret(context, speech.say('cli.ask.secret')))
    if (secret === undefined) return refuse(badInput('cli.secret-needed', speech.say('cli.error.secret-needed')))
    const patient = patientFor(context, openMs)
    const isLocked = status.value.screen === 'locked'
    const sealed = await sealForEngine(context, isLocked ? 'screen.unlock secret' : 'books.unlock secret', secret)
    if (!sealed.ok) return refuse(sealed.trouble)
    const answer = isLocked
      ? await askEngine(patient, 'screen.unlock', { secret: sealed.value })
      : await askEngine(patient, 'books.unlock', { secret: sealed.value })
    if (!answer.ok) return refuse(answer.trouble)
    const { state, screen, trouble } = answer.value
    if (trouble !== null) return refuse(notPossible(`books.${trouble.code}`, speech.sayTrouble(trouble.code, trouble.details), 'fault'))
    return done({ books: state, screen })
  },
  print: ({ screen }, { speech }) => [speech.say(screen === 'open' ? 'cli.lock.unlocked' : 'cli.lock.open')],
})
