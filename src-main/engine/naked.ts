import { isMore } from '../base/index.ts'
import type { Lots } from '../base/index.ts'
import type { OrderSpec } from '../domain/index.ts'
import { decide, tradableOf } from './core.ts'
import type { Core } from './core.ts'
import { keepsProtecting } from './halting.ts'
import type { OurOrder } from './our-order.ts'

/**
 * Whether a stop may leave before the first clean round of a start. What is believed then may be old, so only where the venue itself keeps it from growing
 * a position, whatever became of that position meanwhile. Elsewhere it waits for the round, and a person is told.
 */
export const mayProtectUnproven = (core: Core, { instrument }: OrderSpec): boolean => {
  const { abilities, settlement } = tradableOf(core, instrument)
  return settlement === 'linear' && abilities.reduceOnly
}

/** What it protects was filled, and its stop cannot leave yet. Said once, and again when it is more. */
export function sayNaked(core: Core, stop: OurOrder, lots: Lots): void {
  if (core.state.mode.mode !== 'starting' || !keepsProtecting(core, stop)) return
  const said = core.watch.saidNaked.get(stop.id)
  if (said !== undefined && !isMore(lots, said)) return
  core.watch.saidNaked.set(stop.id, lots)
  const detail = 'it was filled before the first clean round of this start: its stop leaves once that is over'
  decide(core, { kind: 'order-flagged', order: stop.id, what: 'naked', lots, detail })
}
