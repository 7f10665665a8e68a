import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { fail, ok, type Result } from '../base/index.ts'
import type { JournalRecord } from '../ports/index.ts'
import type { Past } from '../runtime/index.ts'
import {
  createBooksFeed, JournalUnreadable, kindIs, openBooks, openJournal, or, readJournal,
  type Books, type BooksFeed, type JournalFound, type JournalLimits, type JournalOpenTrouble, type Keychain, type OpenedJournal, type Vault,
} from '../store/index.ts'
import { troubleOfFailure, troubleOfJournal, type BooksTrouble } from './books-trouble.ts'
import { findVault } from './find-vault.ts'
import { watchFirstLevel } from './first-level.ts'
import { newestOf, pastOf } from './journal-past.ts'
import { catchUpFrom } from './journal-questions.ts'
import { ephemeralMark, hasVault, journalFolder, wipeEphemeralBooks } from './profile-folder.ts'
import { tradingPastOf } from './trading-past.ts'
import type { TradingScope } from './trading-scope.ts'

/**
 * From a folder to open books: keys, read model, journal, and the read model brought level.
 * Invariants: 1 the journal is opened only if it holds what the read model and the anchor know of it; 2 whatever goes wrong
 * is a trouble with a name, and nothing that was written is changed; 3 only books that are not kept are ever thrown away.
 */
export interface ProfileBooksParts {
  readonly folder: string
  /** Of books that are not kept. */
  readonly ephemeralRoot?: Uint8Array
  readonly keychain: Keychain
  readonly secret?: string
  /** A person asked for new books under this passphrase. */
  readonly isNewPassphrase?: boolean
  readonly threads: { readonly journal: URL; readonly books: URL }
  readonly journalLimits?: Partial<JournalLimits>
  /** How long a read model that is behind is waited for; then it goes on beside the engine. */
  readonly levelMsMax?: number
  /** Of a profile that trades: what. Its start has to know every event of the books, or a snapshot and what came behind it. */
  readonly trading?: ProfileTrading
  readonly now: () => number
}

export interface ProfileTrading {
  readonly scope: TradingScope
  /** Which version of the engine's state a snapshot may hold. */
  readonly snapshotForm: number
}

export interface OpenedBooks {
  readonly vault: Vault
  readonly journal: OpenedJournal
  readonly books: Books
  readonly feed: BooksFeed
  readonly found: JournalFound
  readonly past: Past
  /** Whether the read model has had everything since it last began anew. */
  readonly isLevel: () => boolean
  /** Settled when it has for the first time, or with why it never will. */
  readonly level: Promise<BooksTrouble | undefined>
  /** What stands in for it until then: the newest records, newest first. */
  readonly newest: readonly JournalRecord[]
  /** Whether nothing had to stand in for it. */
  readonly wasLevel: boolean
  /** These books have just been made. */
  readonly isNew: boolean
}

export type BooksOpening = { readonly ok: true; readonly opened: OpenedBooks } | { readonly ok: false; readonly trouble: BooksTrouble }

const retryMs = 5_000
/** A start should take less than two seconds, however long the books are. */
const levelMsDefault = 700

export async function openProfileBooks(parts: ProfileBooksParts): Promise<BooksOpening> {
  if (parts.ephemeralRoot !== undefined && hasVault(parts.folder)) {
    // Kept books under the demo's name: a folder that was copied or renamed. They are nobody's to throw away.
    return { ok: false, trouble: { code: 'journal-not-ours', details: {} } }
  }
  const made = await findVault(parts)
  if (!made.ok) return made
  const { vault, isNew } = made
  const opening = await openWith(parts, vault, isNew)
  // Books that are not kept, of a Ballast that ended without tidying up: nobody has their key any more.
  const isOwnLeftover = parts.ephemeralRoot !== undefined && existsSync(ephemeralMark(parts.folder))
  if (!opening.ok && isOwnLeftover && opening.trouble.code === 'journal-not-ours') {
    await wipeEphemeralBooks(parts.folder)
    await writeFile(ephemeralMark(parts.folder), '', { mode: 0o600 })
    return openWith(parts, vault, true)
  }
  if (!opening.ok) vault.dispose()
  return opening
}

