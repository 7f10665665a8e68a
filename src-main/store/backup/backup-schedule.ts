import { basename } from 'node:path'
import { backupsToDrop, isFuture } from './retention.ts'
import type { Retention } from './retention.ts'
import type { NamedBackup } from './backup-names.ts'

/**
 * A backup once a day, at the first chance after its minute. A computer that slept or was off is found by looking at the clock
 * every minute, never by one long timer. What it must never do: remove an old backup before a new one was made and verified.
 */
export interface BackupSettings {
  readonly isOn: boolean
  /** Minutes after midnight UTC, 0 to 1439. */
  readonly minuteOfDay: number
  readonly keep: Retention
}

const dayMs = 86_400_000
const minuteMs = 60_000
export const retryMs = 15 * minuteMs
/** A day was left out, and some hours more were not enough: somebody should know. */
export const overdueMs = dayMs + 6 * 3_600_000

/** The last moment not after `now` at which a backup should have been begun. */
export const lastDueAt = (minuteOfDay: number, now: number): number => {
  const today = Math.floor(now / dayMs) * dayMs + minuteOfDay * minuteMs
  return today <= now ? today : today - dayMs
}

export const isDue = (settings: BackupSettings, newestAt: number | undefined, now: number): boolean =>
  settings.isOn && (newestAt === undefined || isFuture(newestAt, now) || newestAt < lastDueAt(settings.minuteOfDay, now))

/** `since`: when the schedule began, so that a new profile is not overdue from its first minute. */
export const isOverdue = (settings: BackupSettings, newestAt: number | undefined, since: number, now: number): boolean =>
  settings.isOn && now - Math.max(newestAt === undefined || isFuture(newestAt, now) ? 0 : newestAt, Math.min(since, now)) > overdueMs

export type BackupAttempt = { readonly ok: true; readonly backup: { readonly file: string } } | { readonly ok: false }

export interface BackupScheduleParts<Made extends BackupAttempt> {
  readonly settings: () => BackupSettings
  readonly now: () => number
  /** The vault's backups that are there. */
  readonly list: () => Promise<readonly NamedBackup[]>
  readonly makeBackup: () => Promise<Made>
  readonly remove: (name: string) => Promise<void>
  /** Each made or failed backup, and what was removed after it. */
  readonly onMade: (made: Made, removed: readonly string[]) => void
  /** What else went wrong: the folder cannot be listed, an old backup not be removed. */
  readonly onTrouble: (error: unknown) => void
  /** Told when it changes. */
  readonly onOverdue: (isOverdue: boolean, newestAt: number | undefined) => void
}

export interface BackupSchedule {
  /** Looks every minute from now on. */
  start(): void
  /** Looks now; also called after a wake-up. Resolves when what it began has ended. */
  look(): Promise<void>
  dispose(): void
}

export function createBackupSchedule<Made extends BackupAttempt>(parts: BackupScheduleParts<Made>): BackupSchedule {
  return new Schedule(parts)
}

class Schedule<Made extends BackupAttempt> implements BackupSchedule {
  readonly #parts: BackupScheduleParts<Made>
  readonly #since: number
  #timer: NodeJS.Timeout | undefined
  #looking: Promise<void> | undefined
  #notBefore = 0
  #wasOverdue = false

  constructor(parts: BackupScheduleParts<Made>) {
    this.#parts = parts
    this.#since = parts.now()
  }

  start(): void {
    this.#timer ??= setInterval(() => void this.look(), minuteMs)
    this.#timer.unref()
  }

  look(): Promise<void> {
    this.#looking ??= this.#lookOnce().catch((error: unknown) => this.#parts.onTrouble(error)).finally(() => {
      this.#looking = undefined
    })
    return this.#looking
  }

  dispose(): void {
    clearInterval(this.#timer)
    this.#timer = undefined
  }

  async #lookOnce(): Promise<void> {
    const { settings, now, list } = this.#parts
    const backups = await list()
    const at = now()
    // One that bears a time to come must not hide those behind it: today's may be among them.
    const newestAt = backups.findLast((backup) => !isFuture(backup.at, at))?.at
    this.#tellOverdue(isOverdue(settings(), newestAt, this.#since, at), newestAt)
    // A clock that was put back must not hold the next try off for longer than the pause itself.
    const isPausing = at < this.#notBefore && this.#notBefore - at <= retryMs
    if (!isDue(settings(), newestAt, at) || isPausing) return
    await this.#make()
  }

  async #make(): Promise<void> {
    const { makeBackup, onMade, now, settings } = this.#parts
    this.#notBefore = now() + retryMs
    const made = await makeBackup()
    if (!made.ok) {
      onMade(made, [])
      return
    }
    this.#notBefore = 0
    const removed = await this.#thinOut(settings().keep, basename(made.backup.file))
    onMade(made, removed)
    this.#tellOverdue(false, now())
  }

  async #thinOut(keep: Retention, made: string): Promise<readonly string[]> {
    const removed: string[] = []
    try {
      for (const name of backupsToDrop(await this.#parts.list(), keep, { now: this.#parts.now(), made })) {
        await this.#parts.remove(name)
        removed.push(name)
      }
    } catch (error) {
      // The new backup is there, and it is told of; an old one too many hurts nobody.
      this.#parts.onTrouble(error)
    }
    return removed
  }

  #tellOverdue(isNow: boolean, newestAt: number | undefined): void {
    if (isNow === this.#wasOverdue) return
    this.#wasOverdue = isNow
    this.#parts.onOverdue(isNow, newestAt)
  }
}
