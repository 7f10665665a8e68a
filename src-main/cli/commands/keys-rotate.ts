import { z } from 'zod'
import { withEngine } from '../books/with-engine.ts'
import { defineCommand, done, patientFor } from '../command.ts'
import { givenSecret, secretFlags } from '../secret-input.ts'

/** The whole read model is written again under the new key. */
const rekeyMs = 600_000

export const keysRotate = defineCommand({
  name: 'keys rotate',
  summary: 'cli.keys-rotate.summary',
  flags: secretFlags,
  output: z.strictObject({ epoch: z.int().min(1), at: z.int() }),
  exitCodes: [0, 2, 3],
  examples: ['ballast keys rotate --profile paper'],
  async run(context, { flags }) {
    const given = givenSecret(context, flags)
    if (!given.ok) return given
    const answer = await withEngine(patientFor(context, rekeyMs), given.secret, (engine) => engine.ask('keys.rotate', {}))
    return answer.ok ? done(answer.value) : answer
  },
  print: ({ epoch }, { speech }) => [speech.say('cli.keys.rotated', { epoch })],
})
