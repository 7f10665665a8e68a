import { describe, expect, it } from 'vitest'
import { amountFromRaw, countFromRaw, lotsFromRaw, quantityMax, rateFromRaw, ticksFromRaw } from '../../../src-main/base/index.ts'
import { kellyFraction, kellyPart, sizeByFraction, sizeByKelly, sizeByRisk, sizeByVolatility } from '../../../src-main/risk/index.ts'
import type { SizeRoom } from '../../../src-main/risk/index.ts'
import { part, usd } from './review-rig.ts'
import { spot } from './sample-tradables.ts'

const room: SizeRoom = { price: ticksFromRaw(10_000), scale: spot.scale, lotsMin: lotsFromRaw(1), lotsMax: lotsFromRaw(1_000_000), notionalMax: usd(1_000_000) }
const tenThousand = usd(10_000)
const tenth = part(100_000_000)

describe('sizing', () => {
  it('puts a fixed fraction of the equity into a trade', () => {
    // A tenth of 10,000 buys 10 coins at 100.
    expect(sizeByFraction({ equity: tenThousand, fraction: tenth }, room)).toEqual({ ok: true, value: 10_000 })
  })

  it('takes half as much of a market that swings twice as wide', () => {
    const by = (volatility: number): unknown => sizeByVolatility({ equity: tenThousand, target: tenth, volatility: part(volatility) }, room)
    expect([by(400_000_000), by(800_000_000)]).toEqual([{ ok: true, value: 25_000 }, { ok: true, value: 12_500 }])
  })

  it('loses one percent of the equity at the stop', () => {
    // 100 dollars at 5 dollars a coin.
    expect(sizeByRisk({ equity: tenThousand, risk: part(10_000_000), entry: ticksFromRaw(10_000), stop: ticksFromRaw(9_500) }, room)).toEqual({ ok: true, value: 20_000 })
  })

  it('stakes 0.08 of Kelly, half of it while as many trades are doubted as were made', () => {
    const won = { winRate: part(600_000_000), payoff: part(1_000_000_000), samplesDoubted: countFromRaw(100), part: kellyPart }
    expect(kellyFraction({ ...won, samples: countFromRaw(100) })).toEqual({ ok: true, value: 8_000_000 })
    expect(kellyFraction({ ...won, samples: countFromRaw(0) })).toEqual({ ok: true, value: 0 })
    expect(sizeByKelly({ ...won, samples: countFromRaw(100), equity: tenThousand }, room)).toEqual({ ok: true, value: 800 })
    expect(kellyFraction({ ...won, winRate: part(500_000_000), samples: countFromRaw(100) })).toEqual({ ok: true, value: 0 })
    expect(kellyFraction({ ...won, payoff: part(1), samples: countFromRaw(100) })).toEqual({ ok: true, value: 0 })
  })

  it('never passes what there is room for, and is nothing below what the venue takes', () => {
    const fraction = { equity: tenThousand, fraction: tenth }
    expect(sizeByFraction(fraction, { ...room, lotsMax: lotsFromRaw(9_999) })).toEqual({ ok: true, value: 9_999 })
    expect(sizeByFraction(fraction, { ...room, notionalMax: usd(500) })).toEqual({ ok: true, value: 5_000 })
    expect(sizeByFraction(fraction, { ...room, lotsMin: lotsFromRaw(10_001) })).toEqual({ ok: true, value: 0 })
    const cheap = { ...room, price: ticksFromRaw(1), scale: { numerator: 1, denominator: 1_000_000 }, notionalMax: amountFromRaw(quantityMax) }
    expect(sizeByFraction({ equity: amountFromRaw(quantityMax), fraction: part(1_000_000_000) }, cheap)).toEqual({ ok: true, value: 1_000_000 })
  })

  it('says what it cannot size', () => {
    const none = amountFromRaw(0)
    const kelly = { winRate: tenth, payoff: tenth, samples: countFromRaw(1), samplesDoubted: countFromRaw(1), part: tenth }
    const faults = [
      sizeByFraction({ equity: none, fraction: tenth }, room), sizeByVolatility({ equity: none, target: tenth, volatility: tenth }, room),
      sizeByRisk({ equity: none, risk: tenth, entry: ticksFromRaw(2), stop: ticksFromRaw(1) }, room), sizeByKelly({ ...kelly, equity: none }, room),
      sizeByFraction({ equity: tenThousand, fraction: part(-1) }, room), sizeByVolatility({ equity: tenThousand, target: tenth, volatility: part(0) }, room),
      sizeByRisk({ equity: tenThousand, risk: tenth, entry: ticksFromRaw(2), stop: ticksFromRaw(2) }, room),
      sizeByKelly({ ...kelly, equity: tenThousand, winRate: part(1_000_000_001) }, room), kellyFraction({ ...kelly, samplesDoubted: countFromRaw(0) }),
      sizeByFraction({ equity: tenThousand, fraction: tenth }, { ...room, price: ticksFromRaw(0) }),
      sizeByRisk({ equity: tenThousand, risk: tenth, entry: ticksFromRaw(0), stop: ticksFromRaw(1) }, room),
      sizeByFraction({ equity: amountFromRaw(quantityMax), fraction: rateFromRaw(2_000_000_000) }, room),
      kellyFraction({ ...kelly, winRate: part(900_000_000), payoff: part(2_000_000_000), samples: countFromRaw(quantityMax), samplesDoubted: countFromRaw(1) }),
    ]
    expect(faults.map((fault) => (fault.ok ? fault.value : fault.error))).toEqual([
      'no-equity', 'no-equity', 'no-equity', 'no-equity', 'out-of-range', 'out-of-range', 'out-of-range', 'out-of-range', 'out-of-range', 'no-price', 'no-price', 'overflow', 'overflow',
    ])
  })
})
