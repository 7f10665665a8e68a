import type { Settings } from '../store/index.ts'

const dayMinutes = 24 * 60
const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))

/** Whether only what is critical may be heard at this moment; hours that end before they begin reach into the next day. */
export function isQuietAt(hours: Settings['alerts']['quietHours'], at: number): boolean {
  if (hours === undefined) return false
  const now = Math.floor(at / 60_000) % dayMinutes
  const [from, to] = [minutesOf(hours.fromUtc), minutesOf(hours.toUtc)]
  return from < to ? now >= from && now < to : now >= from || now < to
}
