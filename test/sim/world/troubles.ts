import { amountFromRaw, lotsFromRaw, ticksFromRaw } from '../../../src-main/base/index.ts'
import type { VenueOrderSpec } from '../../../src-main/domain/index.ts'
import { venueCodes } from '../../../src-main/venues/sim/index.ts'
import type { ExchangeCall, SimExchange } from '../../../src-main/venues/sim/index.ts'
import type { RawReply, Schedule, Swarm } from '../../../src-main/venues/paper/index.ts'
import type { SimInput, VenueTruth } from '../checkers/index.ts'
import type { Market } from './catalogue.ts'
import type { Incident } from './incidents.ts'
import type { Machine } from './machine.ts'
import type { MarketLine } from '../../../src-main/rehearsal/index.ts'

/** Makes incidents happen: to the clock and the machine, to the venue and what stands before it, to the account by other hands. */
export interface TroublesSetup {
  readonly account: string
  readonly schedule: Schedule
  readonly swarm: Swarm
  readonly markets: readonly Market[]
  readonly exchange: SimExchange
  readonly line: MarketLine
  readonly truth: VenueTruth
  readonly machine: () => Machine | undefined
  readonly hear: (input: SimInput) => void
  /** Whatever the exchange has sent by now is heard before somebody acts there. */
  readonly sync: () => void
  readonly changeSettings: (shape: number) => void
}

const otherInstallation = '0f0f0f0f0f0f'

export class Troubles {
  readonly #setup: TroublesSetup
  #clockOffset = 0
  #knownOffset = 0
  #gate: ((call: ExchangeCall) => RawReply | undefined) | undefined
  #restDownUntil = 0
  #external = 0

  constructor(setup: TroublesSetup) {
    this.#setup = setup
  }

  get clockOffset(): number {
    return this.#clockOffset
  }

  /** What the adapter last measured of it. */
  get knownOffset(): number {
    return this.#knownOffset
  }

  get isRestDown(): boolean {
    return this.#setup.schedule.now < this.#restDownUntil
  }

  /** A new process measures anew. */
  measureClock(): void {
    this.#knownOffset = this.#clockOffset
  }

  gateAnswer(call: ExchangeCall): RawReply | undefined {
    return this.#gate?.(call)
  }

  heal(): void {
    this.#gate = undefined
    this.#restDownUntil = 0
  }

  befall({ name, shape }: Incident): void {
    if (this.#setup.swarm.isHealed) return
    const instrument = this.#setup.markets[Math.floor(shape * this.#setup.markets.length)]?.tradable.instrument.id ?? ''
    // Whether the first two came about is counted from the postings of the venue; the last needs an order.
    if (name !== 'liquidation' && name !== 'funding' && name !== 'overfill') this.#setup.swarm.struck(name)
    switch (name) {
      case 'crossed-book': return this.#setup.line.befall('crossed', instrument, 3_000, shape)
      case 'frozen-timestamps': return this.#setup.line.befall('frozen', instrument, 9_000, shape)
      case 'one-symbol-dead': return this.#setup.line.befall('dead', instrument, 12_000, shape)
      case 'bad-checksum': return this.#setup.line.befall('checksum', instrument, 2_000, shape)
      case 'message-burst': return this.#setup.line.burst(instrument, 1_000)
      case 'stream-up-rest-down': this.#restDownUntil = this.#setup.schedule.now + 3_000 + 6_000 * shape; return
      case 'clock-forward-1h': return this.#jump(3_600_000)
      case 'clock-back-1h': return this.#jump(-3_600_000)
      case 'clock-step-back': return this.#jump(-700)
      case 'loop-stall-5s': return this.#setup.machine()?.stall(5_000)
      case 'process-paused': return this.#setup.machine()?.stall(15_000)
      case 'machine-sleep-8h': return this.#sleep(28_800_000)
      case 'machine-sleep-20min': return this.#sleep(1_200_000)
      case 'config-change': return this.#setup.changeSettings(shape)
      case 'second-instance': return this.#placeExternal(`${otherInstallation}${'0'.repeat(12)}${String(this.#external).padStart(8, '0')}`, instrument, shape)
      case 'manual-order': return this.#placeExternal(`web_${this.#external}`, instrument, shape)
      case 'manual-cancel': return this.#cancelByHand(shape)
      case 'key-revoked': return this.#standBefore(() => ({ kind: 'reply', status: 401, text: JSON.stringify({ code: -2015, message: venueCodes.unknownAccount.message }) }), 5_000)
      case 'maintenance': return this.#maintain()
      case 'symbol-halted': return this.#setup.exchange.haltInstrument(instrument, this.#setup.schedule.now + 10_000)
      case 'filters-changed': return this.#changeFilters(instrument)
      case 'price-gap': return this.#gap(instrument, shape)
      case 'auto-deleveraging': return this.#deleverage(instrument)
      case 'liquidation': return this.#withdraw(shape)
      case 'overfill': return this.#overfill(shape)
      case 'delisting': return this.#delist(instrument)
      case 'dust': return this.#setup.exchange.post(this.#setup.account, { reason: 'dust', asset: 'BTC', amount: amountFromRaw(shape < 0.5 ? 3 : -2) })
      case 'insufficient-funds-race': return this.#lockMoney(shape)
      default: return
    }
  }

  #jump(byMs: number): void {
    this.#clockOffset += byMs
    // The watch of the clock looks once in a while; the adapter measures anew soon after.
    this.#setup.schedule.after(300, () => this.#setup.hear({ kind: 'clock-jumped', at: this.#now(), byMs }))
    this.#setup.schedule.after(1_500, () => { this.#knownOffset = this.#clockOffset })
  }

