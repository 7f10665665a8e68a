import { add, countFromRaw, isNegative, settle, tryAdd, tryMulDiv, trySubtract } from '../base/index.ts'
import type { Amount, Count, Rounding } from '../base/index.ts'
import { noAmount } from './requirement.ts'

interface AssetRow {
  readonly asset: string
  /** None: never seen. */
  total: Amount | undefined
  setAside: Amount
  margin: Amount
  profit: Amount
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
    this.setRate(reporting, one, one)
  }

  setTotal(asset: string, total: Amount): void {
    this.#row(asset).total = total
  }

  setRate(asset: string, numerator: Count, denominator: Count): void {
    const row = this.#row(asset)
    row.numerator = numerator
    row.denominator = denominator
  }

  setAside(asset: string, amount: Amount): void {
    const row = this.#row(asset)
    row.setAside = add(row.setAside, amount)
  }

  /** What changed for the positions margined in this asset. */
  countPositions(asset: string, margin: Amount, profit: Amount): void {
    const row = this.#row(asset)
    row.margin = add(row.margin, margin)
    row.profit = add(row.profit, profit)
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

  /** What has no price counts as nothing, which is never too much. `valueOf` prices what has no rate of its own. */
  equity(valueOf: (asset: string, total: Amount) => Amount | undefined): Amount | undefined {
    let sum: Amount | undefined
    for (const row of this.#rows.values()) {
      if (row.total === undefined) continue
      const held = settle(tryAdd(row.total, row.profit))
      if (!held.ok) return undefined
      const value = this.inReporting(row.asset, held.value, 'floor') ?? valueOf(row.asset, held.value) ?? noAmount
      const next = settle(tryAdd(sum ?? noAmount, value))
      if (!next.ok) return undefined
      sum = next.value
    }
    return sum
  }

  #row(asset: string): AssetRow {
    const known = this.#rows.get(asset)
    if (known !== undefined) return known
    const row = { asset, total: undefined, setAside: noAmount, margin: noAmount, profit: noAmount, numerator: undefined, denominator: one }
    this.#rows.set(asset, row)
    return row
  }
}
