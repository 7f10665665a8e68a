import { amountFromRaw, assert, createRandom, rawOf, type Random } from '../../../base/index.ts'
import type { MarketEvent, MarketReport, PositionSide, TradingRules, VenuePosting } from '../../../domain/index.ts'
import { AccountDesk } from './account-desk.ts'
import { Bookkeeper } from './bookkeeper.ts'
import { ChangeNotes } from './change-notes.ts'
import { CrowdFlow } from './crowd-flow.ts'
import { drawDelay } from './drawn-laws.ts'
import { DueQueue } from './due-queue.ts'
import { charged, worth } from './exact-money.ts'
import type { AccountTruth, ExchangeAnswer, ExchangeCall, ExchangeOutput, PlaceCall, StreamBody } from './exchange-call.ts'
import type { BookLine } from './exchange-books.ts'
import { ExchangeDoor } from './exchange-door.ts'
import { venueBehaviourPreset } from './exchange-setup.ts'
import type { ExchangeAccount, SimExchangeSetup, VenueBehaviour } from './exchange-setup.ts'
import { balancesOf } from './free-money.ts'
import { Liquidator } from './liquidator.ts'
import { MarketSource } from './market-source.ts'
import { MarketLook } from './market-look.ts'
import { MarketTeller } from './market-teller.ts'
import { OrderRoom } from './order-room.ts'
import type { RoomOutcome } from './order-room.ts'
import { OutgoingWire } from './outgoing-wire.ts'
import { QueryDesk, success } from './query-desk.ts'
import { TradingFloor } from './trading-floor.ts'
import { venueCodes } from './venue-codes.ts'
import { VenueLedger } from './venue-ledger.ts'
import { viewOf } from './venue-order.ts'
import type { VenueOrder } from './venue-order.ts'

/** What happens inside at its time. */
type Due =
  | { readonly kind: 'arrival' | 'accepted'; readonly ticket: number; readonly call: ExchangeCall }
  | { readonly kind: 'crowd'; readonly flow: CrowdFlow; readonly floor: TradingFloor }
  | { readonly kind: 'market'; readonly event: MarketEvent }
  | { readonly kind: 'expiry'; readonly account: string; readonly order: number }
  | { readonly kind: 'shock'; readonly share: number }
  | { readonly kind: 'funding' }

/** What may become another while the exchange runs: a venue has bad hours and gets well again. */
export type ChangeableBehaviour = Partial<Pick<VenueBehaviour, 'lag' | 'delayedAcceptance' | 'maintenance' | 'clockSkewMs' | 'latency' | 'limits'>>

/**
 * An exchange in virtual time: calls go in with the time at which they leave the client; answers, streams and market data come out
 * with the time at which they reach it. It is a function of its seed and of what it is given, and knows nothing of the engine. It must
 * never change anything for a call that it refuses, and never tell of what has not happened.
 *
 * Invariants:
 * 1. Time never goes back, and what is due is done in the order of its time, then of its coming.
 * 2. The same seed, setup and calls give the same outputs, in however many steps it is advanced.
 * 3. An account's stream is numbered without a gap, and its times never go back.
 * 4. Whatever happens, the sum over all purses is zero for each asset.
 */
export class SimExchange {
  readonly floors = new Map<string, TradingFloor>()
  readonly #behaviour: { -readonly [Key in keyof VenueBehaviour]: VenueBehaviour[Key] }
  readonly #desks = new Map<string, AccountDesk>()
  readonly #sources = new Map<string, MarketSource>()
  readonly #due = new DueQueue<Due>()
  readonly #ledger: VenueLedger
  readonly #bookkeeper: Bookkeeper
  readonly #isMarketTold: boolean
  readonly #wire: OutgoingWire
  readonly #teller: MarketTeller
  readonly #door: ExchangeDoor
  readonly #room: OrderRoom
  readonly #queries: QueryDesk
  readonly #liquidator: Liquidator
  readonly #viewsKeptMs: number
  readonly #entry: Random
  readonly #acceptance: Random
  #now: number
  #look: MarketLook | undefined
  #tickets = 0

