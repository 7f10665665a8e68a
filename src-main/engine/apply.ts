import { add, ensureDefined, isPositive, lotsFromRaw, subtract } from '../base/index.ts'
import type { Lots } from '../base/index.ts'
import { isTerminal } from '../domain/index.ts'
import type {
  AmendChanged, CommandRefused, CommandTaken, EngineStarted, EpochClosed, ExternalAdopted, FillSuperseded, ModeChanged, OrderFilled, OrderId, OrderIntended,
  OrderSending, OrderStatus, OrderWorking,
} from '../domain/index.ts'
import { breakKey, placeKey, tradeKeyOf, venueOrderKey } from './engine-state.ts'
import type { AccountState, AnyEvent, EngineState } from './engine-state.ts'
import { specOfExternal } from './external-order.ts'
import { noteEnded, noteReference } from './forgetting.ts'
import { countOf, nextRunStart, runStartOf } from './order-ids.ts'
import { freshOrder, isFull, orderFromIntent } from './our-order.ts'
import type { OurOrder } from './our-order.ts'

/**
 * The fold: what an event makes of the state. It must never decide, and never look at anything but state and event.
 * Invariants: 1 journaled state is changed here and nowhere else; 2 the same events lead to the same state, byte for byte; 3 filled is the sum of
 * the fills that stand; 4 an order that ended stays ended, but for fills and for a correction that says so.
 */
export function apply(state: EngineState, event: AnyEvent): void {
  switch (event.kind) {
    case 'engine-started': return applyStart(state, event)
    case 'mode-changed': return applyMode(state, event)
    case 'clock-jumped': {
      state.clockAheadMs += event.byMs
      // What was done before is told in the times of the clock that is now in force.
      if (event.byMs < 0) for (const account of state.accounts.values()) account.cleanAt = Math.max(0, account.cleanAt + event.byMs)
      shortenWaits(state, event.at)
      return
    }
    case 'mode-refused': case 'journal-troubled': case 'journal-recovered': return
    case 'command-taken': case 'command-refused': return applyCommand(state, event)
    case 'order-intended': return applyIntent(state, event)
    case 'external-adopted': return applyAdoption(state, event)
    case 'order-filled': return applyFill(state, event)
    case 'fill-superseded': return applySuperseded(state, event)
    case 'trade-conflicted': return markConflict(state, event)
    case 'money-posted': {
      const account = accountOf(state, event.account)
      noteReference(account.references, event.posting.reference)
      account.books.applyPosting(event.posting, event.at)
      return
    }
    case 'opening-taken': {
      const account = accountOf(state, event.account)
      account.hasOpening = true
      account.openedUpTo = event.upTo ?? event.at
      account.books.takeOpening(event, event.at)
      return
    }
    case 'break-seen': {
      const { instrument, what, detail, at } = event
      accountOf(state, event.account).breaks.set(breakKey(what, instrument), { instrument, what, detail, since: at })
      return
    }
    case 'break-healed': {
      accountOf(state, event.account).breaks.delete(breakKey(event.what, event.instrument))
      return
    }
    case 'epoch-asked': {
      accountOf(state, event.account).epoch = event.epoch
      return
    }
    case 'epoch-closed': return applyEpoch(state, event)
    case 'group-ended': {
      state.endedGroups.add(event.group)
      return
    }
    case 'self-trade-prevented': return
    default: return applyToOrder(state, event)
  }
}

type OrderChange = Exclude<
  Extract<AnyEvent, { readonly order: OrderId }>, { readonly kind: 'order-intended' | 'external-adopted' | 'order-filled' | 'fill-superseded' }
>

/** What only we asked or concluded changes nothing that the venue could show: it makes no answer of the venue too young to be judged. */
const isOfOurs = (event: OrderChange): boolean =>
  event.kind === 'order-looked-up' || event.kind === 'cancel-changed' || event.kind === 'order-unknown' || event.kind === 'order-stuck'
  || event.kind === 'order-flagged' || event.kind === 'overfill-seen' || (event.kind === 'amend-changed' && event.to !== 'acked')

