import { assert } from '../../../base/index.ts'

/** The exchange's own side of every movement: what the crowd, its fee desk and the outside world hold. */
export type HousePurse = 'house:market' | 'house:fees' | 'house:funding' | 'house:outside'

export interface PurseHolding {
  readonly purse: string
  readonly asset: string
  readonly amount: number
}

/**
 * The exchange's books. They must never lose or make money.
 *
 * Invariants:
 * 1. For each asset, the sum over all purses is zero at any time: money only moves from one purse to another.
 */
export class VenueLedger {
  readonly #purses = new Map<string, Map<string, number>>()
  readonly #changed: (purse: string, asset: string) => void

  constructor(changed: (purse: string, asset: string) => void = () => undefined) {
    this.#changed = changed
  }

  move(from: string, to: string, asset: string, amount: number): void {
    if (amount === 0 || from === to) return
    this.#add(from, asset, -amount)
    this.#add(to, asset, amount)
  }

  balance(purse: string, asset: string): number {
    return this.#purses.get(purse)?.get(asset) ?? 0
  }

  /** Every purse with what it holds, for whoever keeps the books elsewhere. */
  all(): readonly PurseHolding[] {
    return [...this.#purses].flatMap(([purse, assets]) => [...assets].map(([asset, amount]) => ({ purse, asset, amount })))
  }

  /** As it was kept; only before anything has moved. */
  restore(holdings: readonly PurseHolding[]): void {
    for (const { purse, asset, amount } of holdings) this.#add(purse, asset, amount)
  }

  assetsOf(purse: string): readonly string[] {
    return [...(this.#purses.get(purse)?.keys() ?? [])]
  }

  /** Zero for each asset, or the books are wrong. */
  sums(): ReadonlyMap<string, bigint> {
    const sums = new Map<string, bigint>()
    for (const assets of this.#purses.values()) {
      for (const [asset, amount] of assets) sums.set(asset, (sums.get(asset) ?? 0n) + BigInt(amount))
    }
    return sums
  }

  #add(purse: string, asset: string, amount: number): void {
    let assets = this.#purses.get(purse)
    if (assets === undefined) {
      assets = new Map()
      this.#purses.set(purse, assets)
    }
    const after = (assets.get(asset) ?? 0) + amount
    assert(Number.isSafeInteger(after), 'expected a purse within the safe range')
    assets.set(asset, after)
    this.#changed(purse, asset)
  }
}
