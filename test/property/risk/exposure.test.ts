import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { add, amountFromRaw, isZero, lotsFromRaw, rawOf, subtract, ticksFromRaw } from '../../../src-main/base/index.ts'
import type { Lots } from '../../../src-main/base/index.ts'
import type { Side, Tradable } from '../../../src-main/domain/index.ts'
import { isKeptFromGrowing, reviewPlace } from '../../../src-main/risk/index.ts'
import type { ExposureBook, LiveOrder } from '../../../src-main/risk/index.ts'
import { worstReachable } from '../../oracles/index.ts'
import { createRichBook, limitsWith, marketSpec, now, orderId } from '../../unit/risk/review-rig.ts'
import { perpetual, spot } from '../../unit/risk/sample-tradables.ts'

const numRuns = 1_500
const side = fc.constantFrom<Side>('buy', 'sell')
const few = fc.integer({ min: 1, max: 6 })

/** What an account does over time, in small numbers so that limits are met. */
type Step =
  | { readonly kind: 'place'; readonly side: Side; readonly lots: number; readonly reduceOnly: boolean }
  | { readonly kind: 'fill'; readonly pick: number; readonly part: number }
  | { readonly kind: 'drop'; readonly pick: number }

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('place' as const), side, lots: few, reduceOnly: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('fill' as const), pick: fc.nat(), part: few }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('drop' as const), pick: fc.nat() }) },
)

/** An exchange that fills what it is told to, and cuts what may only reduce. */
class Rig {
  readonly book: ExposureBook
  readonly live: LiveOrder[] = []
  held: Lots = lotsFromRaw(0)
  readonly #tradable: Tradable
  #ids = 0

  constructor(tradable: Tradable, held: number) {
    this.#tradable = tradable
    this.book = createRichBook()
    this.#setHeld(lotsFromRaw(held))
  }

