import { amountFromRaw, ensureOk, lotsFromRaw, printSteps, rawOf, ticksFromRaw } from '../../src-main/base/index.ts'
import type { OrderId, OrderSpec } from '../../src-main/domain/index.ts'
import { orderIdShape } from '../../src-main/domain/index.ts'
import { renderOrderId, TradingEngine } from '../../src-main/engine/index.ts'
import { indicators } from '../../src-main/quant/index.ts'
import { boundlessLimits, BreakerBoard, ExposureBook, reviewPlace } from '../../src-main/risk/index.ts'
import { measureOperation, resultOfOperation } from './engine-figures.ts'
import { matching, matchingFigures } from './matching.ts'
import { activeEngine, contracts, limitOrder, recordTrace, setup } from './engine-world.ts'
import { orderPathDurable } from './order-path.ts'
import type { Benchmark, Result } from './measure.ts'

/** What the engine takes for each thing that happens often, against the figures of the mission. */
export const engine: Benchmark = async () => ({
  decision: decision(),
  riskReview: riskReview(),
  breaker: breaker(),
  orderPath: orderPath(),
  engineInput: engineInput(),
  matching: { ...(await matching()).orders as Result, ...matchingFigures() },
  ...(await orderPathDurable()),
})

const samples = 1_000_000
const batch = 256

/** A fast and a slow average cross on one quote; four more indicators are kept with them. */
function decision(): Result {
  const machine = ensureOk(indicators.createFeatureVector([
    { name: 'fast', indicator: 'ema', params: { period: 12 } },
    { name: 'slow', indicator: 'ema', params: { period: 26 } },
    { name: 'rsi', indicator: 'rsi', params: { period: 14 } },
    { name: 'atr', indicator: 'atr', params: { period: 14 } },
    { name: 'roc', indicator: 'roc', params: { period: 10 } },
    { name: 'sma', indicator: 'sma', params: { period: 20 } },
  ]), 'the indicators of the decision')
  const prices = Float64Array.from({ length: 4_096 }, (_each, place) => 10_000 + 50 * Math.sin(place / 37) + ((place * 7919) % 13))
  const bar = { open: 0, high: 0, low: 0, close: 0, volume: 1 }
  let crossings = 0
  let wasAbove = false
  return resultOfOperation(measureOperation({
    count: samples, batch,
    run: (turn) => {
      const price = prices[turn & 4_095] ?? 0
      bar.open = bar.low = price
      bar.high = bar.close = price + 1
      machine.update(bar)
      const isAbove = machine.value(0) > machine.value(1)
      if (isAbove !== wasAbove) crossings += 1
      wasAbove = isAbove
    },
  }), { statistic: 'p99', atMostNs: 1_000 })
}

/** A limit order in front of 50 working ones and 20 positions. */
function riskReview(): Result {
  const book = new ExposureBook({ account: 'main', positions: 'netting', tradables: contracts, reporting: 'USD', sendsRemembered: 4_096 })
  book.setBalance('USD', amountFromRaw(1e15))
  for (const { instrument } of contracts) {
    book.seeQuote(instrument.id, ticksFromRaw(10_000), ticksFromRaw(10_002), 1_000)
    book.setPosition(instrument.id, 'net', lotsFromRaw(100), amountFromRaw(10_000_000_000))
  }
  for (let place = 0; place < 50; place += 1) {
    const { instrument } = contracts[place % contracts.length] ?? contracts[0] as (typeof contracts)[number]
    book.setOrder({
      order: orderIdShape.ensure(place.toString(16).padStart(32, '0')), instrument: instrument.id, side: place % 2 === 0 ? 'buy' : 'sell', positionSide: 'net',
      remaining: lotsFromRaw(10), worstPrice: ticksFromRaw(9_900), keptFromGrowing: false, reduces: false, waits: false,
    })
  }
  const specs = Array.from({ length: 256 }, (_each, place) => limitOrder(place, place % 2 === 0, place % 2 === 0 ? 9_900 - (place % 50) : 10_100 + (place % 50)))
  const order = orderIdShape.ensure('f'.repeat(32))
  let approved = 0
  const measured = measureOperation({
    count: samples, batch,
    run: (turn) => {
      const place = turn & 255
      const { instrument } = contracts[place % contracts.length] as (typeof contracts)[number]
      // A price that moved, so that what hangs on it is counted anew.
      book.seeQuote(instrument.id, ticksFromRaw(10_000 + (turn & 7)), ticksFromRaw(10_002 + (turn & 7)), 1_000)
      const spec = specs[place] as OrderSpec
      const verdict = reviewPlace({ order, spec, lots: lotsFromRaw(10), at: 1_000, askedAt: 1_000 }, book, boundlessLimits, contracts[place % contracts.length] as (typeof contracts)[number])
      if (verdict.ok) approved += 1
    },
  })
  if (approved < samples) throw new Error('the review refused what it was measured on')
  return resultOfOperation(measured, { statistic: 'p99', atMostNs: 10_000 })
}

