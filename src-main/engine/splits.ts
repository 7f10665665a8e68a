import { isPositive } from '../base/index.ts'
import type { VenueSplit } from '../domain/index.ts'
import type { AccountBooks } from './accounting/index.ts'
import { cancelOrder } from './cancels.ts'
import { decide } from './core.ts'
import type { Core } from './core.ts'
import { breakKey, placeKey } from './engine-state.ts'
import { keepsProtecting } from './halting.ts'

/**
 * New shares for old ones. It must never apply one twice, and never leave an order alive whose price and size are of before: at the new price an old stop
 * would fire at once.
 */
export function takeSplit(core: Core, account: string, split: VenueSplit): void {
  const known = core.state.accounts.get(account)
  if (known === undefined || !core.tradables.has(split.instrument) || known.references.has(split.reference)) return
  // What was before the account was first seen is in its opening.
  if (!known.hasOpening || split.at <= known.openedUpTo) return
  if (!canTake(known.books, split)) {
    if (known.breaks.has(breakKey('position', split.instrument))) return
    const detail = `split ${split.reference} is not taken: no books could hold it`
    decide(core, { kind: 'break-seen', account, instrument: split.instrument, what: 'position', detail })
    return
  }
  decide(core, { kind: 'position-split', account, split })
  for (const order of [...(core.state.liveIn.get(placeKey(account, split.instrument))?.values() ?? [])]) {
    if (order.isExternal) continue
    const isProtecting = order.onBehalfOf === undefined && keepsProtecting(core, order)
    const detail = 'its instrument was split, and its prices are of before: it has to be placed anew'
    if (isProtecting) decide(core, { kind: 'order-flagged', order: order.id, what: 'naked', lots: order.lots, detail })
    cancelOrder(core, order, { by: 'engine', why: 'its instrument was split' })
  }
  core.contingencies.recheck()
}

const canTake = (books: AccountBooks, { reference: id, ...split }: VenueSplit): boolean =>
  isPositive(split.numerator) && isPositive(split.denominator) && books.survives((copy) => copy.applySplit({ ...split, id }, 0))
