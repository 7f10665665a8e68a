import { existsSync } from 'node:fs'
import { dirname, isAbsolute, join } from 'node:path'
import { fail, succeed, type BackupFact, type BooksStatus, type DrillFact, type Reply } from '../../src-preload/contract/index.ts'
import type { Log } from '../monitor/index.ts'
import {
  createBackupSchedule, drillRestore, listBackups, makeBackup, removeBackup,
  type BackupMaking, type BackupProgress, type BackupSchedule, type Settings,
} from '../store/index.ts'
import { drillOf, factOf, wordsOf } from './backup-facts.ts'
import { nextAt, nothingDue, scheduleOf } from './backup-times.ts'
import type { Bookkeeper, OpenBookkeeping } from './bookkeeper.ts'
import { place } from './place-backup.ts'

/**
 * Backups and restore drills of one engine: asked for by a person, or by the clock.
 * Invariants: 1 one at a time; 2 what is told as made was opened again and verified; 3 nothing is written over.
 */
export interface BackupDesk {
  make(out: string | undefined): Promise<Reply<BackupFact>>
  /** False when none was being made. */
  cancel(): boolean
  drill(): Promise<Reply<DrillFact>>
  /** The settings may be others than before. */
  reschedule(): void
  /** When nothing of it works on the books any more. */
  dispose(): Promise<void>
}

export interface BackupDeskParts {
  readonly folder: string
  readonly bookkeeper: Bookkeeper
  readonly settings: () => Settings | undefined
  readonly now: () => number
  readonly log: Log
}

type Backup = BooksStatus['backup']

/** A copy that is under way is not held up by, and does not hold up, the end for long. */
const endMs = 1_500
/** Less than a screen redraws. */
const progressEachMs = 200
const shares: Readonly<Record<BackupProgress['stage'], readonly [from: number, to: number]>> = {
  copying: [0, 0.1],
  writing: [0.1, 0.6],
  verifying: [0.6, 1],
}

export function createBackupDesk(parts: BackupDeskParts): BackupDesk {
  return new Desk(parts)
}

class Desk implements BackupDesk {
  readonly #parts: BackupDeskParts
  readonly #schedule: BackupSchedule
  #running: AbortController | undefined
  #making: Promise<unknown> = Promise.resolve()
  #isDrilling = false
  #isDisposed = false
  #backup: Backup = { last: null, nextAt: null, running: null, lastFailure: null }
  #lastDrill: DrillFact | null = null
  #toldAt = 0

