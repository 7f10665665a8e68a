import { existsSync } from 'node:fs'
import { z } from 'zod'
import { auditVerdict } from '../../../src-preload/contract/index.ts'
import type { Vault } from '../../store/index.ts'
import { askEngine } from '../ask-engine.ts'
import { callerPath } from '../books/caller-path.ts'
import { loadStore } from '../books/load-store.ts'
import { openOffline } from '../books/open-offline.ts'
import { defineCommand, done, patientFor, valueFlag, type CommandContext } from '../command.ts'
import { givenSecret, secretFlags } from '../secret-input.ts'
import { badInput, refuse } from '../trouble.ts'

/** Verifying a long journal takes its time. */
const verifyMs = 10 * 60_000

export const auditVerify = defineCommand({
  name: 'audit verify',
  summary: 'cli.audit-verify.summary',
  flags: {
    file: valueFlag({ placeholder: 'COPY', description: 'cli.flag.audit-file', expected: 'cli.expected.file', schema: z.string().min(1) }),
    ...secretFlags,
  },
  output: auditVerdict,
  exitCodes: [0, 1, 2, 3],
  examples: ['ballast audit verify --profile paper', 'ballast audit verify --file journal.copy --json'],
  async run(context, { flags }) {
    const given = givenSecret(context, flags)
    if (!given.ok) return given
    const file = flags.file === undefined ? undefined : callerPath(context, flags.file)
    if (file !== undefined && !existsSync(file)) {
      return refuse(badInput('cli.file-missing', context.speech.say('cli.error.file-missing', { file })))
    }
    const offline = await openOffline(context, given.secret, false)
    if (offline.ok) {
      const verdict = await verifyHere(context, offline.vault, file)
      return { ...done(verdict), exitCode: verdict.ok ? 0 : 1 }
    }
    if (offline.why === 'no-books' || offline.why === 'trouble') return offline
    // Their keys are inside the engine: it verifies them itself.
    const answer = await askEngine(patientFor(context, verifyMs), 'audit.verify', { file: file ?? null })
    if (answer.ok) return { ...done(answer.value), exitCode: answer.value.ok ? 0 : 1 }
    return answer.reason === 'no-engine' ? offline : refuse(answer.trouble)
  },
  print(value, { speech, style }) {
    const { ok, records, head, at, reason } = value
    if (ok) return [style.good(speech.say('cli.audit.ok', { records, seq: head.seq, mac: head.mac }))]
    const bad = style.bad(speech.say('cli.audit.bad', { reason: reason ?? '?', records }))
    return at === undefined ? [bad] : [bad, speech.say('cli.audit.bad-at', at)]
  },
})

async function verifyHere(context: CommandContext, vault: Vault, file: string | undefined) {
  const { journalFolder, verdictOf, verifyJournal } = await loadStore()
  try {
    // A copy may be older than what is remembered, and is no less whole for that.
    const anchor = file === undefined ? await vault.readAnchor() : undefined
    // Asked before: what was durable then must be there, and an end that is just being written is no trouble.
    const running = file === undefined ? await askEngine(context, 'books.status', {}) : undefined
    const head = anchor?.ok === true ? anchor.head : undefined
    const found = await verifyJournal({
      path: file ?? journalFolder(context.profile.folder), keys: vault.journalKeys(), journalId: vault.vaultId,
      ...(head === undefined ? {} : { anchor: head }),
    })
    return verdictOf(found, running?.ok === true ? running.value.durable : undefined, file !== undefined)
  } finally {
    vault.dispose()
  }
}
