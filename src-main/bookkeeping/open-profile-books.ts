import { existsSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fail, ok, type Result } from '../base/index.ts'
import type { EngineEvent } from '../domain/index.ts'
import type { JournalRecord } from '../ports/index.ts'
import { eventOfRecord, type Past } from '../runtime/index.ts'
import {
  areaIs, createBooksFeed, createVault, JournalUnreadable, kindIs, openBooks, openEphemeralVault, openJournal, openVault, or, passphraseCharactersMin, passphraseFault, readJournal,
  Secret,
  type Books, type BooksFeed, type JournalFound, type JournalLimits, type JournalOpenTrouble, type Keychain, type OpenedJournal, type Vault,
} from '../store/index.ts'
import { troubleOfFailure, troubleOfJournal, troubleOfVault, type BooksTrouble } from './books-trouble.ts'
import { watchFirstLevel } from './first-level.ts'

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
  readonly now: () => number
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
  /** When the newest key was made; undefined where the books were not level, or do not know it. */
  readonly keyMadeAt: number | undefined
  /** These books have just been made. */
  readonly isNew: boolean
}

export type BooksOpening = { readonly ok: true; readonly opened: OpenedBooks } | { readonly ok: false; readonly trouble: BooksTrouble }

const eventsShown = 1_000
/** The engine's last event is among them, whatever else was written. */
const recordsSearched = 20_000
const retryMs = 5_000
/** A start should take less than two seconds, however long the books are. */
const levelMsDefault = 700

export const journalFolder = (folder: string): string => join(folder, 'journal')
/** Says that what lies beside it was never meant to be kept. */
const ephemeralMark = (folder: string): string => join(folder, 'not-kept.mark')
const hasVault = (folder: string): boolean => existsSync(join(folder, 'vault.json'))

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

/** Only ever of the demo: its books are not kept. */
export async function wipeEphemeralBooks(folder: string): Promise<void> {
  await rm(journalFolder(folder), { recursive: true, force: true })
  for (const end of ['', '-wal', '-shm']) await rm(join(folder, `books.db${end}`), { force: true })
  await rm(ephemeralMark(folder), { force: true })
}

type FoundVault = { readonly ok: true; readonly vault: Vault; readonly isNew: boolean } | { readonly ok: false; readonly trouble: BooksTrouble }

async function findVault(parts: ProfileBooksParts): Promise<FoundVault> {
  const { folder, keychain, ephemeralRoot, secret } = parts
  if (ephemeralRoot !== undefined) {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    if (!existsSync(journalFolder(folder))) await writeFile(ephemeralMark(folder), '', { mode: 0o600 })
    return { ok: true, vault: openEphemeralVault(Buffer.from(ephemeralRoot)), isNew: false }
  }
  const given = secret === undefined ? undefined : Secret.fromText(secret)
  try {
    if (hasVault(folder)) {
      const opening = await openExisting(folder, keychain, given)
      if (opening.ok && opening.vault.notes.some(({ kind }) => kind === 'vault-rolled-back')) {
        opening.vault.dispose()
        return { ok: false, trouble: { code: 'vault-damaged', details: { reason: 'an older copy of it was put back' } } }
      }
      if (opening.ok) return { ok: true, vault: opening.vault, isNew: false }
      // One whose making was interrupted protects nothing yet, and counts as none.
      if (opening.trouble.kind === 'keychain-absent') return { ok: false, trouble: { code: 'passphrase-needed', details: {} } }
      if (opening.trouble.kind !== 'vault-absent') return { ok: false, trouble: troubleOfVault(opening.trouble) }
    }
    // A journal without the file that opens it is no empty profile: new keys would only hide the loss.
    if (existsSync(journalFolder(folder))) return { ok: false, trouble: { code: 'vault-missing', details: {} } }
    await mkdir(folder, { recursive: true, mode: 0o700 })
    return await makeVault(parts, given)
  } finally {
    given?.dispose()
  }
}

/** A secret of another day must not keep books closed that the keychain opens. */
async function openExisting(folder: string, keychain: Keychain, given: Secret | undefined) {
  const opening = await openVault({ folder, keychain, ...(given === undefined ? {} : { secret: given }) })
  if (opening.ok || given === undefined || opening.trouble.kind !== 'secret-wrong') return opening
  const byKeychain = await openVault({ folder, keychain })
  return byKeychain.ok ? byKeychain : opening
}

