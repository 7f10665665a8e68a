import { amountFromRaw, createNotionalScale, ensureOk, lotsFromRaw, rateFromRaw, ticksFromRaw } from '../../../src-main/base/index.ts'
import type {
  EpochReported, OrderId, OrderSpec, SelfTradePolicy, Tradable, TradingCommand, VenueAbilities, VenueBalance, VenueOrderView, VenuePosition, VenueTrade,
} from '../../../src-main/domain/index.ts'
import { canonicalJson, TradingEngine, usualTimings } from '../../../src-main/engine/index.ts'
import type { AnyEvent, AnyRequest, EngineSetup, EngineSnapshot, TradingInput } from '../../../src-main/engine/index.ts'
import { boundlessLimits } from '../../../src-main/risk/index.ts'
import type { ReviewLimits } from '../../../src-main/risk/index.ts'

export const lots = lotsFromRaw
export const ticks = ticksFromRaw
export const amount = amountFromRaw

export const everyAbility: VenueAbilities = {
  triggerOrders: true, trailing: false, oco: false, iceberg: false, amend: true, goodTillDate: false, postOnly: true, reduceOnly: true, locksBalance: false,
}

const step = (units: number, decimals: number) => ({ units, decimals })

export function tradableOf(id: string, kind: 'spot' | 'perpetual', abilities: Partial<VenueAbilities> = {}): Tradable {
  const base = id.split('/')[0] ?? id
  const tick = step(1, 2)
  const lot = step(1, 3)
  return {
    instrument: { id, venue: 'sim', kind, name: id, base, quote: 'USD', sector: 'test', tick, lot, hours: { kind: 'always' } },
    settlement: kind === 'spot' ? 'delivery' : 'linear',
    rules: {
      quantityMin: lots(1), quantityMax: lots(1_000_000), priceMin: ticks(1), priceMax: ticks(100_000_000), ordersOpenMax: 200, triggersOpenMax: 50,
    },
    abilities: { ...everyAbility, ...(kind === 'spot' ? { reduceOnly: false, locksBalance: true } : {}), ...abilities },
    scale: ensureOk(createNotionalScale({ tick, lot, multiplier: step(1, 0), amountDecimals: 6 }), 'the scale of a test instrument'),
    baseUnitsPerLot: kind === 'spot' ? 100_000 : 0,
    makerFee: rateFromRaw(0),
    takerFee: rateFromRaw(0),
    leverageMax: kind === 'spot' ? 0 : 10,
    maintenanceMargin: rateFromRaw(5_000_000),
  }
}

export const spot = tradableOf('BTC/USD', 'spot')
export const perpetual = tradableOf('ETH/USD:PERP', 'perpetual')
export const other = tradableOf('SOL/USD:PERP', 'perpetual')

export interface RigOptions {
  readonly tradables?: readonly Tradable[]
  readonly limits?: ReviewLimits
  readonly selfTrade?: SelfTradePolicy
  readonly afterCleanStart?: 'previous' | 'reducing'
  readonly firstMode?: 'active' | 'reducing'
  readonly positions?: 'netting' | 'hedging'
}

export const setupOf = ({ tradables = [spot, perpetual, other], limits = boundlessLimits, selfTrade = 'cancel-new', afterCleanStart = 'previous', positions = 'netting', firstMode }: RigOptions = {}): EngineSetup => ({
  installation: 'aabbccddeeff',
  tradables,
  assets: [{ id: 'USD', decimals: 6 }, { id: 'BTC', decimals: 8 }, { id: 'ETH', decimals: 8 }, { id: 'SOL', decimals: 8 }],
  accounts: [{ id: 'main', venue: 'sim', positions, lots: 'fifo' }],
  reportingAsset: 'USD',
  limits,
  selfTrade,
  ...(firstMode === undefined ? {} : { firstMode }),
  timings: usualTimings,
  afterCleanStart,
})