  constructor(parts: BackupDeskParts) {
    this.#parts = parts
    this.#schedule = createBackupSchedule({
      settings: () => scheduleOf(parts.settings()),
      now: parts.now,
      list: () => this.#list(),
      makeBackup: () => this.#makeInto(this.#folder()),
      remove: (name) => this.#remove(name),
      onMade: (making, removed) => {
        this.#note(making)
        if (removed.length > 0) parts.log.info('backup', 'old ones removed', { count: removed.length })
      },
      onTrouble: (error) => parts.log.error('backup', 'trouble', { error }),
      onOverdue: () => undefined,
    })
    parts.bookkeeper.onOpen((open) => void this.#begin(open))
  }

  async make(out: string | undefined): Promise<Reply<BackupFact>> {
    const { bookkeeper } = this.#parts
    if (bookkeeper.opened === undefined) return fail('books.closed')
    // One that the clock has begun is let finish first.
    await this.#making
    if (this.#running !== undefined) return fail('books.busy', { work: 'a backup' })
    if (out !== undefined && existsSync(out)) return fail('backup.failed', { detail: 'the file is there already' })
    const making = await this.#makeInto(out === undefined ? this.#folder() : dirname(out))
    const placed = making.ok && out !== undefined ? await place(making, out) : making
    this.#note(placed)
    if (placed.ok) return this.#backup.last === null ? fail('backup.failed', { detail: 'unknown' }) : succeed(this.#backup.last)
    const { kind } = placed.trouble
    if (kind === 'no-recovery-slot') return fail('backup.no-recovery')
    return kind === 'stopped' ? fail('backup.canceled') : fail('backup.failed', { detail: wordsOf(placed.trouble) })
  }

  cancel(): boolean {
    this.#running?.abort()
    return this.#running !== undefined
  }

  async drill(): Promise<Reply<DrillFact>> {
    const { bookkeeper, folder, now } = this.#parts
    const open = bookkeeper.opened
    if (open === undefined) return fail('books.closed')
    if (this.#isDrilling) return fail('books.busy', { work: 'a drill' })
    this.#setDrilling(true)
    try {
      const last = this.#backup.last?.file
      // One that was made into a folder of its own choice is the newest all the same, as long as it is there.
      const newest = last !== undefined && existsSync(last) ? { newest: last } : {}
      const drill = await drillRestore({ vault: open.vault, backups: this.#folder(), scratch: folder, now, ...newest })
      if (!drill.ok) {
        bookkeeper.note('drill.done', { passed: false, trouble: drill.trouble.kind })
        return drill.trouble.kind === 'no-backup' ? fail('drill.no-backup') : fail('drill.failed', { detail: drill.trouble.kind })
      }
      const { from, restoreMs, records, head, at } = drill
      this.#lastDrill = { ok: true, from, restoreMs, records, head, at }
      bookkeeper.note('drill.done', { passed: true, from, restoreMs, records, head: { ...head } })
      return succeed(this.#lastDrill)
    } finally {
      this.#setDrilling(false)
    }
  }

  reschedule(): void {
    this.#tell({})
  }

  async dispose(): Promise<void> {
    this.#isDisposed = true
    this.#schedule.dispose()
    this.#running?.abort()
    await Promise.race([this.#making, new Promise((resolve) => setTimeout(resolve, endMs))])
  }

  async #begin(open: OpenBookkeeping): Promise<void> {
    const past = this.#readPast(open)
    // The schedule looks at the files themselves: a read model that stays behind must not keep backups from being made.
    await Promise.race([past, open.feed.settled()])
    if (this.#isDisposed) return
    this.#schedule.start()
    await this.#schedule.look()
  }

  /** What was made before is in the read model, and that may still be catching up. */
  async #readPast({ books, level }: OpenBookkeeping): Promise<void> {
    const trouble = await level
    // Half a model would be taken for the whole.
    if (this.#isDisposed || trouble !== undefined) return
    const [backups, drills] = await Promise.all([books.backups({ limit: 1 }), books.drills({ limit: 1 })])
    const made = backups.ok ? backups.value.rows[0] : undefined
    const drilled = drills.ok ? drills.value.rows[0] : undefined
    // One of this life is newer than any that was read.
    if (made !== undefined && this.#backup.last === null) this.#backup = { ...this.#backup, last: factOf(made.at, made.body) }
    if (drilled?.passed === true && this.#lastDrill === null) this.#lastDrill = drillOf(drilled.at, drilled.body)
    if (backups.ok && drills.ok) this.#parts.bookkeeper.notePastKnown()
    this.#tell({})
    this.#setDrilling(this.#isDrilling)
  }

  #makeInto(into: string): Promise<BackupMaking> {
    const making = this.#makeOne(into)
    this.#making = making.catch(() => undefined)
    return making
  }

  async #makeOne(into: string): Promise<BackupMaking> {
    const open = this.#parts.bookkeeper.opened
    // Books that are not kept, or closed again meanwhile: there is nothing that a backup could be of.
    if (open === undefined || open.vault.protection === 'ephemeral') return { ok: false, trouble: { kind: 'no-recovery-slot' } }
    if (this.#running !== undefined) return { ok: false, trouble: { kind: 'stopped' } }
    const running = new AbortController()
    this.#running = running
    try {
      return await makeBackup({
        vault: open.vault,
        folder: this.#parts.folder,
        into,
        now: this.#parts.now(),
        upTo: open.journal.durable,
        signal: running.signal,
        onProgress: (progress) => this.#showProgress(progress),
      })
    } finally {
      this.#running = undefined
      this.#tell({ running: null })
    }
  }

  #note(making: BackupMaking): void {
    const at = this.#parts.now()
    if (making.ok) {
      const { file, bytes, sha256, head, verified } = making.backup
      this.#parts.bookkeeper.note('backup.made', { name: file, bytes, sha256, head: { ...head }, verified })
      return this.#tell({ last: { file, bytes, sha256, head: { ...head }, verified, at }, lastFailure: null })
    }
    const code = making.trouble.kind
    if (code !== 'stopped') this.#parts.log.warn('backup', 'not made', { reason: wordsOf(making.trouble) })
    // Without a way to open it elsewhere none can be made, and there is an alert of its own for that.
    if (code !== 'stopped' && code !== 'no-recovery-slot') this.#tell({ lastFailure: { at, code } })
  }

  async #list() {
    const open = this.#parts.bookkeeper.opened
    // Nothing to do counts as done: books without a way to open a backup elsewhere get none by themselves.
    const canBack = open !== undefined && open.vault.publicSlots().length > 0
    return canBack ? listBackups(open.vault, this.#folder()) : nothingDue(this.#parts.now())
  }

  async #remove(name: string): Promise<void> {
    const open = this.#parts.bookkeeper.opened
    if (open !== undefined) await removeBackup(open.vault, this.#folder(), name)
  }

  #folder(): string {
    const wished = this.#parts.settings()?.backup.folder ?? 'backups'
    return isAbsolute(wished) ? wished : join(this.#parts.folder, wished)
  }

  #showProgress({ stage, bytesDone, bytesTotal }: BackupProgress): void {
    const now = performance.now()
    if (now - this.#toldAt < progressEachMs) return
    this.#toldAt = now
    const [from, to] = shares[stage]
    const share = bytesTotal === 0 ? 1 : bytesDone / bytesTotal
    this.#tell({ running: { phase: stage, fraction: Math.min(1, from + (to - from) * share) } })
  }

  #setDrilling(isDrilling: boolean): void {
    this.#isDrilling = isDrilling
    this.#parts.bookkeeper.extend({ drill: { last: this.#lastDrill, isRunning: isDrilling } })
  }

  #tell(change: Partial<Backup>): void {
    this.#backup = { ...this.#backup, ...change, nextAt: nextAt(this.#parts.settings(), this.#parts.now()) }
    this.#parts.bookkeeper.extend({ backup: this.#backup })
  }
}
