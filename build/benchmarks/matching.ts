import { createRandom } from '../../src-main/base/index.ts'
import { entries, MatchingCore } from '../../src-main/venues/sim/index.ts'
import { resultOf, round, spreadOf, type Benchmark } from './measure.ts'

const orders = 300_000
const passes = 9
const plainPasses = 3
const batch = 64
/** Of the mission: a million orders in a second. */
const ordersPerSecondLeast = 1_000_000

/** A stream of orders on some 25 levels a side: 65 of 100 are new ones, of which a quarter trade at once, 35 are cancels. */
interface OrderStream {
  readonly isCancel: Uint8Array
  readonly isBuy: Uint8Array
  readonly price: Float64Array
  readonly lots: Float64Array
  /** Which of the orders that live a cancel takes, as a share of them. */
  readonly which: Float64Array
}

function createStream(): OrderStream {
  const random = createRandom(7)
  const stream: OrderStream = {
    isCancel: new Uint8Array(orders), isBuy: new Uint8Array(orders), price: new Float64Array(orders), lots: new Float64Array(orders), which: new Float64Array(orders),
  }
  for (let at = 0; at < orders; at += 1) {
    const isBuy = random.nextInt(2) === 1
    const isTaking = random.nextInt(4) === 0
    const away = isTaking ? -random.nextInt(4) : 1 + random.nextInt(25)
    stream.isCancel[at] = random.nextInt(100) < 35 ? 1 : 0
    stream.isBuy[at] = isBuy ? 1 : 0
    stream.price[at] = isBuy ? 10_000 - away : 10_000 + away
    stream.lots[at] = isTaking ? 1 + random.nextInt(150) : 1 + random.nextInt(100)
    stream.which[at] = random.nextFloat53()
  }
  return stream
}

/** Something that matches, with the bookkeeping that anybody needs who wants to cancel: names that lead to what rests. */
interface Matcher {
  submit(name: number, isBuy: boolean, price: number, lots: number): void
  cancel(name: number): void
  /** Changes with each trade, its maker, price and size. */
  readonly hash: number
  readonly trades: number
}

const mixed = (hash: number, maker: number, price: number, lots: number): number =>
  Math.imul(hash ^ maker ^ Math.imul(price, 31) ^ Math.imul(lots, 977), 0x01000193) | 0

class CoreMatcher implements Matcher {
  hash = 0x811c9dc5
  trades = 0
  readonly #core = new MatchingCore()
  readonly #rowOf = new Int32Array(orders).fill(-1)
  readonly #nameOf = new Int32Array(1 << 20)

  submit(name: number, isBuy: boolean, price: number, lots: number): void {
    const core = this.#core
    const row = core.submit(isBuy, price, lots, entries.rest, 0)
    for (let fill = 0; fill < core.fillCount; fill += 1) {
      const maker = this.#nameOf[core.fillMakers[fill] as number] as number
      this.hash = mixed(this.hash, maker, core.fillPrices[fill] as number, core.fillLots[fill] as number)
      if (core.fillMakerLeft[fill] === 0) this.#rowOf[maker] = -1
    }
    this.trades += core.fillCount
    if (row < 0) return
    this.#rowOf[name] = row
    this.#nameOf[row] = name
  }

  cancel(name: number): void {
    const row = this.#rowOf[name] as number
    if (row < 0) return
    this.#core.cancel(row)
    this.#rowOf[name] = -1
  }
}

interface PlainOrder {
  readonly name: number
  lots: number
}

/** The simplest thing that does the same: a list of orders for each price. */
class PlainMatcher implements Matcher {
  hash = 0x811c9dc5
  trades = 0
  readonly #sides = { bid: new Map<number, PlainOrder[]>(), ask: new Map<number, PlainOrder[]>() }
  readonly #places = new Map<number, { readonly isBuy: boolean; readonly price: number }>()

  submit(name: number, isBuy: boolean, price: number, lots: number): void {
    const against = isBuy ? this.#sides.ask : this.#sides.bid
    let left = lots
    while (left > 0 && against.size > 0) {
      const best = isBuy ? Math.min(...against.keys()) : Math.max(...against.keys())
      if (isBuy ? best > price : best < price) break
      const level = against.get(best) as PlainOrder[]
      const maker = level[0] as PlainOrder
      const size = Math.min(left, maker.lots)
      left -= size
      maker.lots -= size
      this.trades += 1
      this.hash = mixed(this.hash, maker.name, best, size)
      if (maker.lots > 0) continue
      level.shift()
      this.#places.delete(maker.name)
      if (level.length === 0) against.delete(best)
    }
    if (left === 0) return
    const own = isBuy ? this.#sides.bid : this.#sides.ask
    const level = own.get(price)
    if (level === undefined) own.set(price, [{ name, lots: left }])
    else level.push({ name, lots: left })
    this.#places.set(name, { isBuy, price })
  }

