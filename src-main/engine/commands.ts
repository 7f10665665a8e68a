import { fail, isZero, ok, rawOf } from '../base/index.ts'
import type {
  Batch, CancelAll, CancelOrder, OrderId, RecordTransfer, Refusal, SettleStuck, SingleCommand, TradingCommand,
} from '../domain/index.ts'
import { planAmend } from './amends.ts'
import { cancelOrder } from './cancels.ts'
import { accountOf, decide } from './core.ts'
import type { Core } from './core.ts'
import { planGroup } from './group-plan.ts'
import { isLive } from './our-order.ts'
import type { OurOrder } from './our-order.ts'
import { planPlace } from './place-plans.ts'
import type { Planned } from './plan.ts'
import { planClose, planReverse } from './position-plans.ts'

/**
 * What can be asked about orders. It must never obey one command twice, and never change anything for one that it refuses.
 * Invariants: 1 a command is answered once, with one event, however often it is asked within a day; 2 that event comes before everything that the
 * command causes, so that no crash between them makes it new again; 3 each item of a batch is judged by itself.
 */
export function obey(core: Core, command: TradingCommand): void {
  if (command.kind === 'batch') obeyBatch(core, command)
  else obeySingle(core, command)
}

function obeySingle(core: Core, command: SingleCommand): readonly OrderId[] {
  const { commandId, kind } = command
  const known = core.state.commands.answerTo(commandId)
  if (known !== undefined) return known.orders
  const planned = planOf(core, command)
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
  if (core.state.commands.answerTo(commandId) !== undefined) return
  const orders: OrderId[] = []
  for (const item of items) {
    orders.push(...obeySingle(core, item))
    core.settleAll()
  }
  decide(core, { kind: 'command-taken', commandId, command: 'batch', orders })
}

/** What it would lead to; nothing is changed before the plan is enacted. */
export function planOf(core: Core, command: SingleCommand): Planned {
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

function planTransfer(core: Core, { account, asset, amount, reason, commandId }: RecordTransfer): Planned {
  if (!core.state.accounts.has(account)) return fail({ rule: 'order.unknown-account', detail: `There is no account called ${account}.` })
  if (!core.setup.assets.some(({ id }) => id === asset)) return fail({ rule: 'order.malformed', detail: `There is no asset called ${asset}.` })
  if (isZero(amount)) return fail({ rule: 'nothing-to-do', detail: `A transfer of nothing changes nothing (${reason}).` })
  const { hasOpening, books } = accountOf(core, account)
  // What the venue says at the first sight has it in already.
  if (!hasOpening) return fail({ rule: 'risk.no-balance', detail: 'What the account holds has not been seen yet, and the first look at it counts this transfer by itself.' })
  const posting = { reference: `hand:${commandId}`, reason: 'transfer' as const, asset, amount, at: core.at }
  if (!books.hasRoomForPosting(posting)) return fail({ rule: 'risk.overflow', actual: rawOf(amount), detail: 'The balance would be larger than can be counted.' })
  return ok({
    orders: [],
    enact: () => {
      decide(core, { kind: 'money-posted', account, posting })
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
