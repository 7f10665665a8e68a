import { absolute, add, assert, fail, isPositive, isZero, lotsFromRaw, ok } from '../base/index.ts'
import type { Result } from '../base/index.ts'
import { heldFor, reviewGroupForm } from './contingency/index.ts'
import type {
  Batch, CancelAll, CancelOrder, ClosePosition, OrderId, OrderSpec, PlaceGroup, PlaceOrder, PositionSide, RecordTransfer, Refusal, ReversePosition, SettleStuck,
  SingleCommand, TradingCommand,
} from '../domain/index.ts'
import { reviewForm } from '../risk/index.ts'
import { planAmend } from './amends.ts'
import { cancelOrder } from './cancels.ts'
import type { CommandAnswer } from './command-memory.ts'
import { accountOf, decide, makeOrderId, tradableOf } from './core.ts'
import type { Core } from './core.ts'
import { exitsInTheWay } from './exits.ts'
import { isLive } from './our-order.ts'
import type { OurOrder } from './our-order.ts'
import { launch, refusalOfMode, review } from './placing.ts'

/**
 * What can be asked about orders. It must never obey one command twice, and never change anything for one that it refuses.
 * Invariants: 1 a command is answered once, with one event, however often it is asked within a day; 2 that event comes before everything that the
 * command causes, so that no crash between them makes it new again; 3 each item of a batch is judged by itself.
 */
interface Plan {
  readonly orders: readonly OrderId[]
  readonly enact: () => void
}
type Planned = Result<Plan, Refusal>

export function obey(core: Core, command: TradingCommand): CommandAnswer | undefined {
  const known = core.state.commands.answerTo(command.commandId)
  if (known !== undefined) return known
  if (command.kind === 'batch') obeyBatch(core, command)
  else obeySingle(core, command)
  return core.state.commands.answerTo(command.commandId)
}

function obeySingle(core: Core, command: SingleCommand): readonly OrderId[] {
  const { commandId, kind } = command
  const known = core.state.commands.answerTo(commandId)
  if (known !== undefined) return known.orders
  const planned = plan(core, command)
  if (!planned.ok) {
    decide(core, { kind: 'command-refused', commandId, command: kind, refusal: planned.error })
    return []
  }
  decide(core, { kind: 'command-taken', commandId, command: kind, orders: planned.value.orders })
  planned.value.enact()
  return planned.value.orders
}

/** The items are remembered by themselves, so a batch cut short by a crash goes on where it was when it is asked again. */
function obeyBatch(core: Core, { commandId, items }: Batch): void {
  const orders: OrderId[] = []
  for (const item of items) {
    orders.push(...obeySingle(core, item))
    core.settleAll()
  }
  decide(core, { kind: 'command-taken', commandId, command: 'batch', orders })
}

function plan(core: Core, command: SingleCommand): Planned {
  switch (command.kind) {
    case 'place-order': return planPlace(core, command)
    case 'place-group': return planGroup(core, command)
    case 'amend-order': {
      const order = core.state.orders.get(command.order)
      if (order === undefined) return fail(notFound)
      return planAmend(core, isLive(order) ? ownerOf(core, order) : order, command, command.at)
    }
    case 'cancel-order': return planCancel(core, command)
    case 'cancel-all': return planCancelAll(core, command)
    case 'close-position': return planClose(core, command)
    case 'reverse-position': return planReverse(core, command)
    case 'record-transfer': return planTransfer(core, command)
    case 'settle-stuck': return planSettling(core, command)
  }
}

const notFound: Refusal = { rule: 'order.not-found', detail: 'There is no such order.' }

function refusalOfPlace(core: Core, spec: OrderSpec): Refusal | undefined {
  const account = core.risk.get(spec.account)
  if (account === undefined) return { rule: 'order.unknown-account', detail: `There is no account called ${spec.account}.` }
  const tradable = core.tradables.get(spec.instrument)
  if (tradable === undefined) return { rule: 'order.unknown-instrument', detail: `There is no instrument called ${spec.instrument}.` }
  return reviewForm(spec, tradable, account.positions)
}

function planPlace(core: Core, { order: spec, at }: PlaceOrder): Planned {
  const refusal = refusalOfPlace(core, spec)
  if (refusal !== undefined) return fail(refusal)
  const order = makeOrderId(core)
  const waitsFor = heldFor(spec, tradableOf(core, spec.instrument))
  return waitsFor === 'trigger' ? planHeld(core, spec, order, at) : planFree(core, spec, order, at, waitsFor)
}

/** The engine holds it until its price comes; what it may do then is reviewed then. */
function planHeld(core: Core, spec: OrderSpec, order: OrderId, at: number): Planned {
  const refusal = refusalOfMode(core, spec, spec.reduceOnly === true, false) ?? refusalOfAge(core, at)
  if (refusal !== undefined) return fail(refusal)
  return ok({ orders: [order], enact: () => hold(core, spec, order) })
}