function breaker(): Result {
  const board = new BreakerBoard(['main'], contracts.map(({ instrument }) => instrument.id))
  const account = board.accountPlace('main')
  const places = contracts.map(({ instrument }) => board.instrumentPlace(instrument.id))
  board.open('stale', { instrument: contracts[3]?.instrument.id ?? '' })
  let stopped = 0
  const measured = measureOperation({
    count: samples, batch, run: (turn) => { if (board.stopping(account, places[turn % 20] ?? 0) !== 0) stopped += 1 },
  })
  if (stopped === 0) throw new Error('no breaker stopped anything')
  return resultOfOperation(measured, { statistic: 'p99', atMostNs: 100 })
}

/** The bytes of a command in, the text of the venue's request out, with a thousand orders working. */
function orderPath(): Result {
  const decoder = new TextDecoder()
  const encoder = new TextEncoder()
  const bytes = Array.from({ length: 512 }, (_each, place) => encoder.encode(JSON.stringify({ kind: 'place-order', order: limitOrder(place, place % 2 === 0, place % 2 === 0 ? 9_000 : 11_000) })))
  let world = activeEngine()
  let at = 1_700_000_000_000
  let made = 0
  let rendered = 0
  const working: OrderId[] = []
  const place = (turn: number): void => {
    made += 1
    const command = JSON.parse(decoder.decode(bytes[turn & 511])) as { readonly order: OrderSpec }
    const outcome = world.process({ kind: 'place-order', at, commandId: `o${made}`, order: command.order })
    const [request] = outcome.requests
    if (request?.kind !== 'send-order') return
    const { spec } = request
    const tradable = contracts[turn % contracts.length] as (typeof contracts)[number]
    const text = `symbol=${spec.instrument}&side=${spec.side}&type=LIMIT&timeInForce=GTC&quantity=${printSteps(rawOf(spec.lots), tradable.instrument.lot)}`
      + `&price=${printSteps(rawOf(spec.limit ?? spec.lots), tradable.instrument.tick)}&newClientOrderId=${renderOrderId(request.order, 'crockford')}`
      + `&recvWindow=5000&timestamp=${at}`
    rendered += text.length > 100 ? 1 : 0
    working.push(request.order)
  }
  /** Back to a thousand, as a venue would cancel the rest. */
  const clear = (): void => {
    at += 100
    if (made % 60_000 < 512) world = startOver(working)
    while (working.length < 1_000) place(made)
    for (const order of working.splice(0, working.length - 1_000)) world.process({ kind: 'send-rejected', at, account: 'main', order, proof: 'bench' })
  }
  const startOver = (orders: OrderId[]): typeof world => {
    orders.length = 0
    return activeEngine()
  }
  const measured = measureOperation({ count: samples, batch: 1, prepare: { every: 512, run: clear }, run: place })
  if (rendered < samples) throw new Error('an order was refused that was to be measured')
  return resultOfOperation(measured, { statistic: 'p99', atMostNs: 100_000 })
}

function engineInput(): Result {
  // Whole batches, so that a trace always begins with the start of its engine.
  const trace = recordTrace(200_000).slice(0, 781 * batch)
  let engineNow = new TradingEngine(setup)
  const measured = measureOperation({
    count: trace.length * 6, batch,
    prepare: { every: trace.length, run: () => { engineNow = new TradingEngine(setup) } },
    run: (turn) => { engineNow.process(trace[turn % trace.length] as (typeof trace)[number]) },
  })
  return resultOfOperation(measured, { statistic: 'median', atMostNs: 2_000 })
}

