import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRandom } from '../../../../../src-main/base/index.ts'
import { entries, MatchingCore, turnedAway, type Entry } from '../../../../../src-main/venues/sim/index.ts'
import { createMatchingOracle } from '../../../../oracles/matching.ts'

type Step =
  | { readonly kind: 'place'; readonly isBuy: boolean; readonly price: number | undefined; readonly lots: number; readonly entry: Entry }
  | { readonly kind: 'cancel'; readonly which: number }

const place = fc.record({
  kind: fc.constant('place' as const), isBuy: fc.boolean(), price: fc.option(fc.integer({ min: 90, max: 110 }), { nil: undefined, freq: 6 }),
  lots: fc.integer({ min: 1, max: 40 }), entry: fc.constantFrom<Entry>(0, 0, 0, 1, 2, 3),
})
const step: fc.Arbitrary<Step> = fc.oneof({ arbitrary: place, weight: 4 }, { arbitrary: fc.record({ kind: fc.constant('cancel' as const), which: fc.nat(1000) }), weight: 1 })

interface Told {
  readonly trades: readonly string[]
  readonly rests: boolean
}

/** The core with names for its rows, as an exchange would keep them. */
class NamedCore {
  readonly core = new MatchingCore()
  readonly rows = new Map<string, number>()
  readonly #names: (string | undefined)[] = []

  place(name: string, { isBuy, price, lots, entry }: Extract<Step, { kind: 'place' }>): Told {
    // A market order never rests; here it is one that is dropped, unless it asks for all or none.
    const isMarket = price === undefined
    const row = this.core.submit(isBuy, price ?? (isBuy ? Infinity : 0), lots, isMarket && entry !== entries.allOrNone && entry !== entries.makerOnly ? entries.immediate : entry, 0)
    const trades: string[] = []
    for (let at = 0; at < this.core.fillCount; at += 1) {
      const maker = this.#names[this.core.fillMakers[at] as number] as string
      trades.push(`${maker} ${name} ${this.core.fillPrices[at]} ${this.core.fillLots[at]}`)
      if (this.core.fillMakerLeft[at] === 0) this.rows.delete(maker)
    }
    if (row >= 0) {
      this.#names[row] = name
      this.rows.set(name, row)
    }
    return { trades: row === turnedAway ? [] : trades, rests: row >= 0 }
  }

  cancel(name: string): number {
    const row = this.rows.get(name)
    if (row === undefined) return 0
    this.rows.delete(name)
    return this.core.cancel(row)
  }
}

describe('for any sequence of orders and cancels', { timeout: 120_000 }, () => {
  it('the core trades exactly what the slow oracle trades, order for order and lot for lot', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 120 }), (steps) => {
        const named = new NamedCore()
        const oracle = createMatchingOracle()
        for (const [index, each] of steps.entries()) {
          if (each.kind === 'cancel') {
            const name = String(each.which % (index + 1))
            expect(named.cancel(name)).toBe(Number(oracle.cancel(name)))
            continue
          }
          // A market order that is only to be maker can do nothing anywhere.
          if (each.price === undefined && each.entry === entries.makerOnly) continue
          const told = named.place(String(index), each)
          const placed = oracle.place({
            id: String(index), side: each.isBuy ? 'buy' : 'sell', lots: BigInt(each.lots), ...(each.price === undefined ? {} : { price: BigInt(each.price) }),
            timeInForce: each.entry === entries.allOrNone ? 'fok' : each.entry === entries.immediate ? 'ioc' : 'gtc', postOnly: each.entry === entries.makerOnly,
          })
          expect(told.trades).toEqual(placed.trades.map(({ maker, taker, price, lots }) => `${maker} ${taker} ${price} ${lots}`))
          expect(told.rests).toBe(placed.resting > 0n)
        }
        const left = oracle.resting().map(({ id, lots }) => `${id} ${lots}`).toSorted()
        expect([...named.rows].map(([name, row]) => `${name} ${named.core.leftOf(row)}`).toSorted()).toEqual(left)
        expect(named.core.bestBid()).toBeLessThan(named.core.bestAsk())
      }),
      { numRuns: 1_500 },
    )
  })

  it('icebergs show a part, queue anew for the next, and nothing of any order is lost', () => {
    const order = fc.record({ isBuy: fc.boolean(), price: fc.integer({ min: 97, max: 103 }), lots: fc.integer({ min: 1, max: 60 }), peak: fc.integer({ min: 0, max: 15 }), reduce: fc.nat(30) })
    fc.assert(
      fc.property(fc.array(order, { minLength: 1, maxLength: 60 }), (orders) => {
        const core = new MatchingCore()
        const slow = new SlowIcebergs()
        const names = new Map<number, number>()
        for (const [name, { isBuy, price, lots, peak, reduce }] of orders.entries()) {
          const row = core.submit(isBuy, price, lots, entries.rest, peak)
          const trades: string[] = []
          for (let at = 0; at < core.fillCount; at += 1) trades.push(`${names.get(core.fillMakers[at] as number)} ${core.fillPrices[at]} ${core.fillLots[at]}`)
          expect(trades).toEqual(slow.place({ name, isBuy, price, lots, peak }))
          if (row >= 0) names.set(row, name)
          if (row < 0 || name % 3 !== 0 || reduce === 0) continue
          core.reduce(row, reduce)
          slow.reduce(name, reduce)
        }
        for (const isBid of [true, false]) expect(core.levels(isBid)).toEqual(slow.levels(isBid))
      }),
      { numRuns: 1_500 },
    )
  })
})

