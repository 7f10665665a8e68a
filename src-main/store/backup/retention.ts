import type { NamedBackup } from './backup-names.ts'

export interface Retention {
  readonly daily: number
  readonly weekly: number
  readonly monthly: number
}

export const defaultRetention: Retention = { daily: 7, weekly: 4, monthly: 12 }

const dayMs = 86_400_000

/** UTC, like every day in Ballast. */
const dayOf = (at: number): string => String(Math.floor(at / dayMs))
/** Weeks begin on Monday; the first day of 1970 was a Thursday. */
const weekOf = (at: number): string => String(Math.floor((at / dayMs + 3) / 7))
const monthOf = (at: number): string => new Date(at).toISOString().slice(0, 7)

/** Made while the clock was wrong: it proves nothing about today. A minute is allowed for clocks that are set. */
export const isFuture = (at: number, now: number): boolean => at > now + 60_000

export interface RetentionMoment {
  readonly now: number
  /** The name of the backup that was just made. */
  readonly made?: string | undefined
}

/**
 * Which backups may go. Of each of the newest so many days, weeks and months that have one, the newest is kept; and the
 * newest of all always, and the one that was just made. Days without a backup do not count, so that a long absence drops
 * nothing. What bears a time to come stays until that has come, and takes no other's place.
 */
export function backupsToDrop(
  backups: readonly NamedBackup[], { daily, weekly, monthly }: Retention, { now, made }: RetentionMoment,
): readonly string[] {
  const newestFirst = backups.filter(({ at }) => !isFuture(at, now)).sort((left, right) => right.at - left.at)
  const kept = new Set<string>(newestFirst.slice(0, 1).map(({ name }) => name))
  if (made !== undefined) kept.add(made)
  const keepNewestOf = (periodOf: (at: number) => string, count: number): void => {
    const seen = new Set<string>()
    for (const { name, at } of newestFirst) {
      const period = periodOf(at)
      if (seen.has(period)) continue
      if (seen.size === count) return
      seen.add(period)
      kept.add(name)
    }
  }
  keepNewestOf(dayOf, daily)
  keepNewestOf(weekOf, weekly)
  keepNewestOf(monthOf, monthly)
  return newestFirst.filter(({ name }) => !kept.has(name)).map(({ name }) => name)
}
