import { setImmediate as turn } from 'node:timers/promises'
import { Month } from './month.ts'
import type { MonthResult } from './month-result.ts'

export interface MonthWishes {
  readonly days: number
  readonly seed: number
  /** Told now and then, with the part in [0, 1] that is done. */
  readonly progress?: (part: number, month: { readonly orders: number; readonly crashes: number }) => void
  readonly isStopped?: () => boolean
}

const hourMs = 3_600_000

/** As fast as this machine can; between two hours of the month others have their turn. Nothing when it was stopped. */
export async function rehearseMonth({ days, seed, progress, isStopped }: MonthWishes): Promise<MonthResult | undefined> {
  const month = new Month(days, seed)
  const from = month.now
  while (month.now < month.endAt) {
    month.advanceTo(Math.min(month.endAt, month.now + hourMs))
    progress?.((month.now - from) / (month.endAt - from), month)
    await turn()
    if (isStopped?.() === true) return undefined
  }
  return month.result()
}