function applyToOrder(state: EngineState, event: OrderChange): void {
  const order = ensureOrder(state, event.order)
  if (!isOfOurs(event)) order.changedAt = event.at
  switch (event.kind) {
    case 'order-denied': return end(state, order, 'denied', event.at)
    case 'order-held': {
      leaveHeld(state, order)
      if (event.why === 'replaced') state.replacedHeld += 1
      order.status = 'held'
      order.heldFor = event.why
      return
    }
    case 'stop-moved': {
      order.trigger = event.trigger
      return
    }
    case 'order-triggered': {
      order.triggered = true
      return
    }
    case 'order-sending': return applySending(state, order, event)
    case 'order-resized': {
      order.lots = event.lots
      endIfFull(state, order, event.at)
      return
    }
    case 'order-working': return applyWorking(state, order, event)
    case 'order-rejected': return end(state, order, 'rejected', event.at)
    case 'order-unknown': {
      order.status = 'unknown'
      order.unknownSince = event.at
      return
    }
    case 'order-looked-up': case 'order-flagged': return
    case 'order-absent': return end(state, order, 'absent', event.at)
    case 'order-stuck': {
      order.status = 'stuck'
      return
    }
    case 'order-canceled': {
      order.endedBy = event.by
      return end(state, order, 'canceled', event.at)
    }
    case 'order-expired': return end(state, order, 'expired', event.at)
    case 'order-corrected': return reopen(state, order, event.to)
    case 'cancel-changed': {
      order.cancel = event.to
      if (event.to === 'sending') {
        order.isCancelWanted = true
        order.isCancelPersonal = event.by === 'person'
      }
      if (event.isExpiry === true) order.isExpiring = true
      return
    }
    case 'amend-changed': return applyAmend(state, order, event)
    case 'overfill-seen': {
      order.overfill = event.excess
      return
    }
  }
}

const accountOf = (state: EngineState, account: string): AccountState => ensureDefined(state.accounts.get(account), 'the account of an event')
const ensureOrder = (state: EngineState, order: OrderId): OurOrder => ensureDefined(state.orders.get(order), 'the order of an event')

function applyStart(state: EngineState, event: EngineStarted): void {
  state.runStartedAt = nextRunStart(state.runStartedAt, event.at)
  // The clock may have gone back while nobody looked.
  shortenWaits(state, event.at)
  state.idsMade = 0
  if (event.mode !== state.mode.mode) state.mode = { mode: event.mode, since: event.at, reason: event.reason, actor: 'engine' }
}

/** A clock that went back must not make what is in doubt wait for as long as it went: from the jump on, the window is counted anew. */
function shortenWaits(state: EngineState, at: number): void {
  for (const order of state.live.values()) {
    if (order.sentAt <= at) continue
    order.validUntil = Math.min(order.validUntil, at + order.validUntil - order.sentAt)
    order.sentAt = at
    order.unknownSince = Math.min(order.unknownSince, at)
    order.changedAt = Math.min(order.changedAt, at)
  }
}

function applyMode(state: EngineState, { at, to, reason, actor }: ModeChanged): void {
  state.mode = { mode: to, since: at, reason, actor }
  if (to === 'active' || to === 'reducing') state.modeBefore = to
  else state.sendEpoch += 1
}

function applyCommand(state: EngineState, event: CommandTaken | CommandRefused): void {
  const { commandId, command, at } = event
  if (event.kind === 'command-taken') state.commands.keep({ commandId, command, at, orders: event.orders })
  else state.commands.keep({ commandId, command, at, orders: [], refusal: event.refusal })
}

function applyIntent(state: EngineState, event: OrderIntended): void {
  const order = orderFromIntent(event)
  enlist(state, order)
  if (order.onBehalfOf !== undefined) addTo(state.pieces, order.onBehalfOf, order.id)
  if (order.link !== undefined) addTo(state.groups, order.link.group, order.id)
}

/** Ids that were made in this run are not made again after a replay of it. */
function noteId(state: EngineState, id: OrderId): void {
  if (runStartOf(id) === state.runStartedAt) state.idsMade = Math.max(state.idsMade, countOf(id) + 1)
}

const noLots = lotsFromRaw(0)

function applyAdoption(state: EngineState, event: ExternalAdopted): void {
  const { view, account } = event
  const before = event.filledBefore ?? noLots
  const order = freshOrder(event.order, specOfExternal(account, view), event.at, subtract(view.lots, before), true)
  order.filledBefore = before
  order.status = 'working'
  order.venueOrder = view.venueOrder
  enlist(state, order)
  state.byVenueOrder.set(venueOrderKey(account, view.venueOrder), order.id)
}

function enlist(state: EngineState, order: OurOrder): void {
  state.orders.set(order.id, order)
  enliven(state, order)
  noteId(state, order.id)
}

function enliven(state: EngineState, order: OurOrder): void {
  const { account, instrument } = order.spec
  const key = placeKey(account, instrument)
  const place = state.liveIn.get(key) ?? new Map<OrderId, OurOrder>()
  state.liveIn.set(key, place)
  place.set(order.id, order)
  state.live.set(order.id, order)
}

function addTo<Key>(lists: Map<Key, OrderId[]>, key: Key, order: OrderId): void {
  const list = lists.get(key)
  if (list === undefined) lists.set(key, [order])
  else list.push(order)
}

function leaveHeld(state: EngineState, order: OurOrder): void {
  if (order.status === 'held' && order.heldFor === 'replaced') state.replacedHeld -= 1
}