async function openWith(parts: ProfileBooksParts, vault: Vault, isNew: boolean): Promise<BooksOpening> {
  const { folder, threads } = parts
  const foreign = await foreignJournal(folder, vault)
  if (foreign !== undefined) return { ok: false, trouble: foreign }
  const anchor = await vault.readAnchor()
  // A changed note of how far the journal reached proves that somebody was at it. One that cannot be read just now proves nothing.
  if (!anchor.ok && anchor.trouble.kind === 'anchor-damaged') return { ok: false, trouble: { code: 'anchor-damaged', details: {} } }
  const books = await openBooks({ folder, key: vault.booksKey(), formerKeys: vault.formerBooksKeys(), threadEntry: threads.books })
  if (!books.ok) return { ok: false, trouble: troubleOfBooks(books.error) }
  const known = [anchor.ok ? anchor.head : undefined, books.value.applied().anchor].filter((head) => head !== undefined)
  const opening = await openJournal({
    folder: journalFolder(folder),
    keys: vault.journalKeys(),
    journalId: vault.vaultId,
    threadEntry: threads.journal,
    knownDurable: known,
    ...(parts.journalLimits === undefined ? {} : { limits: parts.journalLimits }),
  })
  if (!opening.ok) {
    await books.value.close()
    return { ok: false, trouble: troubleOfJournal(opening.trouble) }
  }
  const { journal, found } = opening
  const taken = books.value.applied().sequence
  if (taken > found.records) {
    // The read model only ever takes over what is durable: what it has and the journal has not was cut off or put back.
    await Promise.all([journal.close(), books.value.close()])
    return { ok: false, trouble: { code: 'rolled-back', details: { expected: taken } } }
  }
  const met: { damage?: JournalOpenTrouble } = {}
  const feed = createBooksFeed({
    books: books.value,
    catchUp: async (after, options) => {
      const caught = await catchUpFrom(books.value, vault, journalFolder(folder), { from: after + 1, to: journal.durable }, options)
      const unreadable = caught.ok ? undefined : caught.error.journal
      // A damage in an older part of the journal shows only to whoever reads it again.
      if (unreadable?.kind === 'damaged') met.damage = unreadable
      return caught
    },
    later: (work) => {
      const timer = setTimeout(work, retryMs)
      return () => clearTimeout(timer)
    },
  })
  const { isLevel, level } = watchFirstLevel({
    feed,
    onAnew: (listener) => void books.value.onAnew(listener),
    damage: () => (met.damage === undefined ? undefined : troubleOfJournal(met.damage)),
  })
  feed.offer([], found.head)
  // A first try that failed for now is not waited for any longer: the next one is seconds away.
  const firstTry = Promise.race([level, feed.settled().then(() => 'later' as const)])
  const early = await earlyLevel(firstTry, parts.levelMsMax ?? levelMsDefault)
  const giveUp = async (trouble: BooksTrouble): Promise<BooksOpening> => {
    feed.dispose()
    await Promise.all([journal.close(), books.value.close()])
    return { ok: false, trouble }
  }
  // A read model that can never be whole would answer as if it were.
  if (early !== 'later' && early !== undefined) return giveUp(early)
  const wasLevel = early !== 'later' && books.value.applied().sequence >= found.records
  const newest = wasLevel ? ok([]) : await newestOf(found)
  if (!newest.ok) return giveUp(newest.error)
  const modes = await pastOf(wasLevel ? books.value : undefined, newest.value, found)
  const past = parts.trading === undefined ? ok(modes) : await readTradingPast(parts.trading, { folder, vault, books: books.value, found }, modes)
  if (!past.ok) return giveUp(past.error)
  const isFirst = isNew || found.records === 0
  return { ok: true, opened: { vault, journal, books: books.value, feed, found, past: past.value, isLevel, level, wasLevel, newest: newest.value, isNew: isFirst } }
}

interface ReadableBooks {
  readonly folder: string
  readonly vault: Vault
  readonly books: Books
  readonly found: JournalFound
}

async function readTradingPast({ scope, snapshotForm }: ProfileTrading, { folder, vault, books, found }: ReadableBooks, { recentEvents }: Past): Promise<Result<Past, BooksTrouble>> {
  const journal = { folder: journalFolder(folder), keys: vault.journalKeys(), journalId: vault.vaultId, to: found.records }
  const sources = {
    snapshot: async () => {
      const newest = await books.newestSnapshot(snapshotForm, found.records)
      // A read model that cannot answer costs time and nothing else: the journal has everything.
      return newest.ok ? newest.value : undefined
    },
    // Nothing is behind the last record, and a reader may not be asked for what is not there.
    recordsFrom: (from: number) => (from > found.records ? none() : readJournal({ ...journal, from })),
  }
  try {
    return await tradingPastOf(sources, recentEvents, { scope, installation: installationOf(vault) })
  } catch (error) {
    if (error instanceof JournalUnreadable) return fail(troubleOfJournal(error.trouble))
    throw error
  }
}

async function* none(): AsyncGenerator<JournalRecord, void> {}

/** Made at random with the vault and never changed; told nowhere as it is, because order ids are seen by others. */
const installationOf = ({ vaultId }: Vault): string => createHash('sha256').update(`installation ${vaultId}`).digest('hex').slice(0, 12)

async function earlyLevel(level: Promise<BooksTrouble | undefined | 'later'>, waitMs: number): Promise<BooksTrouble | undefined | 'later'> {
  const { promise: later, resolve } = Promise.withResolvers<'later'>()
  const timer = setTimeout(() => resolve('later'), waitMs)
  try {
    return await Promise.race([level, later])
  } finally {
    clearTimeout(timer)
  }
}

/** Asked first: beside a journal of other books, their read model would be taken for an unreadable one of ours and put aside. */
async function foreignJournal(folder: string, vault: Vault): Promise<BooksTrouble | undefined> {
  try {
    const records = readJournal({ folder: journalFolder(folder), keys: vault.journalKeys(), journalId: vault.vaultId, to: 1 })
    await records.next()
    // Its file is closed with it.
    await records.return()
    return undefined
  } catch (error) {
    if (!(error instanceof JournalUnreadable)) throw error
    const { kind } = error.trouble
    // Every other trouble is found again, and judged, by whoever opens it.
    return kind === 'wrong-key' || kind === 'not-ours' ? troubleOfJournal(error.trouble) : undefined
  }
}

export async function keyMadeAtOf(books: Books): Promise<number | undefined | 'unanswered'> {
  const made = await books.query(or(kindIs('keys.rotated'), kindIs('books.created')), { limit: 1, order: 'newest-first' })
  return made.ok ? made.value.rows[0]?.at : 'unanswered'
}

function troubleOfBooks({ kind, detail }: { readonly kind: string; readonly detail: string }): BooksTrouble {
  if (kind === 'disk-full') return { code: 'disk-full', details: {} }
  if (kind === 'newer') return { code: 'vault-newer', details: {} }
  return kind === 'read-only' ? { code: 'folder-unusable', details: { detail: detail.slice(0, 200) } } : troubleOfFailure(detail)
}
