import type { EpochReported, OrderId } from '../domain/index.ts'
import { accountOf, accountWatch, decide } from './core.ts'
import type { Core } from './core.ts'
import { keepsProtecting } from './halting.ts'
import { isInDoubt, mayBeAtVenue } from './our-order.ts'
import type { OurOrder } from './our-order.ts'
import { orderOfView } from './views.ts'

/**
 * When a kill is over. It must never call trading killed while an order of ours may be live.
 * Invariants: 1 `killed` follows two clean rounds of every account, asked after the kill and so far apart that nothing from before the first can arrive
 * after the second, and neither shows or leaves an order of ours that may be live; 2 the stops that protect what is held stay, and delay nothing once the
 * venue has shown them; 3 a round that proves nothing says which orders may be live, and which differences are not explained.
 *
 * The rounds are counted in memory: a restart counts them anew, which can only make it more careful.
 */
export function proveKill(core: Core, { account, askedAt, openOrders }: EpochReported, isClean: boolean): void {
  const { mode, since } = core.state.mode
  if (mode !== 'killing' || askedAt <= since) return
  const watched = accountWatch(core, account)
  const orders = stillLive(core, account, openOrders.ok ? openOrders.items : [])
  if (!isClean || orders.length > 0) {
    watched.killCleanAt = 0
    watched.isKillProven = false
    return sayDelayed(core, account, orders)
  }
  if (watched.killCleanAt === 0) watched.killCleanAt = askedAt
  else if (askedAt >= watched.killCleanAt + killRoundsApartMs(core)) watched.isKillProven = true
  if ([...core.watch.accounts.values()].every(({ isKillProven }) => isKillProven)) concludeKill(core)
}

export const killRoundsApartMs = ({ setup: { timings } }: Core): number => timings.receiveWindowMs + timings.absenceMarginMs

/** By our books, or by the list of the venue. */
function stillLive(core: Core, account: string, shown: Extract<EpochReported['openOrders'], { readonly ok: true }>['items']): readonly OrderId[] {
  const live = new Set<OrderId>()
  for (const order of core.state.live.values()) {
    if (order.spec.account === account && mayBeAtVenue(order) && !staysAlive(core, order)) live.add(order.id)
  }
  for (const view of shown) {
    const order = orderOfView(core, account, view)
    const id = order?.id ?? view.order
    if (id !== undefined && (order === undefined || !staysAlive(core, order))) live.add(id)
  }
  return [...live]
}

const staysAlive = (core: Core, order: OurOrder): boolean => order.isExternal || (!isInDoubt(order) && mayBeAtVenue(order) && keepsProtecting(core, order))

/** Once for each set of names. */
function sayDelayed(core: Core, account: string, orders: readonly OrderId[]): void {
  const breaks = [...accountOf(core, account).breaks.values()].map(({ what, instrument }) => `${what}${instrument === undefined ? '' : ` of ${instrument}`}`)
  const detail = `${orders.length} orders may be live; not explained: ${breaks.length === 0 ? 'nothing' : breaks.join(', ')}`
  const watched = accountWatch(core, account)
  const said = [...orders, detail].join(' ')
  if (watched.killDelaySaid === said) return
  watched.killDelaySaid = said
  decide(core, { kind: 'kill-delayed', account, orders, detail })
}

const reasonMax = 400

function concludeKill(core: Core): void {
  let stops = 0
  for (const order of core.state.live.values()) if (!order.isExternal && mayBeAtVenue(order)) stops += 1
  const reason = `${core.state.mode.reason} (proven by two rounds of every account; ${stops} protecting orders stay)`.slice(0, reasonMax)
  decide(core, { kind: 'mode-changed', from: 'killing', to: 'killed', reason, actor: 'engine' })
}
