import { rawOf } from '../../../base/index.ts'
import type { Tradable } from '../../../domain/index.ts'
import { charged } from './exact-money.ts'
import type { FeeRules } from './exchange-setup.ts'

export interface FeeCase {
  readonly tradable: Tradable
  readonly isMaker: boolean
  readonly isBuy: boolean
  /** Of the trade, in minor units of quote. */
  readonly worth: number
  /** Minor units of base that change hands; 0 of a contract. */
  readonly baseAmount: number
  /** Traded in the last thirty days. */
  readonly volume: number
  balanceOf(asset: string): number
}

export interface Fee {
  readonly asset: string
  /** Positive is paid, negative a rebate. */
  readonly amount: number
}

export function feeRate({ tiers }: FeeRules, tradable: Tradable, isMaker: boolean, volume: number): number {
  const tier = tiers.findLast(({ volumeFrom }) => volume >= rawOf(volumeFrom))
  return rawOf(isMaker ? (tier?.maker ?? tradable.makerFee) : (tier?.taker ?? tradable.takerFee))
}

export function feeOf(rules: FeeRules, { tradable, isMaker, isBuy, worth, baseAmount, volume, balanceOf }: FeeCase): Fee {
  const rate = feeRate(rules, tradable, isMaker, volume)
  const { base, quote } = tradable.instrument
  const inQuote: Fee = { asset: quote, amount: charged(worth, rate) }
  switch (rules.asset.by) {
    case 'quote': return inQuote
    case 'received': return isBuy && tradable.settlement === 'delivery' ? { asset: base, amount: charged(baseAmount, rate) } : inQuote
    default: {
      const { asset, perQuote, discount } = rules.asset
      const discounted = charged(charged(worth, rate - charged(rate, rawOf(discount))), rawOf(perQuote))
      // Who holds too little of the third asset pays in quote, as if there were none.
      return discounted <= balanceOf(asset) ? { asset, amount: discounted } : inQuote
    }
  }
}

const dayMs = 86_400_000
const daysCounted = 30

export interface DayVolume {
  readonly day: number
  readonly worth: number
}

/** What an account has traded in the last thirty days, day by day. */
export class TradedVolume {
  #days: { readonly day: number; worth: number }[] = []

  get days(): readonly DayVolume[] {
    return this.#days.map((each) => ({ ...each }))
  }

  restore(days: readonly DayVolume[]): void {
    this.#days = days.map((each) => ({ ...each }))
  }

  add(at: number, worth: number): void {
    const day = Math.floor(at / dayMs)
    const last = this.#days.at(-1)
    if (last?.day === day) last.worth += worth
    else this.#days = [...this.#days.filter((past) => past.day > day - daysCounted), { day, worth }]
  }

  at(now: number): number {
    const day = Math.floor(now / dayMs)
    return this.#days.reduce((sum, past) => (past.day > day - daysCounted ? sum + past.worth : sum), 0)
  }
}
