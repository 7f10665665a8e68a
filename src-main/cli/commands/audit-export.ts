import { existsSync } from 'node:fs'
import { z } from 'zod'
import { askEngine } from '../ask-engine.ts'
import { callerPath } from '../books/caller-path.ts'
import { loadStore } from '../books/load-store.ts'
import { openOffline } from '../books/open-offline.ts'
import { defineCommand, done, patientFor, valueFlag } from '../command.ts'
import { givenSecret, secretFlags } from '../secret-input.ts'
import { badInput, notPossible, refuse } from '../trouble.ts'

const copyMs = 10 * 60_000

export const auditExport = defineCommand({
  name: 'audit export',
  summary: 'cli.audit-export.summary',
  flags: {
    out: valueFlag({ placeholder: 'FILE', description: 'cli.flag.audit-out', expected: 'cli.expected.file', schema: z.string().min(1) }),
    ...secretFlags,
  },
  output: z.strictObject({
    file: z.string(),
    records: z.int().min(0),
    bytes: z.int().min(0),
    head: z.strictObject({ seq: z.int().min(0), mac: z.string() }),
  }),
  exitCodes: [0, 2, 3],
  examples: ['ballast audit export --out journal.copy'],
  async run(context, { flags }) {
    const { speech, profile } = context
    if (flags.out === undefined) {
      return refuse(badInput('cli.flag-missing', speech.say('cli.error.flag-missing', { command: 'audit export', flag: 'out' })))
    }
    const given = givenSecret(context, flags)
    if (!given.ok) return given
    const out = callerPath(context, flags.out)
    if (existsSync(out)) return refuse(badInput('cli.out-exists', speech.say('cli.error.out-exists', { file: out })))
    // The engine knows how far its journal is on the disk.
    const answer = await askEngine(patientFor(context, copyMs), 'audit.export', { out })
    if (answer.ok) return done(answer.value)
    if (answer.reason !== 'no-engine') return refuse(answer.trouble)
    const offline = await openOffline(context, given.secret, true)
    if (!offline.ok) return offline
    const { vault } = offline
    const { exportJournal, journalFolder } = await loadStore()
    const copied = await exportJournal({
      folder: journalFolder(profile.folder), keys: vault.journalKeys(), journalId: vault.vaultId, out,
    })
    vault.dispose()
    if (!copied.ok) return refuse(notPossible('audit.failed', speech.sayError(auditFailed(copied.trouble.kind)), 'fault'))
    const { records, bytes, head } = copied
    return done({ file: out, records, bytes, head: { seq: head.sequence, mac: head.mac } })
  },
  print: ({ file, records, bytes }, { speech }) => [speech.say('cli.audit.exported', { file, records, bytes })],
})

const auditFailed = (detail: string) => ({ kind: 'fault', code: 'audit.failed', retry: 'safe', details: { detail } }) as const
