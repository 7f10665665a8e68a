import type { EquityRecord } from './trading-history.ts'

/** What the day and the highest equity so far say of one account; nothing where it is not known. */
export interface DayFigures {
  readonly dayStart: number | null
  readonly dayPaidIn: number | null
  readonly dayChange: number | null
  readonly peak: number | null
  readonly drawdown: number | null
}

interface Row {
  day: number
  dayStart: number | null
  paidInAtStart: number | null
  peak: number | null
  last: number | null
  lastAt: number
}

const dayMs = 86_400_000
const billion = 1_000_000_000
/** An equity that was seen so shortly before midnight is that of midnight. */
const nearMs = 120_000

/** Keeps the day's beginning and the highest equity of each account. A day is UTC, and what is paid in is no profit. */
export class DayBook {
  readonly #rows = new Map<string, Row>()

  /** What the books remember from before. */
  recall(at: number, { account, dayStart, paidIn, peak }: EquityRecord): void {
    const row = this.#row(account, at)
    if (row.dayStart === null && dayStart !== null) {
      row.dayStart = dayStart
      row.paidInAtStart = paidIn ?? row.paidInAtStart
    }
    row.peak = peak === null ? row.peak : Math.max(peak, row.peak ?? peak)
  }

  see(account: string, at: number, equity: number | null, paidIn: number | null): DayFigures {
    const row = this.#row(account, at)
    if (equity !== null) {
      row.peak = Math.max(row.peak ?? equity, equity)
      row.last = equity
      row.lastAt = at
    }
    row.paidInAtStart ??= paidIn
    const dayPaidIn = paidIn === null || row.paidInAtStart === null ? null : paidIn - row.paidInAtStart
    const { dayStart, peak } = row
    return {
      dayStart, peak, dayPaidIn,
      dayChange: equity === null || dayStart === null ? null : equity - dayStart - (dayPaidIn ?? 0),
      drawdown: equity === null || peak === null || peak <= 0 ? null : Math.ceil((Math.max(0, peak - equity) / peak) * billion),
    }
  }

  #row(account: string, at: number): Row {
    const day = Math.floor(at / dayMs)
    const known = this.#rows.get(account)
    if (known === undefined) {
      const row: Row = { day, dayStart: null, paidInAtStart: null, peak: null, last: null, lastAt: 0 }
      this.#rows.set(account, row)
      return row
    }
    if (known.day === day) return known
    known.dayStart = known.last !== null && day * dayMs - known.lastAt <= nearMs ? known.last : null
    known.paidInAtStart = null
    known.day = day
    return known
  }
}
