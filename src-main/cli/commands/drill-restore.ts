import { z } from 'zod'
import { withEngine } from '../books/with-engine.ts'
import { defineCommand, done, patientFor } from '../command.ts'
import { givenSecret, secretFlags } from '../secret-input.ts'

const drillMs = 60 * 60_000

export const drillRestoreCommand = defineCommand({
  name: 'drill restore',
  summary: 'cli.drill-restore.summary',
  flags: secretFlags,
  output: z.strictObject({
    ok: z.boolean(),
    from: z.string(),
    restoreMs: z.number().min(0),
    records: z.int().min(0),
    head: z.strictObject({ seq: z.int().min(0), mac: z.string() }),
    at: z.int().min(0),
  }),
  exitCodes: [0, 1, 2, 3],
  examples: ['ballast drill restore --profile paper'],
  async run(context, { flags }) {
    const given = givenSecret(context, flags)
    if (!given.ok) return given
    const answer = await withEngine(patientFor(context, drillMs), given.secret, (engine) => engine.ask('drill.restore', {}))
    if (!answer.ok) return answer
    const { ok, from, restoreMs, records, head, at } = answer.value
    return { ...done({ ok, from, restoreMs, records, head: { seq: head.sequence, mac: head.mac }, at }), exitCode: ok ? 0 : 1 }
  },
  print: ({ ok, from, records, restoreMs }, { speech, style }) => [
    ok
      ? speech.say('cli.drill.done', { records, file: from, ms: Math.round(restoreMs) })
      : style.bad(speech.say('cli.drill.bad', { file: from })),
  ],
})
