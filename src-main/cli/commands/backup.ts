import { existsSync } from 'node:fs'
import { z } from 'zod'
import { callerPath } from '../books/caller-path.ts'
import { withEngine } from '../books/with-engine.ts'
import { defineCommand, done, patientFor, valueFlag } from '../command.ts'
import { givenSecret, secretFlags } from '../secret-input.ts'
import { badInput, refuse } from '../trouble.ts'

const backupMs = 60 * 60_000

export const backup = defineCommand({
  name: 'backup',
  summary: 'cli.backup.summary',
  flags: {
    out: valueFlag({ placeholder: 'FILE', description: 'cli.flag.backup-out', expected: 'cli.expected.file', schema: z.string().min(1) }),
    ...secretFlags,
  },
  output: z.strictObject({
    file: z.string(),
    bytes: z.int().min(0),
    sha256: z.string(),
    head: z.strictObject({ seq: z.int().min(0), mac: z.string() }),
    verified: z.boolean(),
  }),
  exitCodes: [0, 2, 3],
  examples: ['ballast backup --profile paper', 'ballast backup --out ./ballast.backup --json'],
  async run(context, { flags }) {
    const { speech } = context
    const given = givenSecret(context, flags)
    if (!given.ok) return given
    const out = flags.out === undefined ? null : callerPath(context, flags.out)
    if (out !== null && existsSync(out)) return refuse(badInput('cli.out-exists', speech.say('cli.error.out-exists', { file: out })))
    const answer = await withEngine(patientFor(context, backupMs), given.secret, (engine) => engine.ask('backup.make', { out }))
    if (!answer.ok) return answer
    const { file, bytes, sha256, head, verified } = answer.value
    return done({ file, bytes, sha256, head: { seq: head.sequence, mac: head.mac }, verified })
  },
  print: ({ file, bytes, head }, { speech }) => [speech.say('cli.backup.made', { file, bytes, seq: head.seq })],
})
