import { ensureDefined, isEqual, isMore, subtract } from '../base/index.ts'
import type { EngineEvent, OrderId, Tradable, TradingEvent, VenueRequest } from '../domain/index.ts'
import type { ExposureBook } from '../risk/index.ts'
import { apply } from './apply.ts'
import type { Contingencies } from './contingency/index.ts'
import type { EngineSetup } from './engine-setup.ts'
import { placeKey, venueOrderKey } from './engine-state.ts'
import type { AccountState, AnyEvent, EngineState } from './engine-state.ts'
import { feedMoney, feedOrder } from './exposure-feed.ts'
import type { EngineRequest, ModeMachine } from './mode-machine.ts'
import type { Numbering } from './numbering.ts'
import { deriveOrderId } from './order-ids.ts'
import { isFull, isLive } from './our-order.ts'
import type { OurOrder } from './our-order.ts'
import { watchOf } from './watch.ts'
import type { AccountWatch, OrderWatch, Watch } from './watch.ts'

export type AnyRequest = VenueRequest | EngineRequest

/** An event without what every event has. */
type Undecided<Event extends AnyEvent> = Event extends AnyEvent ? Omit<Event, 'sequence' | 'at' | 'correlation'> : never
export type Decision = Undecided<TradingEvent> | Undecided<EngineEvent>

/** The parts of the engine as its deciders see them, with the input that is being processed. */
export interface Core {
  readonly setup: EngineSetup
  readonly state: EngineState
  readonly watch: Watch
  readonly numbering: Numbering
  readonly modes: ModeMachine
  readonly risk: ReadonlyMap<string, ExposureBook>
  /** The same without their names: every price is told to each of them. */
  readonly riskBooks: readonly ExposureBook[]
  readonly contingencies: Contingencies
  readonly tradables: ReadonlyMap<string, Tradable>
  /** Spot instruments that say what an asset is worth where limits are counted. */
  readonly rateSources: readonly Tradable[]
  /** What follows from what was decided so far. */
  readonly settleAll: () => void
  at: number
  correlation: string | undefined
  events: AnyEvent[]
  requests: AnyRequest[]
  /** Orders that ended and whose followers were not looked at yet. */
  readonly ended: OurOrder[]
}

/** One way in: numbered, applied, and told, in this order. */
export function decide(core: Core, decision: Decision): AnyEvent {
  // A decision is always made for this one call, so it becomes the event itself: copying it would cost more than all the rest.
  const event = decision as { -readonly [Name in keyof AnyEvent]: AnyEvent[Name] }
  event.sequence = core.numbering.next()
  event.at = core.at
  if (core.correlation !== undefined) event.correlation = core.correlation
  const order = enact(core, event as AnyEvent)
  core.events.push(event as AnyEvent)
  // Others may have waited for this end; they are looked at when the input is settled.
  if (order !== undefined && !isLive(order)) core.ended.push(order)
  if (decision.kind === 'order-filled') completeOwners(core, decision.order)
  return event as AnyEvent
}

/** What is held ends with an event of its own, never in silence behind the fill of a piece. */
function completeOwners(core: Core, piece: OrderId): void {
  for (let id = core.state.orders.get(piece)?.onBehalfOf; id !== undefined; id = core.state.orders.get(id)?.onBehalfOf) {
    const owner = core.state.orders.get(id)
    if (owner === undefined) continue
    if (owner.status !== 'filled' && isFull(owner)) decide(core, { kind: 'order-completed', order: id })
    if (owner.heldFor === 'iceberg') noteTooMuch(core, owner)
  }
}

/** A slice may fill before the smaller size of its whole has reached the venue: it is counted, no other follows, and it is said. */
function noteTooMuch(core: Core, { id, lots, filled, overfill }: OurOrder): void {
  if (!isMore(filled, lots)) return
  const excess = subtract(filled, lots)
  if (!isEqual(excess, overfill)) decide(core, { kind: 'overfill-seen', order: id, excess })
}

/** Live or replayed, an event does the same: the fold, and what is counted beside it. The order that it is about, if it is about one. */
export function enact(core: Core, event: AnyEvent): OurOrder | undefined {
  apply(core.state, event)
  if ('order' in event) {
    const order = ensureDefined(core.state.orders.get(event.order), 'the order of an event')
    // An answer is on record; the order is as it was. What waits for its own time must not be stirred by a question that failed.
    if (event.kind !== 'order-looked-up') noteOrder(core, order, event)
    return order
  }
  if ('account' in event) feedMoney(core, event.account, event)
  if (event.kind === 'money-posted') touchHolders(core, event.account, [event.posting.asset])
  return undefined
}

/** What moves a coin changes what the exits of each of its pairs can close. */
function touchHolders(core: Core, account: string, assets: readonly string[], except?: string): void {
  const { books } = accountOf(core, account)
  for (const { instrument: { id } } of assets.flatMap((asset) => books.pairs(asset))) {
    if (id === except) continue
    for (const order of core.state.liveIn.get(placeKey(account, id))?.keys() ?? []) core.contingencies.touched(order)
  }
}

function noteOrder(core: Core, order: OurOrder, event: AnyEvent): void {
  const { account, instrument } = order.spec
  const book = core.risk.get(account)
  const tradable = core.tradables.get(instrument)
  core.contingencies.touched(order.id)
  if (book === undefined || tradable === undefined) return
  feedOrder(book, order, tradable)
  if (event.kind === 'order-sending') book.countSent(event.at)
  if (tradable.settlement === 'delivery' && !isLive(order)) touchHolders(core, account, [tradable.instrument.base], instrument)
  if (event.kind !== 'order-filled' && event.kind !== 'fill-superseded') return
  feedMoney(core, account, event)
  touchHolders(core, account, [...(core.state.assetsOf.get(event.trade.instrument) ?? []), event.trade.feeAsset], event.trade.instrument)
  for (let owner = order.onBehalfOf; owner !== undefined; owner = core.state.orders.get(owner)?.onBehalfOf) core.contingencies.touched(owner)
}

export const ask = (core: Core, request: AnyRequest): void => {
  core.requests.push(request)
}

/** The id that the next order will have, or one of those after it. */
export const makeOrderId = (core: Core, ahead = 0): OrderId => {
  const { state, setup } = core
  // Before the program has said that it started, an id is only ever part of a refusal.
  return deriveOrderId(setup.installation, Math.max(0, state.runStartedAt), state.idsMade + ahead)
}

export const accountOf = (core: Core, account: string): AccountState => ensureDefined(core.state.accounts.get(account), 'an account of this engine')
export const accountWatch = (core: Core, account: string): AccountWatch => ensureDefined(core.watch.accounts.get(account), 'an account of this engine')
export const tradableOf = (core: Core, instrument: string): Tradable => ensureDefined(core.tradables.get(instrument), 'an instrument of this engine')
export const orderWatch = (core: Core, order: OurOrder): OrderWatch => watchOf(core.watch, order.id)

export const orderAtVenue = (
  core: Core, account: string, { instrument, venueOrder }: { readonly instrument: string; readonly venueOrder: string },
): OurOrder | undefined => {
  const id = core.state.byVenueOrder.get(venueOrderKey(account, instrument, venueOrder))
  return id === undefined ? undefined : core.state.orders.get(id)
}
