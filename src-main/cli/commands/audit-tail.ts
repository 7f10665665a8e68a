import { z } from 'zod'
import type { readLastRecords as ReadLastRecords, Vault } from '../../store/index.ts'
import { askEngine } from '../ask-engine.ts'
import { loadStore } from '../books/load-store.ts'
import { openOffline } from '../books/open-offline.ts'
import { defineCommand, done, valueFlag, type CommandContext } from '../command.ts'
import { printTime } from '../engine-words.ts'
import { givenSecret, secretFlags } from '../secret-input.ts'
import { alignRows } from '../terminal-style.ts'
import { notPossible, refuse, type Refused } from '../trouble.ts'

const linesPreset = 20

export const auditTail = defineCommand({
  name: 'audit tail',
  summary: 'cli.audit-tail.summary',
  flags: {
    lines: valueFlag({
      placeholder: 'N', description: 'cli.flag.lines', expected: 'cli.expected.lines',
      schema: z.string().regex(/^\d{1,3}$/).transform(Number).pipe(z.int().min(1).max(500)),
    }),
    ...secretFlags,
  },
  output: z.strictObject({
    records: z.array(
      z.strictObject({
        seq: z.int(),
        at: z.int(),
        kind: z.string(),
        correlation: z.string().nullable(),
        body: z.record(z.string(), z.unknown()),
      }),
    ),
  }),
  exitCodes: [0, 2, 3],
  examples: ['ballast audit tail', 'ballast audit tail --lines 100 --json'],
  async run(context, { flags }) {
    const limit = flags.lines ?? linesPreset
    const given = givenSecret(context, flags)
    if (!given.ok) return given
    const answer = await askEngine(context, 'audit.recent', { before: null, limit, correlation: null })
    if (answer.ok) {
      const records = answer.value.records.map(({ sequence, body, ...rest }) => ({ ...rest, seq: sequence, body: bodyOf(body) }))
      return done({ records })
    }
    if (answer.reason !== 'no-engine') return refuse(answer.trouble)
    const offline = await openOffline(context, given.secret, true)
    if (!offline.ok) return offline
    const { vault } = offline
    const found = await readLast(context, vault, limit)
    vault.dispose()
    if ('trouble' in found) return found
    const records = found.toReversed().map(({ sequence, at, kind, correlation, body }) => ({
      seq: sequence, at, kind, correlation: correlation ?? null, body: { ...body },
    }))
    return done({ records })
  },
  print({ records }, { speech }) {
    if (records.length === 0) return [speech.say('cli.audit.empty')]
    return alignRows(records.map(({ seq, at, kind, body }) => [String(seq), printTime(speech.locale, at), kind, JSON.stringify(body)]))
  },
})

/** A journal that cannot be read is expected, and told as a trouble. */
async function readLast({ profile, speech }: CommandContext, vault: Vault, count: number): Promise<Awaited<ReturnType<typeof ReadLastRecords>> | Refused> {
  const { journalFolder, JournalUnreadable, readLastRecords, troubleOfJournal } = await loadStore()
  try {
    return await readLastRecords({ folder: journalFolder(profile.folder), keys: vault.journalKeys(), journalId: vault.vaultId, count })
  } catch (error) {
    if (!(error instanceof JournalUnreadable)) throw error
    const { code, details } = troubleOfJournal(error.trouble)
    return refuse(notPossible(`books.${code}`, speech.sayTrouble(code, details), 'fault'))
  }
}

// The engine wrote it as JSON of an object.
const bodyOf = (text: string): Record<string, unknown> => JSON.parse(text) as Record<string, unknown>