  cancel(name: number): void {
    const place = this.#places.get(name)
    if (place === undefined) return
    this.#places.delete(name)
    const side = place.isBuy ? this.#sides.bid : this.#sides.ask
    const level = side.get(place.price) as PlainOrder[]
    level.splice(level.findIndex((order) => order.name === name), 1)
    if (level.length === 0) side.delete(place.price)
  }
}

interface Pass {
  readonly milliseconds: number
  readonly hash: number
  readonly trades: number
  /** Nanoseconds for an order, averaged over a batch, one for each batch. */
  readonly perOrder: readonly number[]
}

function run({ isCancel, isBuy, price, lots, which }: OrderStream, matcher: Matcher): Pass {
  const perOrder: number[] = []
  const start = performance.now()
  let before = start
  for (let at = 0; at < orders; at += 1) {
    // A cancel takes one of the last thousand, so that most of them still rest.
    if (isCancel[at] === 1) matcher.cancel(Math.max(0, at - 1 - Math.floor((which[at] as number) * 1_000)))
    else matcher.submit(at, isBuy[at] === 1, price[at] as number, lots[at] as number)
    if ((at + 1) % batch !== 0) continue
    const now = performance.now()
    perOrder.push(((now - before) * 1e6) / batch)
    before = now
  }
  return { milliseconds: performance.now() - start, hash: matcher.hash, trades: matcher.trades, perOrder }
}

interface Figures {
  readonly p50Ns: number
  readonly p99Ns: number
  readonly p999Ns: number
  readonly perSecond: number
  readonly batch: number
  readonly bytesPerOp: number
}

function runCore(stream: OrderStream): { readonly runs: readonly Pass[]; readonly figures: Figures } {
  run(stream, new CoreMatcher())
  const before = process.memoryUsage().heapUsed
  const runs = Array.from({ length: passes }, () => run(stream, new CoreMatcher()))
  const bytes = Math.max(0, process.memoryUsage().heapUsed - before)
  const sorted = runs.flatMap(({ perOrder }) => perOrder).toSorted((a, b) => a - b)
  const at = (share: number): number => round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN)
  const median = runs.map(({ milliseconds }) => milliseconds).toSorted((a, b) => a - b)[Math.floor(passes / 2)] ?? Number.NaN
  const perSecond = Math.round((orders / median) * 1_000)
  return { runs, figures: { p50Ns: at(0.5), p99Ns: at(0.99), p999Ns: at(0.999), perSecond, batch, bytesPerOp: round(bytes / (orders * passes)) } }
}

/** What the matching core of the simulated exchange takes for an order, as a row among the engine's figures. */
export const matchingFigures = (): Figures => runCore(createStream()).figures

/** The matching core against the simplest book that makes the same trades, which is checked. */
export const matching: Benchmark = () => {
  const stream = createStream()
  const { runs, figures } = runCore(stream)
  // Some thirty times slower, and it does not need to be known as well.
  const plain = Array.from({ length: plainPasses }, () => run(stream, new PlainMatcher()))
  if (new Set([...runs, ...plain].map(({ hash }) => hash)).size !== 1) throw new Error('the two books did not make the same trades')
  const figure = spreadOf(runs.map(({ milliseconds }) => milliseconds))
  const baseline = spreadOf(plain.map(({ milliseconds }) => milliseconds))
  const target = { statistic: 'median' as const, atMost: (orders / ordersPerSecondLeast) * 1_000 }
  const nanoseconds = (milliseconds: number): number => round((milliseconds * 1e6) / orders)
  return Promise.resolve({
    orders: {
      ...resultOf(figure, baseline, `a list of orders for each price, ${orders} orders`, target),
      each: { of: 'order', nanoseconds: nanoseconds(figure.median), baselineNanoseconds: nanoseconds(baseline.median) },
      notes: { trades: runs[0]?.trades ?? 0, ...figures },
    },
  })
}