const startMs = 1_700_000_000_000

/** An engine with a hand on every one of its inputs, that keeps everything it said. */
export class Rig {
  engine: TradingEngine
  readonly setup: EngineSetup
  readonly events: AnyEvent[] = []
  readonly requests: AnyRequest[] = []
  readonly inputs: TradingInput[] = []
  at = startMs
  balances: readonly VenueBalance[] = [
    { asset: 'USD', total: amount(1_000_000_000_000), free: amount(1_000_000_000_000) }, { asset: 'BTC', total: amount(100_000_000), free: amount(100_000_000) },
  ]
  positions: readonly VenuePosition[] = []
  #commands = 0
  #trades = 0

  constructor(options: RigOptions = {}) {
    this.setup = setupOf(options)
    this.engine = new TradingEngine(this.setup)
  }

  /** Started, its first round answered, active, with a price for everything. */
  static active(options: RigOptions = {}): Rig {
    const rig = new Rig(options)
    rig.start()
    rig.answerEpoch()
    rig.process({ kind: 'resume-trading', at: rig.at, to: 'active', reason: 'a test', actor: 'hand' })
    rig.quoteAll()
    return rig
  }

  process(input: TradingInput): { readonly events: readonly AnyEvent[]; readonly requests: readonly AnyRequest[] } {
    this.inputs.push(input)
    const outcome = this.engine.process(input)
    this.events.push(...outcome.events)
    this.requests.push(...outcome.requests)
    return outcome
  }

  start(): void {
    this.process({ kind: 'program-started', at: this.at, version: '1.0.0' })
  }

  quoteAll(bid = 10_000, ask = 10_010): void {
    for (const { instrument } of this.setup.tradables) this.quote(instrument.id, bid, ask)
    this.pass(0)
  }

  quote(instrument: string, bid: number, ask: number): void {
    this.process({ kind: 'quote-seen', at: this.at, instrument, bid: ticks(bid), ask: ticks(ask) })
    this.process({ kind: 'last-seen', at: this.at, instrument, price: ticks(bid) })
  }

  pass(ms: number): { readonly events: readonly AnyEvent[]; readonly requests: readonly AnyRequest[] } {
    this.at += ms
    return this.process({ kind: 'time-passed', at: this.at })
  }

  command(command: TradingCommand): { readonly events: readonly AnyEvent[]; readonly requests: readonly AnyRequest[] } {
    return this.process(command)
  }

  asked(): { readonly commandId: string; readonly at: number } {
    this.#commands += 1
    return { commandId: `command-${this.#commands}`, at: this.at }
  }

  spec(change: Partial<OrderSpec> = {}): OrderSpec {
    const type = change.type ?? 'limit'
    return {
      account: 'main', instrument: perpetual.instrument.id, side: 'buy', type, size: { by: 'quantity', lots: lots(10) },
      ...(type === 'limit' || type === 'stop-limit' ? { limit: ticks(9_900) } : {}), timeInForce: 'gtc', owner: 'hand', ...change,
    }
  }

  /** The id of the order that a command made. */
  place(change: Partial<OrderSpec> = {}): OrderId {
    const outcome = this.command({ kind: 'place-order', ...this.asked(), order: this.spec(change) })
    const taken = outcome.events.find((event) => event.kind === 'command-taken')
    const id = taken?.kind === 'command-taken' ? taken.orders[0] : undefined
    if (id === undefined) throw new Error(`the order was not taken: ${JSON.stringify(outcome.events)}`)
    return id
  }

  /** Placed and accepted by the venue. */
  work(change: Partial<OrderSpec> = {}): OrderId {
    const id = this.place(change)
    this.accept(id)
    return id
  }

  accept(order: OrderId): void {
    this.process({ kind: 'send-accepted', at: this.at, account: 'main', order, venueOrder: venueOrderOf(order) })
  }