function applySending(state: EngineState, order: OurOrder, { at, venueSpec, validUntil, worstPrice, reduces }: OrderSending): void {
  leaveHeld(state, order)
  order.status = 'sending'
  order.venueSpec = venueSpec
  order.lots = venueSpec.lots
  order.limit = venueSpec.limit
  order.trigger = venueSpec.trigger ?? order.trigger
  order.worstPrice = worstPrice
  order.reduces = reduces === true
  order.sentAt = at
  order.validUntil = validUntil
}

function applyWorking(state: EngineState, order: OurOrder, { venueOrder }: OrderWorking): void {
  order.venueOrder = venueOrder
  state.byVenueOrder.set(venueOrderKey(order.spec.account, venueOrder), order.id)
  if (!isTerminal(order.status)) order.status = isPositive(order.filled) ? 'partial' : 'working'
}

function end(state: EngineState, order: OurOrder, status: OrderStatus, at: number): void {
  leaveHeld(state, order)
  order.status = status
  order.endedAt = at
  order.cancel = 'none'
  order.amend = 'none'
  order.amendTo = undefined
  state.live.delete(order.id)
  state.liveIn.get(placeKey(order.spec.account, order.spec.instrument))?.delete(order.id)
  noteEnded(state, order)
}

function endIfFull(state: EngineState, order: OurOrder, at: number): void {
  if (order.status !== 'filled' && isFull(order)) end(state, order, 'filled', at)
}

function reopen(state: EngineState, order: OurOrder, to: 'working' | 'partial'): void {
  order.status = to
  order.endedAt = 0
  enliven(state, order)
}

function applyAmend(state: EngineState, order: OurOrder, event: AmendChanged): void {
  order.amend = event.to === 'acked' ? 'none' : event.to
  order.amendment = event.amendment
  if (event.to === 'sending') {
    order.amendTo = {
      lots: event.lots ?? order.lots,
      ...(event.limit === undefined ? {} : { limit: event.limit }),
      ...(event.trigger === undefined ? {} : { trigger: event.trigger }),
    }
  }
  if (event.to === 'acked' && order.amendTo !== undefined) {
    order.lots = order.amendTo.lots
    order.limit = order.amendTo.limit ?? order.limit
    order.trigger = order.amendTo.trigger ?? order.trigger
    endIfFull(state, order, event.at)
  }
  if (event.to === 'acked' || event.to === 'none') order.amendTo = undefined
}

function applyFill(state: EngineState, { order: id, trade, inferred, at }: OrderFilled): void {
  const order = ensureOrder(state, id)
  order.changedAt = at
  order.fills.push({ trade, inferred })
  order.filled = add(order.filled, trade.lots)
  const { account } = order.spec
  state.trades.set(tradeKeyOf(account, trade), { order: id, trade, isConflicted: false })
  accountOf(state, account).books.applyFill(trade, inferred, at)
  if (isFull(order)) endIfFull(state, order, at)
  else if (!isTerminal(order.status)) order.status = 'partial'
  countForOwners(state, order, trade.lots, at)
}

/** What a piece fills is filled of the order that it was sent for, and of that one's owner. */
function countForOwners(state: EngineState, piece: OurOrder, lots: Lots, at: number): void {
  let owner = piece.onBehalfOf === undefined ? undefined : state.orders.get(piece.onBehalfOf)
  while (owner !== undefined) {
    owner.filled = add(owner.filled, lots)
    owner.changedAt = at
    endIfFull(state, owner, at)
    owner = owner.onBehalfOf === undefined ? undefined : state.orders.get(owner.onBehalfOf)
  }
}

function applySuperseded(state: EngineState, { order: id, trade, at }: FillSuperseded): void {
  const order = ensureOrder(state, id)
  order.changedAt = at
  const place = order.fills.findIndex((fill) => fill.inferred && fill.trade.trade === trade.trade)
  ensureDefined(order.fills[place], 'the inferred fill that is taken back')
  order.fills.splice(place, 1)
  order.filled = subtract(order.filled, trade.lots)
  takeFromOwners(state, order, trade.lots)
  const { account } = order.spec
  state.trades.delete(tradeKeyOf(account, trade))
  accountOf(state, account).books.takeBackFill(trade, at)
}

function takeFromOwners(state: EngineState, piece: OurOrder, lots: Lots): void {
  let owner = piece.onBehalfOf === undefined ? undefined : state.orders.get(piece.onBehalfOf)
  while (owner !== undefined) {
    owner.filled = subtract(owner.filled, lots)
    owner = owner.onBehalfOf === undefined ? undefined : state.orders.get(owner.onBehalfOf)
  }
}

function markConflict(state: EngineState, { trade: key }: Extract<AnyEvent, { readonly kind: 'trade-conflicted' }>): void {
  const known = state.trades.get(key)
  if (known !== undefined) known.isConflicted = true
}

function applyEpoch(state: EngineState, event: EpochClosed): void {
  const account = accountOf(state, event.account)
  // Rounds follow each other, so a clean one that seems older than the last was asked by a clock that went back.
  if (event.outcome === 'clean') account.cleanAt = event.askedAt ?? event.at
}
