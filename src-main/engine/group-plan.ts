import { assert, fail, ok } from '../base/index.ts'
import type { PlaceGroup } from '../domain/index.ts'
import { heldFor, reviewGroupForm } from './contingency/index.ts'
import { decide, makeOrderId, tradableOf } from './core.ts'
import type { Core } from './core.ts'
import { launchNew, lotsOf, refusalOfAge, refusalOfPlace } from './place-plans.ts'
import { refusalOfMode, review } from './placing.ts'
import type { Planned } from './plan.ts'

/** The legs are written down before the entry may leave: a crash between them leaves no entry without its protection. */
export function planGroup(core: Core, { group: kind, orders: specs, at }: PlaceGroup): Planned {
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