  constructor(setup: SimExchangeSetup) {
    const random = createRandom(setup.seed).split('exchange')
    this.#behaviour = { ...venueBehaviourPreset, ...setup.behaviour }
    this.#now = setup.startAt
    this.#entry = random.split('entry')
    this.#acceptance = random.split('acceptance')
    this.#isMarketTold = setup.isMarketTold ?? true
    const notes = setup.isNoted === true ? new ChangeNotes() : undefined
    this.#ledger = new VenueLedger((purse, asset) => notes?.purse(purse, asset))
    this.#wire = new OutgoingWire(this.#behaviour, random)
    this.#teller = new MarketTeller((report) => this.#wire.market(report, this.#now))
    const accounts = accountsOf(setup)
    this.#door = new ExchangeDoor(this.#behaviour, accounts)
    const around = {
      ledger: this.#ledger, changes: notes, behaviour: this.#behaviour, floors: this.floors, desks: this.#desks, viewsKeptMs: Math.max(...Object.values(this.#behaviour.lag)),
      now: () => this.#now, tell: (account: string, body: StreamBody) => this.#tell(account, body),
    }
    this.#room = new OrderRoom(around)
    this.#queries = new QueryDesk(around, random, around.now)
    this.#liquidator = new Liquidator({ ...around, room: this.#room, post: (desk, posting) => this.#post(desk, posting) })
    this.#bookkeeper = new Bookkeeper({ ...around, notes, room: this.#room, liquidator: this.#liquidator })
    this.#openFloors(setup, random)
    this.#viewsKeptMs = around.viewsKeptMs
    if (setup.books !== undefined) this.#ledger.restore([...setup.books.purses.values()])
    for (const account of accounts) {
      const desk = new AccountDesk(account, around)
      this.#desks.set(account.id, desk)
      if (setup.books?.accounts.has(account.id) !== true) desk.fund()
    }
    if (setup.books !== undefined) for (const order of this.#bookkeeper.restore(setup.books, this.#viewsKeptMs)) this.#watchExpiry(order)
    for (const desk of this.#desks.values()) {
      // What every replica shows that has not yet heard of anything: the account as it was opened, never an empty one.
      this.#remember(desk, -Infinity)
    }
    for (const { afterMs, share } of setup.shocks ?? []) this.#due.add(setup.startAt + afterMs, { kind: 'shock', share })
    this.#due.add((Math.floor(setup.startAt / this.#behaviour.fundingEveryMs) + 1) * this.#behaviour.fundingEveryMs, { kind: 'funding' })
  }

  now(): number {
    return this.#now
  }

  /** A call leaves the client at this time; the number comes back with its answer. */
  receive(call: ExchangeCall, at: number): number {
    assert(at >= this.#now, 'expected a call that does not leave in the past')
    this.#tickets += 1
    this.#due.add(at + drawDelay(this.#entry, this.#behaviour.latency.entry), { kind: 'arrival', ticket: this.#tickets, call })
    return this.#tickets
  }

  /** The market from outside, for instruments without a crowd: takes effect at the times of its events. */
  feed(events: readonly MarketEvent[]): void {
    for (const event of events) this.#due.add(Math.max(event.at, this.#now), { kind: 'market', event })
  }

  /** Everything that reaches a client up to and with this time, in that order. */
  advance(to: number): readonly ExchangeOutput[] {
    assert(to >= this.#now, 'expected a time that does not go back')
    while (this.#due.nextAt() <= to) {
      this.#now = Math.max(this.#now, this.#due.nextAt())
      const due = this.#due.take()
      if (due !== undefined) this.#do(due)
      if (this.#isMarketTold) for (const floor of this.floors.values()) this.#teller.look(floor, this.#now)
    }
    this.#now = to
    return this.#wire.takeUntil(to)
  }

  /** When something happens next, inside or on the way out; Infinity when nothing will. */
  nextAt(): number {
    return Math.min(this.#due.nextAt(), this.#wire.nextAt())
  }

  // --- what befalls the exchange or is done past its wire

  /** Lags can be no longer than the longest it began with: what is older is not kept. */
  changeBehaviour(change: ChangeableBehaviour): void {
    assert(Object.values(change.lag ?? {}).every((lag) => lag <= this.#viewsKeptMs), 'expected no lag beyond the longest at the start')
    Object.assign(this.#behaviour, change)
    if (change.limits !== undefined) this.#door.limit(change.limits)
  }

  /** Everything that its crowd believes in moves by so many ticks at once. */
  jumpPrice(instrument: string, ticks: number): void {
    this.#floor(instrument).shove(ticks)
  }

  haltInstrument(instrument: string, until: number): void {
    this.#floor(instrument).haltedUntil = until
  }

  changeRules(instrument: string, rules: TradingRules): void {
    const floor = this.#floor(instrument)
    floor.tradable = { ...floor.tradable, rules }
  }

  /** A deposit, a withdrawal, interest, dust: money that comes or goes without a trade. */
  post(account: string, posting: Omit<VenuePosting, 'reference' | 'at'>): void {
    this.#post(this.#desk(account), posting)
  }

  /** Typed at the venue's own page by whom the account belongs to: it needs no wire and no limits. */
  placeByHand(account: string, call: Omit<PlaceCall, 'kind' | 'account' | 'timestamp'>): RoomOutcome {
    return this.#place({ kind: 'place', account, timestamp: this.#now, ...call })
  }

  cancelByHand(account: string, order: { readonly instrument: string; readonly venueOrder: string }): RoomOutcome {
    return this.#room.cancel(this.#desk(account), order)
  }

  /** A mistake of the venue: an order that has ended trades once more, at the last price. */
  overfill(account: string, { instrument, venueOrder, lots }: { readonly instrument: string; readonly venueOrder: string; readonly lots: number }): void {
    const desk = this.#desk(account)
    const floor = this.#floor(instrument)
    const order = desk.archive.numbered(Number(venueOrder))
    assert(order !== undefined && order.status !== 'open', 'expected an order that has ended')
    desk.settle(order, { number: floor.nextTradeNumber(), price: floor.reference(), lots, isBuyerTaker: order.isBuy, taker: order, maker: undefined }, floor)
  }

  truth(account: string): AccountTruth {
    const desk = this.#desk(account)
    const balances = balancesOf(desk, { floors: this.floors, behaviour: this.#behaviour })
    return {
      account, orders: desk.archive.all().map(viewOf), trades: [...desk.trades.items], positions: desk.positions(), balances, postings: [...desk.postings.items],
      equity: balances.map(({ asset, total }) => ({ asset, amount: amountFromRaw(rawOf(total) + desk.unrealised(asset)) })),
    }
  }

  /** Zero for every asset, or the exchange's books are wrong. */
  ledgerSums(): ReadonlyMap<string, bigint> {
    return this.#ledger.sums()
  }

  // --- books

  /** Whatever has changed since the last time, to be written down as one: no line of it, or no answer that follows from it, before the rest. */
  takeChanges(): readonly BookLine[] {
    return this.#bookkeeper.takeChanges()
  }

  /** All that it knows, as an exchange that goes on from there needs it. */
  bookLines(): readonly BookLine[] {
    return this.#bookkeeper.lines()
  }

  /** Where a movement of the market would mean something to somebody: an order waits, or a contract is open. */
  exposedInstruments(): ReadonlySet<string> {
    const exposed = new Set<string>()
    for (const desk of this.#desks.values()) {
      for (const { spec } of desk.open.values()) exposed.add(spec.instrument)
      for (const { instrument } of desk.positions()) exposed.add(instrument)
    }
    return exposed
  }

  /** The prices of this instant that are others than at the last look: without delay, for whoever looks now and then. A ticker tells the best ones at every look. */
  lookAtMarket(isTicker = false): readonly MarketReport[] {
    this.#look ??= new MarketLook()
    return this.#look.at([...this.floors.values()], this.#now, isTicker)
  }

  accounts(): readonly ExchangeAccount[] {
    return [...this.#desks.values()].map(({ account }) => account)
  }

  /** Ends the open orders of an account at the venue's own wish. */
  cancelAllByHand(account: string): number {
    return this.#room.cancelAll(this.#desk(account))
  }

  /** Takes a contract position over at the mark; false when there is no price. */
  takeOver(account: string, instrument: string, positionSide: PositionSide, clientId: string): boolean {
    const desk = this.#desk(account)
    const floor = this.#floor(instrument)
    if (floor.reference() === 0) return false
    this.#liquidator.takeOver(desk, floor, { positionSide, clientId, now: this.#now })
    return true
  }

  // --- inside

  #openFloors(setup: SimExchangeSetup, random: Random): void {
    for (const tradable of setup.tradables) {
      const ofFloor = random.split(`floor ${tradable.instrument.id}`)
      const floor = new TradingFloor(tradable, this.#behaviour, ofFloor, (of, trade) => this.#room.settle(of, trade))
      this.floors.set(floor.id, floor)
      this.#sources.set(floor.id, new MarketSource(floor, ofFloor, this.#behaviour.queue))
      const crowd = setup.crowds?.find(({ instrument }) => instrument === floor.id)
      if (crowd !== undefined) this.#due.add(setup.startAt, { kind: 'crowd', flow: new CrowdFlow(crowd, floor, ofFloor, this.#behaviour.queue), floor })
    }
  }

  #do(due: Due): void {
    switch (due.kind) {
      case 'arrival': return this.#arrive(due.ticket, due.call)
      case 'accepted': return this.#wire.answer(due.ticket, due.call, this.#perform(due.call), this.#now)
      case 'market': return this.#feedOne(due.event)
      case 'funding': return this.#fund()
      case 'shock': return this.#shock(due.share)
      case 'expiry': return this.#expire(due.account, due.order)
      default:
        if (due.flow.step(this.#now)) this.#noteMark(due.floor)
        this.#room.react(due.floor)
        this.#due.add(this.#now + due.flow.stepMs, due)
    }
  }

  #arrive(ticket: number, call: ExchangeCall): void {
    const refusal = this.#door.refusalOf(call, this.#now)
    if (refusal !== undefined) return this.#wire.answer(ticket, call, refusal, this.#now)
    const { share, delayMaxMs } = this.#behaviour.delayedAcceptance
    const isDelayed = call.kind === 'place' && share > 0 && this.#acceptance.nextFloat53() < share
    if (!isDelayed) return this.#wire.answer(ticket, call, this.#perform(call), this.#now)
    this.#due.add(this.#now + 1 + this.#acceptance.nextInt(Math.max(1, delayMaxMs)), { kind: 'accepted', ticket, call })
  }

  #perform(call: ExchangeCall): ExchangeAnswer {
    const desk = this.#desk(call.account)
    switch (call.kind) {
      // What lay in a queue too long is turned away there as well.
      case 'place': return this.#door.isInTime(call, this.#now) ? answerTo(this.#place(call)) : { ...venueCodes.outsideWindow }
      case 'cancel': return answerTo(this.#room.cancel(desk, call))
      case 'amend': return answerTo(this.#room.amend(desk, call))
      case 'cancel-all': return success({ kind: 'canceled', count: this.#room.cancelAll(desk, call.instrument) })
      default: return this.#queries.answer(desk, call)
    }
  }

  #place(call: PlaceCall): RoomOutcome {
    const outcome = this.#room.place(this.#desk(call.account), call)
    if (outcome.ok && outcome.order.status === 'open') this.#watchExpiry(outcome.order)
    return outcome
  }

  #watchExpiry({ account, number, spec: { expiresAt } }: VenueOrder): void {
    if (expiresAt === undefined) return
    this.#due.add(Math.max(this.#now, expiresAt - this.#behaviour.clockSkewMs), { kind: 'expiry', account, order: number })
  }

  #expire(account: string, number: number): void {
    const desk = this.#desk(account)
    const order = desk.open.get(number)
    if (order !== undefined) this.#room.end(desk, this.#floor(order.spec.instrument), order, 'expired')
  }

  #feedOne(event: MarketEvent): void {
    const floor = this.floors.get(event.instrument)
    if (floor === undefined) return
    if (this.#sources.get(event.instrument)?.feed(event, this.#now) === true) this.#noteMark(floor)
    this.#room.react(floor)
  }

  #noteMark(floor: TradingFloor): void {
    if (floor.tradable.settlement === 'linear') this.#liquidator.look(this.#now)
    if (this.#isMarketTold) this.#teller.mark(floor, this.#now)
  }

  #shock(share: number): void {
    for (const floor of this.floors.values()) floor.shove(Math.round(floor.reference() * share))
  }

  /** Who is long pays who is short when the rate is positive. */
  #fund(): void {
    for (const desk of this.#desks.values()) {
      for (const { instrument, lots } of desk.positions()) {
        const floor = this.#floor(instrument)
        if (floor.tradable.instrument.kind !== 'perpetual' || floor.fundingRate === 0 || floor.reference() === 0) continue
        const value = Math.sign(rawOf(lots)) * worth(floor.reference(), Math.abs(rawOf(lots)), floor.tradable.scale)
        const amount = amountFromRaw(-charged(value, floor.fundingRate))
        this.#post(desk, { reason: 'funding', asset: floor.tradable.instrument.quote, amount, instrument })
      }
    }
    this.#due.add(this.#now + this.#behaviour.fundingEveryMs, { kind: 'funding' })
  }

  #post(desk: AccountDesk, posting: Omit<VenuePosting, 'reference' | 'at'>): void {
    this.#bookkeeper.postings += 1
    desk.post({ ...posting, reference: `posting-${this.#bookkeeper.postings}`, at: desk.venueTime() })
  }

  #tell(account: string, body: StreamBody): void {
    this.#wire.stream(account, body, this.#now)
    this.#remember(this.#desk(account))
  }

  /** For replicas that lag; where none can, it is left out. */
  #remember(desk: AccountDesk, at = this.#now): void {
    if (this.#viewsKeptMs === 0) return
    desk.positionViews.put(at, desk.positions())
    desk.balanceViews.put(at, balancesOf(desk, { floors: this.floors, behaviour: this.#behaviour }))
  }

  #desk(account: string): AccountDesk {
    const desk = this.#desks.get(account)
    assert(desk !== undefined, 'expected an account of the exchange')
    return desk
  }

  #floor(instrument: string): TradingFloor {
    const floor = this.floors.get(instrument)
    assert(floor !== undefined, 'expected an instrument of the exchange')
    return floor
  }
}

/** Those that were there before keep their rules: what is open was made under them. Their leverage may be another. */
function accountsOf({ accounts, books }: SimExchangeSetup): readonly ExchangeAccount[] {
  const known = [...(books?.accounts.values() ?? [])]
  const kept = known.map((before): ExchangeAccount => {
    const { leverage, ...rest } = before
    const now = accounts.find(({ id }) => id === before.id)
    const wanted = now === undefined ? leverage : now.leverage
    return { ...rest, ...(wanted === undefined ? {} : { leverage: wanted }) }
  })
  return [...kept, ...accounts.filter(({ id }) => !known.some((before) => before.id === id))]
}

const answerTo = (outcome: RoomOutcome): ExchangeAnswer =>
  outcome.ok ? success({ kind: 'order', view: viewOf(outcome.order), trades: [] }) : { ...venueCodes[outcome.code] }
