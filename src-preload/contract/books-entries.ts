import { z } from 'zod'
import { command, query, stream } from './entry.ts'
import { details, nothing, publicKey, sealedText, timeMs } from './primitives.ts'

/** Why the books of a profile cannot be opened; sentences are in `text` under `books.trouble.<code>`. */
export const booksTroubleCodes = [
  'passphrase-needed', 'secret-wrong', 'secret-weak', 'keychain-absent', 'keychain-locked', 'keychain-denied', 'keychain-silent', 'key-missing',
  'key-wrong', 'keychain-changed', 'vault-damaged', 'vault-newer', 'vault-missing', 'journal-damaged', 'journal-key-missing', 'journal-not-ours', 'rolled-back', 'anchor-damaged',
  'trading-not-set-up', 'disk-full', 'folder-unusable', 'failed',
] as const
export type BooksTroubleCode = (typeof booksTroubleCodes)[number]

const head = z.strictObject({ sequence: z.int().min(0), mac: z.string() })

export const backupFact = z.strictObject({
  file: z.string(),
  bytes: z.int().min(0),
  sha256: z.string(),
  head,
  verified: z.boolean(),
  at: timeMs,
})
export type BackupFact = z.output<typeof backupFact>

export const drillFact = z.strictObject({
  ok: z.boolean(),
  from: z.string(),
  restoreMs: z.number().min(0),
  records: z.int().min(0),
  head,
  at: timeMs,
})
export type DrillFact = z.output<typeof drillFact>

export const booksStatus = z.strictObject({
  state: z.enum(['opening', 'open', 'closed']),
  /** Only while they are closed. */
  trouble: z.strictObject({ code: z.enum(booksTroubleCodes), details }).nullable(),
  /** `ephemeral`: nothing is kept when Ballast ends. */
  protection: z.enum(['keychain', 'passphrase', 'ephemeral']).nullable(),
  hasPassphrase: z.boolean(),
  hasRecoveryCode: z.boolean(),
  /** Whether the screens are locked; without a passphrase they cannot be. */
  screen: z.enum(['open', 'locked', 'without-lock']),
  lockedAt: timeMs.nullable(),
  /** The screens lock themselves when nobody has touched them for so long; 0 for never. */
  lockAfterMinutes: z.int().min(0),
  /** Seconds until the next try of a passphrase is judged. */
  waitSeconds: z.int().min(0),
  records: z.int().min(0),
  durable: z.int().min(0),
  waitingMs: z.number().min(0),
  anchoredAt: timeMs.nullable(),
  keyCreatedAt: timeMs.nullable(),
  /** While what is shown of the past is still being read from the journal; the engine does not wait for it. Left out by who knows nothing of it. */
  catchingUp: z.strictObject({ applied: z.int().min(0), of: z.int().min(0) }).nullable().optional(),
  backup: z.strictObject({
    last: backupFact.nullable(),
    nextAt: timeMs.nullable(),
    running: z.strictObject({ phase: z.string(), fraction: z.number().min(0).max(1) }).nullable(),
    lastFailure: z.strictObject({ at: timeMs, code: z.string() }).nullable(),
  }),
  drill: z.strictObject({ last: drillFact.nullable(), isRunning: z.boolean() }),
  /** Whoever sends a passphrase seals it for this reader. */
  sealTo: publicKey,
})
export type BooksStatus = z.output<typeof booksStatus>

const auditHead = z.strictObject({ seq: z.int().min(0), mac: z.string() })

/** What `verify` found; nothing but a whole, unbroken chain up to the last anchor is ok. */
export const auditVerdict = z.strictObject({
  ok: z.boolean(),
  /** How many records are proved. */
  records: z.int().min(0),
  head: auditHead,
  /** Where the first trouble is. */
  at: z.strictObject({ segment: z.int(), offset: z.int(), seq: z.int() }).optional(),
  reason: z.string().optional(),
})
export type AuditVerdict = z.output<typeof auditVerdict>