  #sleep(forMs: number): void {
    const machine = this.#setup.machine()
    if (machine === undefined) return
    machine.sleep(forMs)
    this.#setup.schedule.after(forMs + 1, () => {
      machine.stream.reconnect()
      machine.hear({ kind: 'machine-slept', at: this.#now() })
    })
  }

  #standBefore(gate: (call: ExchangeCall) => RawReply | undefined, forMs: number): void {
    this.#gate = gate
    this.#setup.schedule.after(forMs, () => { if (this.#gate === gate) this.#gate = undefined })
  }

  #maintain(): void {
    this.#setup.hear({ kind: 'venue-health-reported', at: this.#now(), account: this.#setup.account, state: 'maintenance', detail: 'announced' })
    this.#standBefore(() => ({ kind: 'reply', status: 503, text: JSON.stringify({ code: venueCodes.maintenance.code, message: venueCodes.maintenance.message }) }), 7_000)
    this.#setup.schedule.after(7_100, () => this.#setup.hear({ kind: 'venue-health-reported', at: this.#now(), account: this.#setup.account, state: 'well', detail: 'it is over' }))
  }

  #changeFilters(instrument: string): void {
    const market = this.#setup.markets.find(({ tradable }) => tradable.instrument.id === instrument)
    if (market === undefined) return
    const { rules } = market.tradable
    this.#setup.exchange.changeRules(instrument, { ...rules, quantityMin: lotsFromRaw(market.lots * 2) })
    this.#setup.schedule.after(10_000, () => this.#setup.exchange.changeRules(instrument, rules))
  }

  /** Somebody uses the account past us: at the venue's own page, or with another program. */
  #placeExternal(clientId: string, instrument: string, shape: number): void {
    const quote = this.#setup.line.quoteOf(instrument)
    if (quote === undefined) return
    const side = shape < 0.5 ? 'buy' : 'sell'
    const away = shape < 0.25 || shape > 0.75 ? 400 : -200
    this.#byHand(clientId, instrument, side, 3, side === 'buy' ? quote.bid - away : quote.ask + away)
  }

  #byHand(clientId: string, instrument: string, side: 'buy' | 'sell', lots: number, limit: number): void {
    this.#external += 1
    this.#setup.sync()
    const spec: VenueOrderSpec = {
      instrument, side, type: 'limit', lots: lotsFromRaw(lots), limit: ticksFromRaw(limit), timeInForce: 'gtc', postOnly: false, reduceOnly: false, positionSide: 'net',
    }
    this.#setup.exchange.placeByHand(this.#setup.account, { clientId, spec })
  }

  #cancelByHand(shape: number): void {
    this.#setup.sync()
    const open = this.#setup.truth.orders().filter(({ status }) => status === 'open')
    const target = open[Math.floor(shape * open.length)]
    if (target !== undefined) this.#setup.exchange.cancelByHand(this.#setup.account, { instrument: target.instrument, venueOrder: target.venueOrder })
  }

  #gap(instrument: string, shape: number): void {
    const market = this.#setup.markets.find(({ tradable }) => tradable.instrument.id === instrument)
    if (market !== undefined) this.#setup.exchange.jumpPrice(instrument, Math.round((shape - 0.5) * 60 * market.stepTicks))
  }

  /** The venue takes a part of the position away, by an order of its own. */
  #deleverage(instrument: string): void {
    this.#setup.sync()
    const held = this.#setup.truth.positions().find((position) => position.instrument === instrument)?.lots ?? 0
    const lots = Math.floor(Math.abs(held) / 2)
    if (lots < 1 || this.#isSpot(instrument)) return
    this.#external += 1
    const spec: VenueOrderSpec = {
      instrument, side: held > 0 ? 'sell' : 'buy', type: 'market', lots: lotsFromRaw(lots), timeInForce: 'ioc', postOnly: false, reduceOnly: true, positionSide: 'net',
    }
    this.#setup.exchange.placeByHand(this.#setup.account, { clientId: `adl_${this.#external}`, spec })
  }

  #isSpot(instrument: string): boolean {
    return this.#setup.markets.find(({ tradable }) => tradable.instrument.id === instrument)?.tradable.settlement === 'delivery'
  }

  /** Nearly all of the money leaves the account, and comes back: what is held on margin is liquidated meanwhile. */
  #withdraw(shape: number): void {
    this.#setup.sync()
    const usd = this.#setup.truth.balances().find(({ asset }) => asset === 'USD')?.total ?? 0
    // What is left does not carry any position.
    const amount = usd - 1_000_000
    if (amount <= 0) return
    const { exchange, account, schedule } = this.#setup
    exchange.post(account, { reason: 'withdrawal', asset: 'USD', amount: amountFromRaw(-amount) })
    schedule.after(4_000 + Math.floor(8_000 * shape), () => {
      this.#setup.sync()
      exchange.post(account, { reason: 'deposit', asset: 'USD', amount: amountFromRaw(amount) })
    })
  }

  /** The venue trades more than an order of ours asked for. */
  #overfill(shape: number): void {
    this.#setup.sync()
    const { truth, exchange, account, swarm } = this.#setup
    const filled = truth.orders().filter(({ status, isExternal }) => status === 'filled' && !isExternal).slice(-5)
    const target = filled[Math.floor(shape * filled.length)]
    if (target === undefined) return
    swarm.struck('overfill')
    exchange.overfill(account, { instrument: target.instrument, venueOrder: target.venueOrder, lots: 1 + Math.floor(shape * 4) })
  }

  /** The venue ends all orders in an instrument and trades it no more, for a minute. */
  #delist(instrument: string): void {
    this.#setup.sync()
    const { exchange, account, truth, schedule } = this.#setup
    for (const order of truth.orders()) {
      if (order.status === 'open' && order.instrument === instrument) exchange.cancelByHand(account, { instrument, venueOrder: order.venueOrder })
    }
    exchange.haltInstrument(instrument, schedule.now + 60_000)
  }

  /** Most of the money is bound by an order that somebody typed at the venue's page. */
  #lockMoney(shape: number): void {
    const market = this.#setup.markets[0]
    const usd = this.#setup.truth.balances().find(({ asset }) => asset === 'USD')
    if (market === undefined || usd === undefined) return
    const limit = Math.floor(market.priceAtStart / 2)
    const lots = Math.floor((usd.total * 0.7) / (limit * 10))
    if (lots < 1) return
    const clientId = `web_money_${this.#external}`
    const instrument = market.tradable.instrument.id
    this.#byHand(clientId, instrument, 'buy', lots, limit)
    this.#setup.schedule.after(6_000 + 10_000 * shape, () => {
      this.#setup.sync()
      const placed = this.#setup.truth.orders().find((order) => order.clientId === clientId && order.status === 'open')
      if (placed !== undefined) this.#setup.exchange.cancelByHand(this.#setup.account, { instrument, venueOrder: placed.venueOrder })
    })
  }

  #now(): number {
    return Math.floor(this.#setup.schedule.now) + this.#clockOffset
  }
}
