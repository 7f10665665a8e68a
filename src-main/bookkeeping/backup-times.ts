import type { Settings } from '../store/index.ts'

/** When a backup is due by the settings. */
/** Stands for a backup of this moment, so that the schedule finds none due. */
export const nothingDue = (at: number) => [{ name: '', at, vault: '' }]

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))

export function scheduleOf(settings: Settings | undefined) {
  // What is not known makes none, and drops none.
  if (settings === undefined) return { isOn: false, minuteOfDay: 0, keep: { daily: Infinity, weekly: Infinity, monthly: Infinity } }
  const { enabled, atUtc, keep } = settings.backup
  return { isOn: enabled, minuteOfDay: minutesOf(atUtc), keep: { daily: keep.days, weekly: keep.weeks, monthly: keep.months } }
}

const dayMs = 86_400_000

export function nextAt(settings: Settings | undefined, now: number): number | null {
  if (settings === undefined || !settings.backup.enabled) return null
  const today = Math.floor(now / dayMs) * dayMs + minutesOf(settings.backup.atUtc) * 60_000
  return today > now ? today : today + dayMs
}