export const booksEntries = {
  'books.watch': stream({
    summary: 'How the books do: open or not and why, what protects them, backups, drills; the screens’ lock.',
    access: 'read',
    delivery: 'latest',
    whileLocked: true,
    input: nothing,
    snapshot: booksStatus,
    delta: booksStatus,
  }),
  'books.status': query({
    summary: 'The same once.',
    access: 'read',
    whileLocked: true,
    input: nothing,
    output: booksStatus,
  }),
  'books.unlock': command({
    summary: 'Opens books that wait for a passphrase or recovery code, or tries again what could not be opened.',
    access: 'trade',
    whileLocked: true,
    input: z.strictObject({ secret: sealedText.nullable() }),
    output: booksStatus,
  }),
  'books.create': command({
    summary: 'Makes the books of a profile that has none where no keychain answers, under a passphrase.',
    access: 'admin',
    whileLocked: true,
    input: z.strictObject({ passphrase: sealedText }),
    output: booksStatus,
  }),
  'screen.lock': command({
    summary: 'Locks every screen of this engine: until the passphrase is given, they may only look at the mode, and halt.',
    access: 'read',
    whileLocked: true,
    input: nothing,
    output: booksStatus,
  }),
  'screen.unlock': command({
    summary: 'Unlocks the screens.',
    access: 'read',
    whileLocked: true,
    input: z.strictObject({ secret: sealedText }),
    output: booksStatus,
  }),
  'keys.rotate': command({
    summary: 'Makes a new master key and a new key for everything that is written from now on.',
    access: 'admin',
    input: nothing,
    output: z.strictObject({ epoch: z.int().min(1), at: timeMs }),
  }),
  'keys.recovery-code': command({
    summary: 'Makes a recovery code and tells it once, sealed for whoever asked; it counts, and the one before no longer, when it is confirmed.',
    access: 'admin',
    // Where there is a passphrase, it is asked for: who sits at an open desk must not take the books over.
    input: z.strictObject({ sealTo: publicKey, secret: sealedText.nullable() }),
    output: z.strictObject({ code: sealedText }),
  }),
  'keys.confirm-recovery-code': command({
    summary: 'Says that the recovery code made last is on paper: from now on it opens the books, and the one before does not.',
    access: 'admin',
    input: z.strictObject({ code: sealedText }),
    output: booksStatus,
  }),
  'keys.passphrase': command({
    summary: 'Sets the passphrase that opens the books and unlocks the screens; one that was set is asked for.',
    access: 'admin',
    input: z.strictObject({ old: sealedText.nullable(), next: sealedText }),
    output: booksStatus,
  }),
  'keys.app-secret': command({
    summary: 'Keeps a secret of another service in the keychain, or forgets it.',
    access: 'admin',
    input: z.strictObject({ name: z.enum(['telegram-token', 'webhook-key']), secret: sealedText.nullable() }),
    output: z.strictObject({ isKept: z.boolean() }),
  }),
  'backup.make': command({
    summary: 'Makes a backup now and proves it by opening it.',
    access: 'admin',
    input: z.strictObject({ out: z.string().min(1).max(4_096).nullable() }),
    output: backupFact,
  }),
  'backup.cancel': command({
    summary: 'Stops the backup that is being made; what was written of it is removed.',
    access: 'admin',
    input: nothing,
    output: z.strictObject({ wasRunning: z.boolean() }),
  }),
  'drill.restore': command({
    summary: 'Restores the newest backup into a scratch folder, verifies it, times it and removes it again.',
    access: 'admin',
    input: nothing,
    output: drillFact,
  }),
  'audit.verify': query({
    summary: 'Verifies the whole journal, or a copy of it, record by record, against what is remembered outside of it.',
    access: 'read',
    input: z.strictObject({ file: z.string().min(1).max(4_096).nullable() }),
    output: auditVerdict,
  }),
  'audit.export': command({
    summary: 'Copies the journal, as it is and under its own keys, into one file that can be verified.',
    access: 'admin',
    input: z.strictObject({ out: z.string().min(1).max(4_096) }),
    output: z.strictObject({ file: z.string(), records: z.int().min(0), bytes: z.int().min(0), head: auditHead }),
  }),
  'audit.recent': query({
    summary: 'The last records of the journal, oldest first.',
    access: 'read',
    input: z.strictObject({ before: z.int().min(1).nullable(), limit: z.int().min(1).max(500), correlation: z.string().max(64).nullable() }),
    output: z.strictObject({
      records: z.array(
        z.strictObject({ sequence: z.int(), at: timeMs, kind: z.string(), correlation: z.string().nullable(), body: z.string() }),
      ),
    }),
  }),
} as const
