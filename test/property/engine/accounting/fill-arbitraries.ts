import fc from 'fast-check'
import { amountFromRaw, lotsFromRaw, rawOf, ticksFromRaw } from '../../../../src-main/base/index.ts'
import type { Tradable, VenueTrade } from '../../../../src-main/domain/index.ts'
import type { OracleFill } from '../../../oracles/index.ts'

export interface FillDraft {
  readonly side: 'buy' | 'sell'
  readonly lots: number
  readonly price: number
  readonly fee: number
  readonly feeAsset: string
}

/** Few and small numbers make closes that meet a position exactly, and flips; large ones make rounding. */
const lots = fc.oneof(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 900_000 }))
const price = fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 12_000_000 }))

export const fillDraft: fc.Arbitrary<FillDraft> = fc.record({
  side: fc.constantFrom<'buy' | 'sell'>('buy', 'sell'),
  lots,
  price,
  fee: fc.integer({ min: -50_000, max: 900_000 }),
  feeAsset: fc.constantFrom('BTC', 'USD', 'TOKEN'),
})

export const fillDrafts = (maxLength = 24): fc.Arbitrary<readonly FillDraft[]> => fc.array(fillDraft, { minLength: 1, maxLength })

/** A fee in the coin itself takes of what was bought; for what is to be told without that, it is taken in something else. */
export const withoutCoinFees = (drafts: readonly FillDraft[], { instrument: { base } }: Tradable): readonly FillDraft[] =>
  drafts.map((draft) => (draft.feeAsset === base ? { ...draft, feeAsset: 'OTHER' } : draft))

/** In order of time, one millisecond apart. */
export const tradesOf = (drafts: readonly FillDraft[], { instrument }: Tradable): readonly VenueTrade[] =>
  drafts.map(({ side, lots, price, fee, feeAsset }, index) => ({
    trade: `t${String(index).padStart(4, '0')}`, venueOrder: 'v1', instrument: instrument.id, side, price: ticksFromRaw(price), lots: lotsFromRaw(lots),
    liquidity: 'taker', fee: amountFromRaw(fee), feeAsset, at: 1_000 + index,
  }))

export const oracleFills = (trades: readonly VenueTrade[]): readonly OracleFill[] =>
  trades.map(({ side, lots, price }) => ({ side, lots: BigInt(rawOf(lots)), price: BigInt(rawOf(price)) }))

export const oracleScale = ({ scale }: Tradable): { readonly numerator: bigint; readonly denominator: bigint } =>
  ({ numerator: BigInt(scale.numerator), denominator: BigInt(scale.denominator) })