function refusalOfAge(core: Core, at: number): Refusal | undefined {
  const { driftMaxMs, commandAgeMaxMs } = core.setup.limits
  if (at - core.at > driftMaxMs) return { rule: 'time.drift', limit: driftMaxMs, actual: at - core.at, detail: 'The command is dated in the future.' }
  if (core.at - at > commandAgeMaxMs) return { rule: 'time.replayed', limit: commandAgeMaxMs, actual: core.at - at, detail: 'The command is too old to be obeyed.' }
  return undefined
}

const noLots = lotsFromRaw(0)
const lotsOf = ({ size }: OrderSpec) => (size.by === 'quantity' ? size.lots : noLots)

function hold(core: Core, spec: OrderSpec, order: OrderId): void {
  decide(core, { kind: 'order-intended', order, spec, lots: lotsOf(spec) })
  decide(core, { kind: 'order-held', order, why: 'trigger' })
}

function planFree(core: Core, spec: OrderSpec, order: OrderId, askedAt: number, waitsFor: 'nothing' | 'iceberg' | 'parent' | string): Planned {
  const approved = review(core, { order, spec, askedAt })
  if (!approved.ok) return approved
  return ok({
    orders: [order],
    enact: () => {
      decide(core, { kind: 'order-intended', order, spec, lots: approved.value.value.lots })
      if (waitsFor === 'iceberg') decide(core, { kind: 'order-held', order, why: 'iceberg' })
      else launchNew(core, order, approved.value)
    },
  })
}

function launchNew(core: Core, id: OrderId, approved: Parameters<typeof launch>[2]): void {
  const order = core.state.orders.get(id)
  assert(order !== undefined, 'expected the order that was just intended')
  launch(core, order, approved)
}

/** The legs are written down before the entry may leave: a crash between them leaves no entry without its protection. */
function planGroup(core: Core, { group: kind, orders: specs, at }: PlaceGroup): Planned {
  const [first] = specs
  if (first === undefined || specs.length < 2) return fail({ rule: 'order.malformed', detail: 'A group needs at least two orders.' })
  for (const spec of specs) {
    const refusal = refusalOfPlace(core, spec)
    if (refusal !== undefined) return fail(refusal)
    if (spec.account !== first.account || spec.instrument !== first.instrument) return fail({ rule: 'order.malformed', detail: 'A group is of one account and one instrument.' })
  }
  const malformed = reviewGroupForm(kind, specs)
  if (malformed !== undefined) return fail(malformed)
  const ids = specs.map((_spec, place) => makeOrderId(core, place))
  const [entry] = ids
  if (entry === undefined) return fail({ rule: 'order.malformed', detail: 'A group needs at least two orders.' })
  const group = `g-${entry}`
  const refusal = refusalOfAge(core, at) ?? (kind === 'oco' ? refusalOfMode(core, first, specs.every(({ reduceOnly }) => reduceOnly === true), false) : undefined)
  if (refusal !== undefined) return fail(refusal)
  const waitsFor = kind === 'oco' ? 'parent' : heldFor(first, tradableOf(core, first.instrument), 'parent')
  const approved = kind === 'oco' || waitsFor === 'trigger' ? undefined : review(core, { order: entry, spec: first, askedAt: at })
  if (approved !== undefined && !approved.ok) return approved
  if (kind !== 'oco' && approved === undefined) {
    const stopped = refusalOfMode(core, first, first.reduceOnly === true, false)
    if (stopped !== undefined) return fail(stopped)
  }
  return ok({
    orders: ids,
    enact: () => {
      for (const [place, spec] of specs.entries()) {
        const order = ids[place]
        assert(order !== undefined, 'expected an id for each order of a group')
        const role = kind !== 'oco' && place === 0 ? 'parent' as const : 'child' as const
        const lots = role === 'parent' && approved?.ok === true ? approved.value.value.lots : lotsOf(spec)
        decide(core, { kind: 'order-intended', order, spec, lots, link: { group, kind, role } })
      }
      for (const [place, order] of ids.entries()) {
        if (kind === 'oco' || place > 0) decide(core, { kind: 'order-held', order, why: 'parent' })
      }
      if (kind === 'oco') return
      if (approved?.ok === true && waitsFor === 'nothing') launchNew(core, entry, approved.value)
      else decide(core, { kind: 'order-held', order: entry, why: waitsFor === 'iceberg' ? 'iceberg' : 'trigger' })
    },
  })
}

/** What a person does to a piece is meant for the order that it was sent for: by itself it would only be put back. */
function ownerOf(core: Core, order: OurOrder): OurOrder {
  let meant = order
  while (meant.onBehalfOf !== undefined) {
    const owner = core.state.live.get(meant.onBehalfOf)
    if (owner === undefined) return meant
    meant = owner
  }
  return meant
}

