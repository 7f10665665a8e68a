import { statSync } from 'node:fs'
import { fail, succeed, type AuditVerdict, type Contract, type SealedFor, type SealedText, type SealReader } from '../../src-preload/contract/index.ts'
import type { Handlers } from '../bridge/index.ts'
import {
  correlationIs, exportJournal, passphraseCharactersMin, passphraseFault, Secret, sequenceBetween, verifyJournal,
} from '../store/index.ts'
import type { BackupDesk } from './backup-desk.ts'
import type { Bookkeeper, OpenBookkeeping } from './bookkeeper.ts'
import { journalFolder } from './profile-folder.ts'
import { createRecoveryCodeDesk } from './recovery-code-desk.ts'
import { withOpen, withSecret } from './with-books.ts'
import { verdictOf } from './audit-verdict.ts'
import type { SecretTries } from './secret-tries.ts'

type Kinds = 'books' | 'screen' | 'keys' | 'backup' | 'drill' | 'audit'
export type BooksEntryName = Extract<keyof Contract, `${Kinds}.${string}`>

export interface BooksHandlerParts {
  readonly folder: string
  readonly bookkeeper: Bookkeeper
  readonly reader: SealReader
  readonly backups: BackupDesk
  readonly tries: SecretTries
  readonly now: () => number
  readonly audits: { isRunning: boolean }
  /** What was found of the journal itself. */
  readonly onAudit: (verdict: AuditVerdict) => void
  readonly onNewSecret: (secret: string) => void
  /** What was typed must not leave this process again in any text. */
  readonly guard: (secret: string) => void
}

const statusEachMs = 1_000

export function createBooksHandlers(parts: BooksHandlerParts): Pick<Handlers<Contract>, BooksEntryName> {
  const { bookkeeper, backups } = parts
  return {
    'books.watch': (_input, sink) => {
      const status = () => ({ ...bookkeeper.status(), waitSeconds: parts.tries.waitSeconds() })
      sink.snapshot(status())
      const stop = bookkeeper.onStatus(() => sink.delta(status()))
      const timer = setInterval(() => sink.delta(status()), statusEachMs)
      return () => {
        stop()
        clearInterval(timer)
      }
    },
    'books.status': () => succeed(bookkeeper.status()),
    ...openingHandlers(parts),
    ...lockHandlers(parts),
    ...keyHandlers(parts),
    'backup.make': ({ out }) => backups.make(out ?? undefined),
    'backup.cancel': () => succeed({ wasRunning: backups.cancel() }),
    'drill.restore': () => backups.drill(),
    ...auditHandlers(parts),
  }
}

function openingHandlers(parts: BooksHandlerParts): Pick<Handlers<Contract>, 'books.unlock' | 'books.create'> {
  const { bookkeeper } = parts
  return {
    'books.unlock': async ({ secret }) => {
      if (bookkeeper.opened !== undefined) return fail('books.not-wanted')
      const typed = secret === null ? undefined : await openSealed(parts, secret, 'books.unlock secret')
      if (secret !== null && typed === undefined) return fail('books.secret-unreadable')
      const waitSeconds = parts.tries.waitSeconds()
      if (typed !== undefined && waitSeconds > 0) return fail('books.secret-wrong', { waitSeconds })
      const isTried = await bookkeeper.tryAgain(typed)
      if (!isTried) return fail('books.not-wanted')
      // What was refused is no reply of its own: the status says why the books are still closed.
      if (bookkeeper.trouble?.code === 'secret-wrong') return fail('books.secret-wrong', { waitSeconds: parts.tries.failed() })
      if (typed !== undefined && bookkeeper.status().state === 'open') {
        parts.guard(typed)
        parts.tries.succeeded()
      }
      return succeed(bookkeeper.status())
    },
    'books.create': async ({ passphrase }) => {
      const typed = await openSealed(parts, passphrase, 'books.create passphrase')
      if (typed === undefined) return fail('books.secret-unreadable')
      if (isWeak(typed)) return fail('books.secret-weak', { least: passphraseCharactersMin })
      parts.guard(typed)
      const isMade = await bookkeeper.makeWith(typed)
      return isMade ? succeed(bookkeeper.status()) : fail('books.not-wanted')
    },
  }
}

