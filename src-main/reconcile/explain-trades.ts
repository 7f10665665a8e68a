import { add, lotsFromRaw } from '../base/index.ts'
import type { Lots } from '../base/index.ts'
import type { OrderId, VenueTrade } from '../domain/index.ts'
import type { Finding } from './finding.ts'
import type { OurAccount, OurOrder } from './our-account.ts'

export interface ExplainedTrades {
  readonly findings: readonly Finding[]
  /** Of each order, what the missed trades add. */
  readonly addedTo: ReadonlyMap<OrderId, Lots>
  /** Of venue orders that are not ours. */
  readonly strangers: ReadonlyMap<string, readonly VenueTrade[]>
}

const inOrderOfTime = (a: VenueTrade, b: VenueTrade): number => {
  if (a.at !== b.at) return a.at - b.at
  return a.trade < b.trade ? -1 : 1
}

const ownerOf = (ours: OurAccount, trade: VenueTrade): OurOrder | undefined =>
  (trade.order === undefined ? undefined : ours.orderOf(trade.order)) ?? ours.orderAt(trade.venueOrder)

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
  for (const trade of onlyOnce([...trades].sort(inOrderOfTime))) {
    const known = ours.knows(trade)
    if (known === 'other') findings.push({ kind: 'trade-conflict', trade, detail: `trade ${trade.trade} came again with other numbers` })
    if (known !== 'not') continue
    const owner = ownerOf(ours, trade)
    if (owner === undefined) {
      const others = strangers.get(trade.venueOrder)
      if (others === undefined) strangers.set(trade.venueOrder, [trade])
      else others.push(trade)
      continue
    }
    // What stood for trades unseen goes once one of them is seen; what is then still short is inferred anew.
    if (!addedTo.has(owner.order)) {
      for (const inferred of owner.inferred) findings.push({ kind: 'fill-superseded', order: owner.order, trade: inferred })
    }
    findings.push({ kind: 'trade-missed', order: owner.order, trade })
    addedTo.set(owner.order, add(addedTo.get(owner.order) ?? lotsFromRaw(0), trade.lots))
  }
  return { findings, addedTo, strangers }
}