describe('a long run', { timeout: 60_000 }, () => {
  it('leaves the same hash of trades as the oracle', () => {
    const random = createRandom(11)
    const named = new NamedCore()
    const oracle = createMatchingOracle()
    const [fast, slow] = [createHash('sha256'), createHash('sha256')]
    let trades = 0
    for (let index = 0; index < 6_000; index += 1) {
      if (random.nextInt(3) === 0) {
        const name = String(random.nextInt(index + 1))
        expect(named.cancel(name)).toBe(Number(oracle.cancel(name)))
        continue
      }
      const isBuy = random.nextInt(2) === 0
      const price = 1_000 + random.nextInt(24) - (isBuy ? 16 : 8)
      const lots = 1 + random.nextInt(50)
      const told = named.place(String(index), { kind: 'place', isBuy, price, lots, entry: entries.rest })
      const placed = oracle.place({ id: String(index), side: isBuy ? 'buy' : 'sell', price: BigInt(price), lots: BigInt(lots) })
      trades += told.trades.length
      fast.update(told.trades.join('\n'))
      slow.update(placed.trades.map(({ maker, taker, price: at, lots: size }) => `${maker} ${taker} ${at} ${size}`).join('\n'))
    }
    expect(trades).toBeGreaterThan(1_000)
    expect(fast.digest('hex')).toBe(slow.digest('hex'))
  })
})

interface Iceberg {
  readonly name: number
  readonly isBuy: boolean
  readonly price: number
  readonly peak: number
  shown: number
  hidden: number
}

/** Icebergs as plainly as can be: one list in the order of turns. */
class SlowIcebergs {
  #queue: Iceberg[] = []

  place({ name, isBuy, price, lots, peak }: { readonly name: number; readonly isBuy: boolean; readonly price: number; readonly lots: number; readonly peak: number }): readonly string[] {
    const trades: string[] = []
    let left = lots
    for (;;) {
      const against = this.#queue.filter((each) => each.isBuy !== isBuy && (isBuy ? each.price <= price : each.price >= price))
      const best = isBuy ? Math.min(...against.map((each) => each.price)) : Math.max(...against.map((each) => each.price))
      const maker = against.find((each) => each.price === best)
      if (maker === undefined || left === 0) break
      const size = Math.min(left, maker.shown)
      left -= size
      maker.shown -= size
      trades.push(`${maker.name} ${maker.price} ${size}`)
      if (maker.shown > 0) continue
      this.#queue = this.#queue.filter((each) => each !== maker)
      if (maker.hidden === 0) continue
      maker.shown = Math.min(maker.peak, maker.hidden)
      maker.hidden -= maker.shown
      this.#queue.push(maker)
    }
    const shown = peak > 0 ? Math.min(peak, left) : left
    if (left > 0) this.#queue.push({ name, isBuy, price, peak, shown, hidden: left - shown })
    return trades
  }

  /** What is hidden goes first. */
  reduce(name: number, by: number): void {
    const found = this.#queue.find((each) => each.name === name)
    if (found === undefined) return
    const fromHidden = Math.min(by, found.hidden)
    found.hidden -= fromHidden
    found.shown -= by - fromHidden
    if (found.shown <= 0) this.#queue = this.#queue.filter((each) => each !== found)
  }

  levels(isBid: boolean): readonly { readonly price: number; readonly lots: number }[] {
    const sums = new Map<number, number>()
    for (const each of this.#queue) if (each.isBuy === isBid) sums.set(each.price, (sums.get(each.price) ?? 0) + each.shown)
    return [...sums].map(([price, lots]) => ({ price, lots })).toSorted((a, b) => (isBid ? b.price - a.price : a.price - b.price))
  }
}