function lockHandlers(parts: BooksHandlerParts): Pick<Handlers<Contract>, 'screen.lock' | 'screen.unlock'> {
  const { bookkeeper, now } = parts
  return {
    'screen.lock': () => {
      // Without a passphrase nothing could ever unlock them again.
      if (bookkeeper.opened?.vault.slots.includes('passphrase') !== true) return fail('screen.without-lock')
      bookkeeper.lock.lock(now())
      return succeed(bookkeeper.status())
    },
    'screen.unlock': ({ secret }) =>
      withOpen(parts, async ({ vault }) => {
        const typed = await openSealed(parts, secret, 'screen.unlock secret')
        if (typed === undefined) return fail('books.secret-unreadable')
        const verified = await withSecret(typed, (given) => vault.verifySecret(given))
        if (!verified.ok) {
          const waitMs = 'waitMs' in verified.refusal ? verified.refusal.waitMs : 0
          // One that came too soon was not judged.
          if (verified.refusal.kind === 'secret-wrong') parts.tries.failed()
          return fail('books.secret-wrong', { waitSeconds: Math.ceil(waitMs / 1_000) })
        }
        parts.tries.succeeded()
        bookkeeper.lock.unlock()
        return succeed(bookkeeper.status())
      }),
  }
}

function keyHandlers(parts: BooksHandlerParts): Pick<Handlers<Contract>, Extract<BooksEntryName, `keys.${string}`>> {
  const { bookkeeper, now } = parts
  return {
    'keys.rotate': () =>
      withOpen(parts, async ({ vault, books }) => {
        const rotated = await vault.rotate()
        if (!rotated.ok) return fail('keys.failed', { detail: rotated.trouble.kind })
        // The read model is made anew under the new key; should that fail, its next opening does it.
        await books.rekey(vault.booksKey())
        bookkeeper.note('keys.rotated', { epoch: rotated.epoch })
        bookkeeper.noteNewKey(now())
        return succeed({ epoch: rotated.epoch, at: now() })
      }),
    ...createRecoveryCodeDesk(parts),
    'keys.passphrase': ({ old, next }) =>
      withOpen(parts, async ({ vault }) => {
        const typed = await openSealed(parts, next, 'keys.passphrase next')
        const before = old === null ? undefined : await openSealed(parts, old, 'keys.passphrase old')
        if (typed === undefined || (old !== null && before === undefined)) return fail('books.secret-unreadable')
        if (isWeak(typed)) return fail('books.secret-weak', { least: passphraseCharactersMin })
        const hadOne = vault.slots.includes('passphrase')
        if (hadOne && parts.tries.waitSeconds() > 0) return fail('books.secret-wrong', { waitSeconds: parts.tries.waitSeconds() })
        if (hadOne && before === undefined) return fail('books.secret-wrong', { waitSeconds: 0 })
        const changed = await withSecret(typed, (to) =>
          hadOne ? withSecret(before ?? '', (from) => vault.changePassphrase({ from, to })) : vault.addPassphrase(to))
        if (!changed.ok) {
          return changed.trouble.kind === 'secret-wrong'
            ? fail('books.secret-wrong', { waitSeconds: parts.tries.failed() })
            : fail('keys.failed', { detail: changed.trouble.kind })
        }
        parts.guard(typed)
        // Whoever starts this engine again has to know it, or a crash would leave the books closed.
        parts.onNewSecret(typed)
        bookkeeper.note('keys.slot-added', { slot: 'passphrase' })
        bookkeeper.tell()
        return succeed(bookkeeper.status())
      }),
    'keys.app-secret': ({ name, secret }) =>
      withOpen(parts, async ({ vault }) => {
        const typed = secret === null ? undefined : await openSealed(parts, secret, 'keys.app-secret secret')
        if (secret !== null && typed === undefined) return fail('books.secret-unreadable')
        const kept = typed === undefined ? await vault.dropSecret(name) : await withSecret(typed, (given) => vault.keepSecret(name, given))
        if (!kept.ok) return fail('keys.failed', { detail: kept.trouble.kind })
        if (typed !== undefined) parts.guard(typed)
        bookkeeper.note(typed === undefined ? 'keys.secret-dropped' : 'keys.secret-kept', { name })
        return succeed({ isKept: typed !== undefined })
      }),
  }
}