function planCancel(core: Core, { order: id }: CancelOrder): Planned {
  const order = core.state.orders.get(id)
  if (order === undefined) return fail(notFound)
  if (!isLive(order)) return fail({ rule: 'order.already-ended', detail: `The order is ${order.status}.` })
  const owner = ownerOf(core, order)
  return ok({ orders: [owner.id], enact: () => cancelOrder(core, owner, { by: 'person', why: 'asked for' }) })
}

function planCancelAll(core: Core, { account, instrument, side, includeExternal }: CancelAll): Planned {
  const chosen = [...core.state.live.values()].filter((order) =>
    (account === undefined || order.spec.account === account)
    && (instrument === undefined || order.spec.instrument === instrument)
    && (side === undefined || order.spec.side === side)
    && (includeExternal === true || !order.isExternal))
  if (chosen.length === 0) return fail({ rule: 'nothing-to-do', detail: 'There is no such open order.' })
  return ok({
    orders: chosen.map(({ id }) => id),
    enact: () => {
      for (const order of chosen) cancelOrder(core, order, { by: 'person', why: 'all were asked to be canceled' })
    },
  })
}

/** What is held, and on which side. A hedging account is closed by the side that holds something. */
function heldPosition(core: Core, account: string, instrument: string) {
  if (!core.risk.has(account) || !core.tradables.has(instrument)) return undefined
  const { books } = accountOf(core, account)
  const isHedging = core.risk.get(account)?.positions === 'hedging'
  const sides: readonly PositionSide[] = isHedging ? ['long', 'short'] : ['net']
  for (const side of sides) {
    const { lots } = books.position(instrument, side)
    if (!isZero(lots)) return { lots, side }
  }
  return undefined
}

const flat: Refusal = { rule: 'nothing-to-do', detail: 'There is no position to close.' }

function planClose(core: Core, { account, instrument, at }: ClosePosition): Planned {
  const held = heldPosition(core, account, instrument)
  if (held === undefined) return fail(flat)
  const spec: OrderSpec = {
    account, instrument, side: isPositive(held.lots) ? 'sell' : 'buy', type: 'market', size: { by: 'all' }, timeInForce: 'ioc', reduceOnly: true,
    owner: 'hand', ...(held.side === 'net' ? {} : { positionSide: held.side }),
  }
  const exits = exitsInTheWay(core, spec)
  const [last] = exits.toReversed()
  const order = makeOrderId(core)
  if (last === undefined) return planFree(core, spec, order, at, 'nothing')
  const refusal = refusalOfMode(core, spec, true, false) ?? refusalOfAge(core, at)
  if (refusal !== undefined) return fail(refusal)
  // Lots that another exit may still sell cannot be sold again: those go first, and the close follows their end.
  return ok({
    orders: [order],
    enact: () => {
      decide(core, { kind: 'order-intended', order, spec, lots: noLots, replaces: last.id })
      decide(core, { kind: 'order-held', order, why: 'replaced' })
      for (const exit of exits) cancelOrder(core, exit, { by: 'person', why: 'the position is to be closed' })
    },
  })
}

function planReverse(core: Core, { account, instrument, at }: ReversePosition): Planned {
  const held = heldPosition(core, account, instrument)
  if (held === undefined || held.side !== 'net') return fail(flat)
  const size = absolute(held.lots)
  const spec: OrderSpec = {
    account, instrument, side: isPositive(held.lots) ? 'sell' : 'buy', type: 'market', size: { by: 'quantity', lots: add(size, size) }, timeInForce: 'ioc', owner: 'hand',
  }
  return planFree(core, spec, makeOrderId(core), at, 'nothing')
}

function planTransfer(core: Core, { account, asset, amount, reason, commandId }: RecordTransfer): Planned {
  if (!core.state.accounts.has(account)) return fail({ rule: 'order.unknown-account', detail: `There is no account called ${account}.` })
  if (!core.setup.assets.some(({ id }) => id === asset)) return fail({ rule: 'order.malformed', detail: `There is no asset called ${asset}.` })
  if (isZero(amount)) return fail({ rule: 'nothing-to-do', detail: `A transfer of nothing changes nothing (${reason}).` })
  return ok({
    orders: [],
    enact: () => {
      decide(core, { kind: 'money-posted', account, posting: { reference: `hand:${commandId}`, reason: 'transfer', asset, amount, at: core.at } })
    },
  })
}

/** A person looked at the venue: only what is stuck may be settled by word. */
function planSettling(core: Core, { order: id, verdict, reason }: SettleStuck): Planned {
  const order = core.state.orders.get(id)
  if (order === undefined) return fail(notFound)
  if (order.status !== 'stuck') return fail({ rule: 'order.malformed', detail: `Only an order that is stuck can be settled by a person; this one is ${order.status}.` })
  return ok({
    orders: [id],
    enact: () => {
      if (verdict === 'never-placed') decide(core, { kind: 'order-absent', order: id, proof: `a person looked: ${reason}` })
      else decide(core, { kind: 'order-canceled', order: id, by: 'person', why: reason })
    },
  })
}
