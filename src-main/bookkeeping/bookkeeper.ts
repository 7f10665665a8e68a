import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { BooksStatus } from '../../src-preload/contract/index.ts'
import type { Runtime } from '../runtime/index.ts'
import type { Journal, JournalBody, JournalDraft } from '../ports/index.ts'
import type { JournalLimits, Keychain } from '../store/index.ts'
import { createAnchorKeeper, type AnchorKeeper } from './anchor-keeper.ts'
import { troubleOfFailure, type BooksTrouble } from './books-trouble.ts'
import { createDurableFeed, type DurableFeed } from './durable-feed.ts'
import { keyMadeAtOf, openProfileBooks, type OpenedBooks, type ProfileTrading } from './open-profile-books.ts'
import { wipeEphemeralBooks } from './profile-folder.ts'
import { ScreenLock } from './screen-lock.ts'

/**
 * Keeps the books of one engine: opens them, says why when it cannot, and closes them in order.
 * Invariants: 1 there is an engine only while books are open; 2 books that cannot be opened are tried again only when a
 * person asks: there is no crash loop; 3 the last head is kept outside of the folder before the books are closed.
 */
export interface BookkeeperParts {
  readonly folder: string
  readonly ephemeralRoot?: Uint8Array
  readonly secret?: string
  readonly keychain: Keychain
  readonly threads: { readonly journal: URL; readonly books: URL }
  readonly runtime: Runtime
  readonly journalLimits: () => Partial<JournalLimits>
  readonly lockAfterMinutes: () => number
  readonly sealTo: () => string
  readonly levelMsMax?: number
  /** Absent: this profile trades nowhere. */
  readonly trading?: ProfileTrading
  /** The books are open, and the engine begins with the next thing that happens: what it needs has to be there. What this gives is written down first. */
  readonly beforeEngine?: (opened: OpenedBooks) => Promise<readonly JournalDraft[]>
  readonly onDurableTimed: (tookMs: number, correlation: string | undefined) => void
  readonly onBug: (what: string, error: unknown) => void
}

/** Books that are open, as the parts around them use them. */
export interface OpenBookkeeping extends OpenedBooks {
  /** Whoever appends, appends here: the read model follows. */
  readonly trail: Journal
  readonly anchor: AnchorKeeper
}

type State =
  | { readonly is: 'opening' }
  | { readonly is: 'open'; readonly open: OpenBookkeeping; readonly trail: DurableFeed }
  | { readonly is: 'closed'; readonly trouble: BooksTrouble }

/** What others know of the books: backups, drills, the lock's patience. */
export type BooksExtras = Pick<BooksStatus, 'backup' | 'drill' | 'waitSeconds'>

const closeMs = 1_500
const askAgainMs = 2_000
const lockMark = 'screens.locked'
/** Where there are no books yet, and a passphrase can make them. */
const newBooksCodes: readonly BooksTrouble['code'][] = ['keychain-absent', 'secret-weak']

export class Bookkeeper {
  readonly lock = new ScreenLock()
  readonly #parts: BookkeeperParts
  readonly #listeners = new Set<() => void>()
  readonly #openListeners = new Set<(open: OpenBookkeeping) => void>()
  #state: State = { is: 'opening' }
  #extras: BooksExtras = nothingYet
  #isBusy = false
  #isClosing = false
  #keyMadeAt: number | undefined
  #isPastKnown = false

  constructor(parts: BookkeeperParts) {
    this.#parts = parts
    this.lock.onChange(() => {
      this.#markLock()
      this.tell()
    })
  }

  get opened(): OpenBookkeeping | undefined {
    return this.#state.is === 'open' ? this.#state.open : undefined
  }

  get trouble(): BooksTrouble | undefined {
    return this.#state.is === 'closed' ? this.#state.trouble : undefined
  }

  begin(): Promise<void> {
    return this.#open(this.#parts.secret, false)
  }

