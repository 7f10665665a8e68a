import { absolute, add, ensureDefined, fail, isMore, isPositive, isZero, minimum, ok } from '../base/index.ts'
import type { Lots } from '../base/index.ts'
import type { ClosePosition, OrderId, OrderSpec, PositionSide, Refusal, ReversePosition } from '../domain/index.ts'
import { reviewFilters } from '../risk/index.ts'
import { cancelOrder } from './cancels.ts'
import { accountOf, decide, makeOrderId, tradableOf } from './core.ts'
import type { Core } from './core.ts'
import { placeKey } from './engine-state.ts'
import { exitsInTheWay, wholeInTheWay } from './exits.ts'
import { isInDoubt, mayBeAtVenue } from './our-order.ts'
import type { OurOrder } from './our-order.ts'
import { noLots, planFree, refusalOfAge } from './place-plans.ts'
import { refusalOfMode, review } from './placing.ts'
import type { Plan, Planned } from './plan.ts'

interface Held {
  readonly lots: Lots
  readonly side: PositionSide
}

/** What is held, and on which sides: a hedging account may hold both. */
function heldPositions(core: Core, account: string, instrument: string): readonly Held[] {
  if (!core.risk.has(account) || !core.tradables.has(instrument)) return []
  const { books } = accountOf(core, account)
  const isHedging = core.risk.get(account)?.positions === 'hedging' && tradableOf(core, instrument).settlement === 'linear'
  const sides: readonly PositionSide[] = isHedging ? ['long', 'short'] : ['net']
  return sides.map((side) => ({ lots: books.closable(instrument, side), side })).filter(({ lots }) => !isZero(lots))
}

const flat: Refusal = { rule: 'nothing-to-do', detail: 'There is no position to close.' }

export function planClose(core: Core, command: ClosePosition): Planned {
  const held = heldPositions(core, command.account, command.instrument)
  if (held.length === 0) return fail(flat)
  const plans: Plan[] = []
  for (const [place, each] of held.entries()) {
    const planned = planCloseOf(core, command, each, makeOrderId(core, place))
    if (!planned.ok) return planned
    plans.push(planned.value)
  }
  return ok({
    orders: plans.flatMap(({ orders }) => orders),
    enact: () => {
      for (const plan of plans) plan.enact()
    },
  })
}

const closeOf = ({ account, instrument }: ClosePosition | ReversePosition, { lots, side }: Held): OrderSpec => ({
  account, instrument, side: isPositive(lots) ? 'sell' : 'buy', type: 'market', size: { by: 'all' }, timeInForce: 'ioc', reduceOnly: true,
  owner: 'hand', ...(side === 'net' ? {} : { positionSide: side }),
})

function planCloseOf(core: Core, command: ClosePosition, held: Held, order: OrderId): Planned {
  const { account, instrument, at } = command
  const spec = closeOf(command, held)
  const exits = exitsInTheWay(core, spec)
  const [last] = exits.toReversed()
  const whole = absolute(held.lots)
  const { quantityMax } = tradableOf(core, instrument).rules
  if (last === undefined && !isMore(whole, quantityMax)) return planFree(core, spec, order, at, 'nothing')
  // Looked at before anything is taken away: a close that could not leave would take the stop with it.
  const tradable = tradableOf(core, instrument)
  const size = minimum(whole, quantityMax)
  const ledger = ensureDefined(core.risk.get(account), 'an account of this engine')
  const refusal = refusalOfMode(core, spec, true, false) ?? refusalOfAge(core, at)
    ?? reviewFilters({ spec, lots: size, limit: undefined, trigger: undefined, at: core.at, isNew: false }, tradable, ledger)
  if (refusal !== undefined) return fail(refusal)
  // Lots that another exit may still sell cannot be sold again: those go first, and the close follows their end.
  return ok({
    orders: [order],
    enact: () => {
      decide(core, { kind: 'order-intended', order, spec, lots: noLots, ...(last === undefined ? {} : { replaces: last.id }) })
      decide(core, { kind: 'order-held', order, why: last === undefined ? 'sibling' : 'replaced' })
      for (const exit of exits) cancelOrder(core, wholeInTheWay(core, exit), { by: 'person', why: 'the position is to be closed' })
    },
  })
}

const apart: Refusal = { rule: 'order.malformed', detail: 'The account holds long and short apart: close one side, and open the other.' }
const onItsWay: Refusal = { rule: 'instrument.reducing', detail: 'An order of yours in it is still on its way: what that leads to has to be known before the position is turned.' }

export function planReverse(core: Core, command: ReversePosition): Planned {
  const { account, instrument, at } = command
  const [held] = heldPositions(core, account, instrument)
  if (held === undefined) return fail(flat)
  if (held.side !== 'net') return fail(apart)
  const open = [...(core.state.liveIn.get(placeKey(account, instrument))?.values() ?? [])].filter(({ isExternal }) => !isExternal)
  if (open.some((order) => isInDoubt(order) || isTurning(order))) return fail(onItsWay)
  const size = absolute(held.lots)
  const spec: OrderSpec = {
    account, instrument, side: isPositive(held.lots) ? 'sell' : 'buy', type: 'market', size: { by: 'quantity', lots: add(size, size) }, timeInForce: 'ioc', owner: 'hand',
  }
  const exits = open.filter((order) => mayBeAtVenue(order) && order.spec.side === spec.side && (order.spec.reduceOnly === true || order.reduces))
  if (exits.length === 0) return planFree(core, spec, makeOrderId(core), at, 'nothing')
  const judged = review(core, { order: makeOrderId(core), spec, askedAt: at })
  return judged.ok ? ok(turnAfter(core, exits, closeOf(command, held), { ...spec, size: { by: 'quantity', lots: size } })) : judged
}

/** It may be filled at any moment, or waits for another to be gone. */
const isTurning = ({ spec, status, heldFor }: OurOrder): boolean =>
  spec.type === 'market' && (status !== 'held' || heldFor === 'sibling' || heldFor === 'replaced' || heldFor === 'parent')

/** The exits of the old side would add to the new one. They go first, then what is left is closed, and what that fills is opened the other way. */
function turnAfter(core: Core, exits: readonly OurOrder[], close: OrderSpec, opening: OrderSpec): Plan {
  const ids = { close: makeOrderId(core), opening: makeOrderId(core, 1) }
  const link = { group: `g-${ids.close}`, kind: 'oto' as const }
  const last = ensureDefined(exits.at(-1), 'an exit of the old side')
  const { size } = opening
  return {
    orders: [ids.close, ids.opening],
    enact: () => {
      decide(core, { kind: 'order-intended', order: ids.close, spec: close, lots: noLots, replaces: last.id, link: { ...link, role: 'parent' } })
      decide(core, { kind: 'order-intended', order: ids.opening, spec: opening, lots: size.by === 'quantity' ? size.lots : noLots, link: { ...link, role: 'child' } })
      decide(core, { kind: 'order-held', order: ids.opening, why: 'parent' })
      decide(core, { kind: 'order-held', order: ids.close, why: 'replaced' })
      for (const exit of exits) cancelOrder(core, wholeInTheWay(core, exit), { by: 'person', why: 'the position is to be turned' })
    },
  }
}