async function makeVault({ folder, keychain, isNewPassphrase }: ProfileBooksParts, given: Secret | undefined): Promise<FoundVault> {
  if (isNewPassphrase !== true) {
    const kept = await createVault({ folder, keychain, protection: { kind: 'keychain' } })
    if (kept.ok) {
      // Who gives a passphrase expects it to open these books, and a backup of them, from now on.
      if (given !== undefined && passphraseFault(given) === undefined) await kept.vault.addPassphrase(given)
      return { ok: true, vault: kept.vault, isNew: true }
    }
    const isAbsent = kept.trouble.kind === 'keychain-absent'
    if (!isAbsent || given === undefined) return { ok: false, trouble: troubleOfVault(kept.trouble) }
  }
  if (given === undefined) return { ok: false, trouble: { code: 'keychain-absent', details: {} } }
  if (passphraseFault(given) !== undefined) return { ok: false, trouble: { code: 'secret-weak', details: { least: passphraseCharactersMin } } }
  const made = await createVault({ folder, keychain, protection: { kind: 'passphrase', passphrase: given } })
  return made.ok ? { ok: true, vault: made.vault, isNew: true } : { ok: false, trouble: troubleOfVault(made.trouble) }
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
    readAfter: (sequence) =>
      noting(
        readJournal({ folder: journalFolder(folder), keys: vault.journalKeys(), journalId: vault.vaultId, from: sequence + 1, to: journal.durable }),
        (damage) => (met.damage = damage),
      ),
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
  const past = await pastOf(wasLevel ? books.value : undefined, newest.value, found)
  const keyMadeAt = wasLevel ? await keyMadeAtOf(books.value) : undefined
  const isFirst = isNew || found.records === 0
  return { ok: true, opened: { vault, journal, books: books.value, feed, found, past, isLevel, level, wasLevel, newest: newest.value, keyMadeAt, isNew: isFirst } }
}

async function earlyLevel(level: Promise<BooksTrouble | undefined | 'later'>, waitMs: number): Promise<BooksTrouble | undefined | 'later'> {
  const { promise: later, resolve } = Promise.withResolvers<'later'>()
  const timer = setTimeout(() => resolve('later'), waitMs)
  try {
    return await Promise.race([level, later])
  } finally {
    clearTimeout(timer)
  }
}

/** A damage in an older part of the journal shows only to whoever reads it again. */
async function* noting(records: AsyncIterable<JournalRecord>, note: (damage: JournalOpenTrouble) => void): AsyncGenerator<JournalRecord> {
  try {
    yield* records
  } catch (error) {
    if (error instanceof JournalUnreadable && error.trouble.kind === 'damaged') note(error.trouble)
    throw error
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

export async function keyMadeAtOf(books: Books): Promise<number | undefined> {
  const made = await books.query(or(kindIs('keys.rotated'), kindIs('books.created')), { limit: 1, order: 'newest-first' })
  return made.ok ? made.value.rows[0]?.at : undefined
}

async function newestOf(found: JournalFound): Promise<Result<readonly JournalRecord[], BooksTrouble>> {
  try {
    return ok(await found.lastRecords(recordsSearched))
  } catch (error) {
    if (error instanceof JournalUnreadable) return fail(troubleOfJournal(error.trouble))
    throw error
  }
}

/** Books that cannot answer, or are behind, are no reason to give out a number twice: the journal itself has the last ones. */
async function pastOf(books: Books | undefined, newest: readonly JournalRecord[], found: JournalFound): Promise<Past> {
  const asked = await books?.query(areaIs('engine'), { limit: eventsShown, order: 'newest-first' })
  const records = asked?.ok === true ? asked.value.rows : books === undefined ? newest : await found.lastRecords(recordsSearched)
  const events = records.map(eventOfRecord).filter((event): event is EngineEvent => event !== undefined)
  return { lastSequence: events[0]?.sequence ?? 0, recentEvents: events.slice(0, eventsShown).toReversed() }
}

function troubleOfBooks({ kind, detail }: { readonly kind: string; readonly detail: string }): BooksTrouble {
  if (kind === 'disk-full') return { code: 'disk-full', details: {} }
  if (kind === 'newer') return { code: 'vault-newer', details: {} }
  return kind === 'read-only' ? { code: 'folder-unusable', details: { detail: detail.slice(0, 200) } } : troubleOfFailure(detail)
}