  /** Tries again, with a secret or because what stood in the way is gone. False when nothing waits for that. */
  async tryAgain(secret: string | undefined): Promise<boolean> {
    if (this.#state.is !== 'closed' || this.#isBusy) return false
    await this.#open(secret, false)
    return true
  }

  /** New books under a passphrase, where no keychain answers. */
  async makeWith(passphrase: string): Promise<boolean> {
    if (this.#state.is !== 'closed' || this.#isBusy || !newBooksCodes.includes(this.#state.trouble.code)) return false
    await this.#open(passphrase, true)
    return true
  }

  /** Writes a fact of the books themselves; the engine writes its own. */
  note(kind: string, body: JournalBody): void {
    this.write({ kind, at: this.#parts.runtime.now(), body })
  }

  /** Nothing to write to: whoever has something to say keeps it until the books are open. */
  write(draft: JournalDraft): void {
    if (this.#state.is === 'open') this.#state.trail.write(draft)
  }

  onStatus(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Told once, when they are open; at once when they are already. */
  onOpen(listener: (open: OpenBookkeeping) => void): void {
    this.#openListeners.add(listener)
    if (this.opened !== undefined) listener(this.opened)
  }

  tell(): void {
    for (const listener of [...this.#listeners]) listener()
  }

  noteNewKey(at: number): void {
    this.#keyMadeAt = at
    this.tell()
  }

  /** Which backups and drills there were has been read: until then, that none is known says nothing. */
  get isPastKnown(): boolean {
    return this.#isPastKnown
  }

  notePastKnown(): void {
    this.#isPastKnown = true
  }

  extend(extras: Partial<BooksExtras>): void {
    this.#extras = { ...this.#extras, ...extras }
    this.tell()
  }

  status(): BooksStatus {
    const { opened, trouble } = this
    const hasPassphrase = opened?.vault.slots.includes('passphrase') === true
    return {
      state: this.#state.is,
      trouble: trouble === undefined ? null : { code: trouble.code, details: trouble.details },
      protection: opened?.vault.protection ?? null,
      hasPassphrase,
      hasRecoveryCode: opened?.vault.slots.includes('recovery') === true,
      screen: this.lock.isShut ? 'locked' : hasPassphrase ? 'open' : 'without-lock',
      lockedAt: this.lock.lockedAt ?? null,
      lockAfterMinutes: this.#parts.lockAfterMinutes(),
      records: opened?.journal.appended ?? 0,
      durable: opened?.journal.durable ?? 0,
      waitingMs: opened?.journal.waitingMs() ?? 0,
      anchoredAt: opened?.anchor.keptAt ?? null,
      keyCreatedAt: this.#keyMadeAt ?? null,
      catchingUp: opened === undefined ? null : catchingUpOf(opened),
      ...this.#extras,
      sealTo: this.#parts.sealTo(),
    }
  }

  async close(): Promise<void> {
    if (this.#state.is !== 'open') return
    const { open, trail } = this.#state
    this.#isClosing = true
    this.note('books.closed', {})
    open.feed.dispose()
    const closing = await open.journal.close({ waitMsMax: closeMs })
    trail.dispose()
    if (closing.ok) await Promise.race([open.anchor.keep(), new Promise((resolve) => setTimeout(resolve, closeMs))])
    open.anchor.dispose()
    await open.books.close()
    open.vault.dispose()
    if (this.#parts.ephemeralRoot !== undefined) await wipeEphemeralBooks(this.#parts.folder)
  }

  async #open(secret: string | undefined, isNewPassphrase: boolean): Promise<void> {
    const { folder, keychain, threads, ephemeralRoot, runtime } = this.#parts
    this.#isBusy = true
    this.#become({ is: 'opening' })
    try {
      const opening = await openProfileBooks({
        folder, keychain, threads, isNewPassphrase,
        journalLimits: this.#parts.journalLimits(),
        now: () => runtime.now(),
        ...(this.#parts.levelMsMax === undefined ? {} : { levelMsMax: this.#parts.levelMsMax }),
        ...(this.#parts.trading === undefined ? {} : { trading: this.#parts.trading }),
        ...(ephemeralRoot === undefined ? {} : { ephemeralRoot }),
        ...(secret === undefined ? {} : { secret }),
      })
      if (opening.ok) {
        const first = (await this.#parts.beforeEngine?.(opening.opened)) ?? []
        this.#take(opening.opened, first)
      } else this.#become({ is: 'closed', trouble: opening.trouble })
    } catch (error) {
      this.#parts.onBug('opening the books', error)
      this.#become({ is: 'closed', trouble: troubleOfFailure(error instanceof Error ? error.name : 'unknown') })
    } finally {
      this.#isBusy = false
    }
  }

  #take(opened: OpenedBooks, first: readonly JournalDraft[]): void {
    const { runtime } = this.#parts
    const trail = createDurableFeed({
      journal: opened.journal,
      nowMs: () => performance.now(),
      onTimed: this.#parts.onDurableTimed,
      onLost: (draft, reason) => this.#parts.onBug(`a record ${draft.kind} was not taken`, new Error(reason)),
      onDurable: (records) => opened.feed.offer(records, opened.journal.head()),
    })
    const anchor = createAnchorKeeper({
      vault: opened.vault,
      head: () => opened.journal.head(),
      now: () => runtime.now(),
      onChange: () => this.tell(),
    })
    this.#keyMadeAt = opened.isNew ? runtime.now() : undefined
    const wasLocked = existsSync(join(this.#parts.folder, lockMark))
    if (wasLocked && opened.vault.slots.includes('passphrase')) this.lock.lock(runtime.now())
    const open: OpenBookkeeping = { ...opened, trail: trail.journal, anchor }
    this.#state = { is: 'open', open, trail }
    if (opened.isNew) this.note('books.created', { protection: opened.vault.protection })
    const cut = opened.found.tailCut
    if (cut !== undefined) this.note('books.tail-cut', { ...cut })
    for (const draft of first) this.write(draft)
    runtime.open(trail.journal, opened.past)
    for (const listener of [...this.#openListeners]) listener(open)
    // The first head, so that a journal that vanishes whole is missed from the first minute on.
    void anchor.keep()
    this.tell()
    if (!opened.isNew) void this.#whenLevel(open)
  }

  /** What only the whole read model knows. */
  async #whenLevel(open: OpenBookkeeping): Promise<void> {
    if ((await open.level) !== undefined) return
    while (this.opened === open && !this.#isClosing) {
      const madeAt = await keyMadeAtOf(open.books)
      if (madeAt !== 'unanswered') {
        // A key that nobody knows the age of has none: it is not as old as this start.
        this.#keyMadeAt ??= madeAt
        return this.tell()
      }
      await pause(askAgainMs, undefined, { ref: false })
    }
  }

  /** A lock outlives the engine: a crash, or somebody who quits and starts again, must not open the screens. */
  #markLock(): void {
    const mark = join(this.#parts.folder, lockMark)
    try {
      if (this.lock.isShut) writeFileSync(mark, '', { mode: 0o600 })
      else rmSync(mark, { force: true })
    } catch (error) {
      this.#parts.onBug('the mark of the lock could not be written', error)
    }
  }

  #become(state: State): void {
    this.#state = state
    this.tell()
  }
}

function catchingUpOf({ feed, journal }: OpenBookkeeping): BooksStatus['catchingUp'] {
  return feed.state.is === 'catching-up' ? { applied: feed.state.applied, of: Math.max(feed.state.applied, journal.durable) } : null
}

const nothingYet: BooksExtras = {
  waitSeconds: 0,
  backup: { last: null, nextAt: null, running: null, lastFailure: null },
  drill: { last: null, isRunning: false },
}