  trade(order: OrderId, quantity: number, change: Partial<VenueTrade> = {}): VenueTrade {
    this.#trades += 1
    const { spec } = this.order(order)
    return {
      trade: `t${this.#trades}`, venueOrder: venueOrderOf(order), order, instrument: spec.instrument, side: spec.side, price: spec.limit ?? ticks(10_000),
      lots: lots(quantity), liquidity: 'maker', fee: amount(0), feeAsset: 'USD', at: this.at, ...change,
    }
  }

  fill(order: OrderId, quantity: number, change: Partial<VenueTrade> = {}): VenueTrade {
    const trade = this.trade(order, quantity, change)
    this.process({ kind: 'trade-reported', at: this.at, account: 'main', via: 'stream', trade })
    return trade
  }

  view(order: OrderId, change: Partial<VenueOrderView> = {}): VenueOrderView {
    const { spec, filled, lots: size, limit } = this.order(order)
    return {
      venueOrder: venueOrderOf(order), order, instrument: spec.instrument, side: spec.side, status: 'open', lots: size, filled,
      ...(limit === undefined ? {} : { limit }), updatedAt: this.at, ...change,
    }
  }

  report(order: OrderId, change: Partial<VenueOrderView> = {}, via: 'stream' | 'query' = 'stream'): void {
    this.process({ kind: 'order-reported', at: this.at, account: 'main', via, view: this.view(order, change) })
  }

  lookup(order: OrderId, answer: 'not-found' | 'failed'): void {
    this.process({
      kind: 'lookup-reported', at: this.at, account: 'main', order, askedAt: this.at, answer: answer === 'failed' ? { kind: 'failed', why: 'timeout' } : { kind: 'not-found' },
    })
  }

  found(order: OrderId, change: Partial<VenueOrderView> = {}, trades: readonly VenueTrade[] = []): void {
    this.process({ kind: 'lookup-reported', at: this.at, account: 'main', order, askedAt: this.at, answer: { kind: 'found', view: this.view(order, change), trades } })
  }

  /** The last round of questions that was asked, answered. */
  answerEpoch(change: Partial<EpochReported> = {}): void {
    const asked = this.requests.findLast((request) => request.kind === 'fetch-epoch')
    if (asked?.kind !== 'fetch-epoch') throw new Error('no round of questions was asked')
    this.process({
      kind: 'epoch-reported', at: this.at, account: 'main', epoch: asked.epoch, askedAt: this.at, since: asked.since,
      openOrders: { ok: true, items: [] }, closedOrders: { ok: true, items: [] }, trades: { ok: true, items: [] },
      positions: { ok: true, items: this.positions }, balances: { ok: true, items: this.balances }, postings: { ok: true, items: [] }, ...change,
    })
  }

  order(id: OrderId) {
    const order = this.engine.order(id)
    if (order === undefined) throw new Error(`there is no order ${id}`)
    return order
  }

  /** Lots held in the contract of most tests. */
  held(): number {
    return Number(this.engine.positions('main').find(({ instrument }) => instrument === perpetual.instrument.id)?.lots ?? 0)
  }

  sends(id?: OrderId) {
    return this.requests.filter((request) => request.kind === 'send-order').filter((request) => id === undefined || request.order === id)
  }

  cancels(id?: OrderId) {
    return this.requests.filter((request) => request.kind === 'send-cancel').filter((request) => id === undefined || request.order === id)
  }

  kinds(): readonly string[] {
    return this.events.map(({ kind }) => kind)
  }

  /** The process dies; another one reads what the journal holds, up to `events`. */
  restart(events: readonly AnyEvent[] = this.events, past?: EngineSnapshot): void {
    this.engine = new TradingEngine(this.setup, past)
    for (const event of events) this.engine.replay(event)
  }

  state(): string {
    return canonicalJson(this.engine.snapshot())
  }
}

export const venueOrderOf = (order: OrderId): string => `v-${order.slice(-8)}`