function auditHandlers(parts: BooksHandlerParts): Pick<Handlers<Contract>, Extract<BooksEntryName, `audit.${string}`>> {
  return {
    'audit.verify': ({ file }, caller) =>
      withOpen(parts, async ({ vault, journal }) => {
        // A path is a way to look around on this computer.
        if (file !== null && caller.access !== 'admin') return fail('bridge.access-denied', { name: 'audit.verify', needs: 'admin' })
        if (file !== null && !isFileOrFolder(file)) return fail('audit.failed', { detail: 'there is no such file' })
        // One at a time: file threads are few, and a halt needs one for its latch.
        if (parts.audits.isRunning) return fail('books.busy', { work: 'a verification' })
        parts.audits.isRunning = true
        try {
        // A copy may be older than the anchor, and is no less whole for that.
        const anchor = file === null ? await vault.readAnchor() : undefined
        const head = anchor?.ok === true ? anchor.head : undefined
        const look = () => verifyJournal({
          path: file ?? journalFolder(parts.folder), keys: vault.journalKeys(), journalId: vault.vaultId,
          ...(head === undefined ? {} : { anchor: head }),
        })
        let verified = await look()
        // While it reads, segments are written, sealed and moved: what is damaged is damaged the second time too.
        if (file === null && !verified.ok) verified = await look()
        const verdict = verdictOf(verified, file === null ? journal.durable : undefined, file !== null)
        if (file === null) parts.onAudit(verdict)
        return succeed(verdict)
        } finally {
          parts.audits.isRunning = false
        }
      }),
    'audit.export': ({ out }) =>
      withOpen(parts, async ({ vault, journal }) => {
        const copied = await exportJournal({
          folder: journalFolder(parts.folder), keys: vault.journalKeys(), journalId: vault.vaultId, out, upTo: journal.durable,
        })
        if (!copied.ok) return fail('audit.failed', { detail: copied.trouble.kind })
        const { records, bytes, head } = copied
        return succeed({ file: out, records, bytes, head: { seq: head.sequence, mac: head.mac } })
      }),
    'audit.recent': ({ before, limit, correlation }) =>
      withOpen(parts, async (open) => {
        const { books } = open
        if (!(await isWholeSoon(open))) return fail('books.busy', { work: 'catching up with the journal' })
        const where = correlation === null ? sequenceBetween(0, before ?? Number.MAX_SAFE_INTEGER) : correlationIs(correlation)
        const found = await books.query(where, { order: 'newest-first', limit })
        if (!found.ok) return fail('books.busy', { work: found.error.kind })
        const records = found.value.rows.map(({ sequence, at, kind, correlation: tied, body }) => ({
          sequence, at, kind, correlation: tied ?? null, body: JSON.stringify(body),
        }))
        return succeed({ records: records.toReversed() })
      }),
  }
}

/** What was typed is guarded when it proves to be a secret of ours: a guess could be any ordinary word. */
const openSealed = ({ reader }: BooksHandlerParts, sealed: SealedText, field: SealedFor): Promise<string | undefined> =>
  reader.open(sealed, field)

const wholeSoonMs = 1_000

/** Half of the trail would look like the whole of it; and mostly a little patience is enough. */
async function isWholeSoon({ feed, isLevel }: OpenBookkeeping): Promise<boolean> {
  if (feed.state.is === 'catching-up') await Promise.race([feed.settled(), new Promise((resolve) => setTimeout(resolve, wholeSoonMs))])
  // One that was whole and fell behind lacks only the newest, and an alert says so.
  return feed.state.is === 'level' || (feed.state.is === 'behind' && isLevel())
}

const isFileOrFolder = (path: string): boolean => {
  // Not a pipe, which would never answer; and not another computer's.
  const found = path.startsWith('\\\\') ? undefined : statSync(path, { throwIfNoEntry: false })
  return found?.isFile() === true || found?.isDirectory() === true
}

function isWeak(text: string): boolean {
  const secret = Secret.fromText(text)
  const fault = passphraseFault(secret)
  secret.dispose()
  return fault !== undefined
}
