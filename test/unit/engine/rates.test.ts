import { describe, expect, it } from 'vitest'
import { amountFromRaw } from '../../../src-main/base/index.ts'
import type { Tradable } from '../../../src-main/domain/index.ts'
import { boundlessLimits } from '../../../src-main/risk/index.ts'
import type { ReviewLimits } from '../../../src-main/risk/index.ts'
import { amount, lots, Rig, spot, ticks, tradableOf } from './trading-rig.ts'

/** Quoted in bitcoin, while limits are counted in dollars: what an order of it is worth goes by the price of bitcoin. */
const cross: Tradable = (() => {
  const plain = tradableOf('ETH/BTC', 'spot')
  return { ...plain, instrument: { ...plain.instrument, quote: 'BTC' } }
})()

const worthAtMost = (dollars: number, change: Partial<ReviewLimits> = {}): ReviewLimits =>
  ({ ...boundlessLimits, everyInstrument: { ...boundlessLimits.everyInstrument, orderNotionalMax: amountFromRaw(dollars * 1_000_000) }, priceAgeMaxMs: 5_000, ...change })

const rigWith = (limits: ReviewLimits): Rig => {
  const rig = new Rig({ tradables: [spot, cross], limits })
  rig.balances = [{ asset: 'USD', total: amount(1_000_000_000_000), free: amount(1_000_000_000_000) }, { asset: 'BTC', total: amount(100_000_000), free: amount(100_000_000) }]
  rig.start()
  rig.answerEpoch()
  rig.process({ kind: 'resume-trading', at: rig.at, to: 'active', reason: 'a test', actor: 'hand' })
  rig.quote(cross.instrument.id, 1, 2)
  return rig
}

/** Worth 0.01 BTC a coin times a tenth of one: 10 minor units of what BTC is counted in here. */
const buy = (rig: Rig) => rig.command({
  kind: 'place-order', ...rig.asked(), order: rig.spec({ instrument: cross.instrument.id, limit: ticks(1), size: { by: 'quantity', lots: lots(1_000) } }),
}).events[0]

/** The limit above which the order is refused, to the dollar cent: what it was valued at. */
const valueOf = (bid: number, ask: number): number => {
  let low = 0
  let high = 1_000_000_000
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    const rig = rigWith({ ...worthAtMost(0), everyInstrument: { ...boundlessLimits.everyInstrument, orderNotionalMax: amountFromRaw(middle) } })
    rig.quote(spot.instrument.id, bid, ask)
    rig.pass(1_000)
    if (buy(rig)?.kind === 'command-taken') high = middle
    else low = middle
  }
  return high
}

describe('what one asset is worth in another', () => {
  it('goes by the mid price, whichever side of the market is wide', () => {
    const atMid = valueOf(10_000, 10_000 + 2)
    expect(valueOf(9_001, 11_001)).toBe(atMid)
    expect(valueOf(9_001, 13_001)).toBeGreaterThan(atMid)
  })

  it('is not known without a price, and then brings no new risk', () => {
    const rig = rigWith(worthAtMost(1_000_000))
    rig.pass(1_000)
    rig.quote(cross.instrument.id, 1, 2)
    expect(buy(rig)).toMatchObject({ kind: 'command-refused', refusal: { rule: 'risk.no-price' } })
  })

  it('is not known any more once its price is old, or its feed is not live, and is known again with the next one', () => {
    const rig = rigWith(worthAtMost(1_000_000))
    rig.quote(spot.instrument.id, 10_000, 10_010)
    rig.pass(1_000)
    rig.quote(cross.instrument.id, 1, 2)
    expect(buy(rig)).toMatchObject({ kind: 'command-taken' })
    rig.pass(6_000)
    rig.quote(cross.instrument.id, 1, 2)
    expect(buy(rig)).toMatchObject({ kind: 'command-refused', refusal: { rule: 'risk.no-price' } })
    rig.quote(spot.instrument.id, 10_000, 10_010)
    rig.pass(1_000)
    expect(buy(rig)).toMatchObject({ kind: 'command-taken' })
    rig.process({ kind: 'feed-judged', at: rig.at, instrument: spot.instrument.id, state: 'down' })
    rig.pass(1_000)
    expect(buy(rig)).toMatchObject({ kind: 'command-refused', refusal: { rule: 'risk.no-price' } })
  })
})
