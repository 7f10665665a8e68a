import { ensureSettled, hasOverflowed, lotsFromRaw, tryAdd } from '../base/index.ts'
import type { Lots } from '../base/index.ts'
import type { OrderId, VenueTrade } from '../domain/index.ts'
import type { Finding } from './finding.ts'
import type { OurAccount, OurOrder } from './our-account.ts'

export interface ExplainedTrades {
  readonly findings: readonly Finding[]
  /** Of each order, what the missed trades add. */
  readonly addedTo: ReadonlyMap<OrderId, Lots>
  /** Of venue orders that are not ours, by `placeOf`. */
  readonly strangers: ReadonlyMap<string, readonly VenueTrade[]>
  readonly absurd: readonly Absurd[]
}

/** A trade or posting that no books could hold, or a trade that names an order which it cannot be of. */
export interface Absurd {
  /** Of the order that a trade names, where there is one; of a posting, the asset. */
  readonly instrument: string
  readonly name: string
}

const none = lotsFromRaw(0)

/** Venues number the orders of each market by itself. */
export const placeOf = ({ instrument, venueOrder }: { readonly instrument: string; readonly venueOrder: string }): string => `${instrument} ${venueOrder}`

const inOrderOfTime = (a: VenueTrade, b: VenueTrade): number => {
  if (a.at !== b.at) return a.at - b.at
  return a.trade < b.trade ? -1 : 1
}

const ownerOf = (ours: OurAccount, trade: VenueTrade): OurOrder | undefined =>
  (trade.order === undefined ? undefined : ours.orderOf(trade.order)) ?? ours.orderAt(trade)

/** A page that is asked for twice brings a trade twice. */
const onlyOnce = (trades: readonly VenueTrade[]): readonly VenueTrade[] => {
  const seen = new Set<string>()
  return trades.filter(({ instrument, trade, side }) => {
    const key = `${instrument} ${trade} ${side}`
    return seen.has(key) ? false : seen.add(key)
  })
}

/** Which trades of the venue our books lack, and whose they are. */
export const explainTrades = (ours: OurAccount, trades: readonly VenueTrade[]): ExplainedTrades => {
  const findings: Finding[] = []
  const addedTo = new Map<OrderId, Lots>()
  const strangers = new Map<string, VenueTrade[]>()
  const absurd: Absurd[] = []
  for (const trade of onlyOnce([...trades].sort(inOrderOfTime))) {
    const known = ours.knows(trade)
    if (known === 'other') findings.push({ kind: 'trade-conflict', trade, detail: `trade ${trade.trade} came again with other numbers` })
    if (known === 'absurd') absurd.push({ instrument: ownerOf(ours, trade)?.instrument ?? trade.instrument, name: `trade ${trade.trade}` })
    if (known !== 'not') continue
    const owner = ownerOf(ours, trade)
    if (owner === undefined) {
      const others = strangers.get(placeOf(trade))
      if (others === undefined) strangers.set(placeOf(trade), [trade])
      else others.push(trade)
      continue
    }
    const added = tryAdd(addedTo.get(owner.order) ?? none, trade.lots)
    // Each may be countable, and all of them together not.
    if (hasOverflowed(tryAdd(owner.filled, added))) {
      absurd.push({ instrument: owner.instrument, name: `trade ${trade.trade}` })
      continue
    }
    // What stood for trades unseen goes once one of them is seen; what is then still short is inferred anew.
    if (!addedTo.has(owner.order)) {
      for (const inferred of owner.inferred) findings.push({ kind: 'fill-superseded', order: owner.order, trade: inferred })
    }
    findings.push({ kind: 'trade-missed', order: owner.order, trade })
    addedTo.set(owner.order, ensureSettled(added))
  }
  return { findings, addedTo, strangers, absurd }
}