  place(which: Extract<Step, { kind: 'place' }>, limit: number, onlyReducing: boolean): void {
    // No more than the oracle can try in every order.
    if (this.live.length >= 5) return
    const { instrument } = this.#tradable
    const lots = lotsFromRaw(which.lots)
    const spec = marketSpec({ instrument: instrument.id, side: which.side, size: { by: 'quantity', lots }, reduceOnly: which.reduceOnly })
    const order = orderId(++this.#ids)
    const verdict = reviewPlace({ order, spec, lots, at: now, askedAt: now }, this.book, limitsWith({}, { positionLotsMax: lotsFromRaw(limit) }), withoutMinimum(this.#tradable))
    if (!verdict.ok) return
    const { worstPrice, reduces } = verdict.value.value
    if (onlyReducing && !reduces) return
    const live: LiveOrder = {
      order, instrument: instrument.id, side: which.side, positionSide: 'net', remaining: lots, worstPrice, reduces, keptFromGrowing: isKeptFromGrowing(spec, this.#tradable) || (this.#tradable.settlement === 'delivery' && which.side === 'sell'), waits: false,
    }
    this.live.push(live)
    this.book.setOrder(live)
  }

  fill(pick: number, part: number): void {
    const order = this.live[pick % Math.max(this.live.length, 1)]
    if (order === undefined) return
    const room = order.keptFromGrowing ? this.#roomToReduce(order.side) : Number.MAX_SAFE_INTEGER
    const lots = lotsFromRaw(Math.min(part, rawOf(order.remaining), room))
    this.#setHeld(order.side === 'buy' ? add(this.held, lots) : subtract(this.held, lots))
    const remaining = subtract(order.remaining, lots)
    const at = this.live.indexOf(order)
    if (isZero(remaining)) this.drop(at)
    else {
      this.live[at] = { ...order, remaining }
      this.book.setOrder({ ...order, remaining })
    }
  }

  drop(pick: number): void {
    const [dropped] = this.live.splice(pick % Math.max(this.live.length, 1), 1)
    if (dropped !== undefined) this.book.dropOrder(dropped.order)
  }

  worst(): bigint {
    return worstReachable(BigInt(rawOf(this.held)), this.live.map(({ side, remaining, keptFromGrowing }) => ({ side, lots: BigInt(rawOf(remaining)), reduceOnly: keptFromGrowing })))
  }

  #roomToReduce(side: Side): number {
    const held = rawOf(this.held)
    return side === 'sell' ? Math.max(held, 0) : Math.max(-held, 0)
  }

  #setHeld(lots: Lots): void {
    this.held = lots
    this.book.setPosition(this.#tradable.instrument.id, 'net', lots, amountFromRaw(0))
  }
}

const withoutMinimum = (tradable: Tradable): Tradable => {
  const { notionalMin: _, ...rules } = tradable.rules
  return { ...tradable, rules }
}

const play = (rig: Rig, steps: readonly Step[], limit: number, onlyReducing: boolean, look: (before: bigint, held: Lots) => void): void => {
  for (const what of steps) {
    const [before, held] = [rig.worst(), rig.held]
    if (what.kind === 'place') rig.place(what, limit, onlyReducing)
    else if (what.kind === 'fill') rig.fill(what.pick, what.part)
    else rig.drop(what.pick)
    look(before, held)
  }
}

const tradable = fc.constantFrom(spot, perpetual)
const steps = fc.array(step, { minLength: 1, maxLength: 20 })

describe('the worst case beside an oracle that tries every order of fills', () => {
  it('never passes the limit, or what it was before', () => {
    fc.assert(
      fc.property(tradable, fc.integer({ min: -8, max: 8 }), fc.integer({ min: 0, max: 10 }), steps, (traded, held, limit, sequence) => {
        const rig = new Rig(traded, held)
        play(rig, sequence, limit, false, (before) => {
          const worst = rig.worst()
          const allowed = before > BigInt(limit) ? before : BigInt(limit)
          expect(worst <= allowed, `worst ${worst}, before ${before}, limit ${limit}`).toBe(true)
        })
      }),
      { numRuns },
    )
  })

  it('is exactly what can be reached, so that no room is given away', () => {
    fc.assert(
      fc.property(fc.integer({ min: -8, max: 8 }), steps, (held, sequence) => {
        const rig = new Rig(perpetual, held)
        play(rig, sequence, 1_000, false, () => {
          const { gross } = { gross: rig.book.gross() }
          // One lot at the ask is 100,100 minor units.
          expect(gross === undefined ? -1n : BigInt(rawOf(gross))).toBe(rig.worst() * 100_100n)
        })
      }),
      { numRuns },
    )
  })

  it('only ever shrinks where nothing but reducing orders are sent', () => {
    fc.assert(
      fc.property(tradable, fc.integer({ min: -8, max: 8 }), steps, (traded, start, sequence) => {
        const rig = new Rig(traded, start)
        const reducing = sequence.filter((what) => what.kind !== 'place' || what.reduceOnly)
        play(rig, reducing, 1_000, true, (_, held) => {
          const [was, is] = [rawOf(held), rawOf(rig.held)]
          expect(Math.abs(is) <= Math.abs(was) && is * was >= 0, `${was} became ${is}`).toBe(true)
        })
      }),
      { numRuns },
    )
  })
})

describe('the book of exposure', () => {
  it('is the same, told step by step or all at once', () => {
    const price = fc.integer({ min: 1, max: 20_000 })
    fc.assert(
      fc.property(tradable, fc.integer({ min: -8, max: 8 }), steps, price, (traded, held, sequence, bid) => {
        const rig = new Rig(traded, held)
        play(rig, sequence, 1_000, false, () => {
          rig.book.gross()
        })
        rig.book.seeQuote(traded.instrument.id, ticksFromRaw(bid), ticksFromRaw(bid + 3), now)
        const fresh = createRichBook()
        fresh.seeQuote(traded.instrument.id, ticksFromRaw(bid), ticksFromRaw(bid + 3), now)
        fresh.setPosition(traded.instrument.id, 'net', rig.held, amountFromRaw(0))
        for (const order of rig.live) fresh.setOrder(order)
        const facts = (book: ExposureBook): unknown =>
          [book.gross(), book.equity(), book.free('USD'), book.free('BTC'), book.ordersOpen(), book.ordersOpen(traded.instrument.id), { ...book.exposure(traded.instrument.id, 'net') }]
        expect(facts(rig.book)).toEqual(facts(fresh))
      }),
      { numRuns },
    )
  })

  it('gives back whole what it set aside', () => {
    fc.assert(
      fc.property(tradable, steps, (traded, sequence) => {
        const rig = new Rig(traded, 0)
        play(rig, sequence.filter(({ kind }) => kind !== 'fill'), 1_000, false, () => undefined)
        while (rig.live.length > 0) rig.drop(0)
        expect([rig.book.free('USD'), rig.book.free('BTC'), rig.book.gross()]).toEqual([1_000_000_000_000, 500_000_000, 0])
      }),
      { numRuns },
    )
  })
})
