import { setTimeout as wait } from 'node:timers/promises'
import { unwell, well, type Check, type Finding } from './check.ts'

/** Ballast did not exist before. */
const firstYear = 2026
const watchedMs = 200
const apartMaxMs = 50

/** `apartMs`: how far the wall clock moved away from the monotonic one while it was watched. */
export function judgeClock(wallMs: number, apartMs: number): Finding {
  const fix = 'cli.doctor.clock.fix'
  const time = new Date(wallMs).toISOString()
  if (new Date(wallMs).getUTCFullYear() < firstYear) return unwell('fail', 'cli.doctor.clock.wrong', { time }, fix)
  if (Math.abs(apartMs) > apartMaxMs) return unwell('warn', 'cli.doctor.clock.jumps', { apartMs: Math.round(apartMs) }, fix)
  return well('cli.doctor.clock.ok', { time })
}

export const clockCheck: Check = {
  name: 'clock',
  gravity: 'warn',
  async examine() {
    const wall = Date.now()
    const monotonic = performance.now()
    await wait(watchedMs)
    return judgeClock(wall, Date.now() - wall - (performance.now() - monotonic))
  },
}
