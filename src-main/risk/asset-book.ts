import { absolute, add, countFromRaw, ensureSettled, hasOverflowed, isNegative, isZero, settle, subtract, tryAdd, tryMulDiv, trySubtract } from '../base/index.ts'
import type { Amount, Count, Rounding } from '../base/index.ts'
import { noAmount } from './requirement.ts'

/** What one minor unit of an asset is in minor units of the reporting currency. */
export interface AssetRate {
  readonly numerator: Count
  readonly denominator: Count
}

/** The sums of one asset. Only the book that made it changes it; who asks for it once need not look it up by name again. */
export interface AssetRow {
  readonly asset: string
  /** None: never seen. */
  total: Amount | undefined
  setAside: Amount
  margin: Amount
  profit: Amount
  /** The sum of all profits and losses without their signs: no part of them can be larger. */
  swing: Amount
  numerator: Count | undefined
  denominator: Count
}

const one = countFromRaw(1)

/** The money of one account, by asset: what there is, what is set aside, what positions tie up and would win or lose. */
export class AssetBook {
  readonly #rows = new Map<string, AssetRow>()
  readonly #reporting: string

  constructor(reporting: string) {
    this.#reporting = reporting
    this.setRate(reporting, { numerator: one, denominator: one })
  }

  setTotal(asset: string, total: Amount): void {
    this.row(asset).total = total
  }

  /** Says whether that is news: most prices come again as they were. */
  setRate(asset: string, rate: AssetRate | undefined): boolean {
    const row = this.row(asset)
    const denominator = rate?.denominator ?? one
    if (row.numerator === rate?.numerator && row.denominator === denominator) return false
    row.numerator = rate?.numerator
    row.denominator = denominator
    return true
  }

  canSetAside(row: AssetRow, amount: Amount): boolean {
    return !hasOverflowed(tryAdd(row.setAside, amount))
  }

  setAside(row: AssetRow, amount: Amount): void {
    row.setAside = add(row.setAside, amount)
  }

  canCountPositions(row: AssetRow, margin: Amount, profit: Amount): boolean {
    return !hasOverflowed(tryAdd(row.margin, margin)) && !hasOverflowed(tryAdd(row.swing, absolute(profit)))
  }

  /** Of the positions margined in this asset, one more or one less. */
  countPositions(row: AssetRow, margin: Amount, profit: Amount, sign: 1 | -1): void {
    const change = sign === 1 ? add : subtract
    row.margin = change<Amount>(row.margin, margin)
    row.profit = change<Amount>(row.profit, profit)
    row.swing = change<Amount>(row.swing, absolute(profit))
  }

  /** A loss that is not realised binds money; a win that is not realised frees none. */
  free(asset: string): Amount | undefined {
    const row = this.#rows.get(asset)
    if (row?.total === undefined) return undefined
    const loss = isNegative(row.profit) ? row.profit : noAmount
    const free = settle(tryAdd(trySubtract(trySubtract(row.total, row.setAside), row.margin), loss))
    return free.ok ? free.value : undefined
  }

  inReporting(asset: string, amount: Amount, rounding: Rounding): Amount | undefined {
    if (asset === this.#reporting) return amount
    const row = this.#rows.get(asset)
    if (row?.numerator === undefined) return undefined
    const value = settle(tryMulDiv<Amount, Count>(amount, row.numerator, row.denominator, rounding))
    return value.ok ? value.value : undefined
  }

  /**
   * What has no price counts as nothing, which is never too much; a debt without a price is more than nothing, so then there is no sum.
   * `valueOf` prices what has no rate of its own.
   */
  equity(valueOf: (asset: string, total: Amount) => Amount | undefined): Amount | undefined {
    let sum: Amount | undefined
    for (const row of this.#rows.values()) {
      if (row.total === undefined) continue
      const total = tryAdd(row.total, row.profit)
      if (hasOverflowed(total)) return undefined
      const held = ensureSettled(total)
      sum ??= noAmount
      // Nothing of it is worth nothing, whatever its price.
      if (isZero(held)) continue
      const value = this.inReporting(row.asset, held, 'floor') ?? valueOf(row.asset, held)
      if (value === undefined && isNegative(held)) return undefined
      const next = tryAdd(sum, value ?? noAmount)
      if (hasOverflowed(next)) return undefined
      sum = ensureSettled(next)
    }
    return sum
  }

  row(asset: string): AssetRow {
    const known = this.#rows.get(asset)
    if (known !== undefined) return known
    const row = { asset, total: undefined, setAside: noAmount, margin: noAmount, profit: noAmount, swing: noAmount, numerator: undefined, denominator: one }
    this.#rows.set(asset, row)
    return row
  }
}
