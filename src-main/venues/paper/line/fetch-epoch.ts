import type { EpochPart, FetchEpoch, OrderId, VenueBalance, VenueOrderView, VenuePosition, VenuePosting, VenueTrade } from '../../../domain/index.ts'
import type { ExchangeBody, ExchangeCall, Page } from '../../sim/index.ts'
import { questionFaults } from './transport.ts'
import type { Transport } from './transport.ts'
import { ownOrder, withOwnId } from './wire.ts'
import type { RawReply } from './wire.ts'

/** One round of questions. A part is whole or failed: a list that may have been cut is never taken for a short one. */
export function fetchEpoch(transport: Transport, request: FetchEpoch): void {
  const { account, epoch } = request
  const { installation, swarm } = transport.setup
  const askedAt = transport.now()
  const since = transport.toVenueTime(request.since)
  const parts: Partial<Parts> = {}
  let venueAt: number | undefined
  const partial = swarm.throws('partial-epoch') ? Math.floor(swarm.shape('partial-epoch') * partNames.length) : -1

  const settle = (name: keyof Parts, part: EpochPart<never>): void => {
    if (partNames.indexOf(name) === partial) {
      swarm.struck('partial-epoch')
      parts[name] = { ok: false, why: 'no whole answer' }
    } else {
      parts[name] = part
    }
    if (isWhole(parts)) transport.tell({ kind: 'epoch-reported', at: transport.now(), account, epoch, askedAt, since: request.since, ...(venueAt === undefined ? {} : { venueAt }), ...ownParts(parts, installation) })
  }
  const base = () => ({ account, timestamp: transport.stamp() })
  const paged = <Item>(name: keyof Parts, ask: (cursor: number | undefined) => ExchangeCall, pageOf: (body: ExchangeBody) => Page<Item> | undefined): void =>
    readPages(transport, ask, pageOf, (at) => { venueAt = Math.min(at, venueAt ?? at) }, (part) => settle(name, part as EpochPart<never>))

  paged('openOrders', () => ({ kind: 'open-orders', ...base() }), (body) => (body.kind === 'orders' ? body.page : undefined))
  paged('closedOrders', (cursor) => ({ kind: 'closed-orders', ...base(), since, ...at(cursor) }), (body) => (body.kind === 'orders' ? body.page : undefined))
  paged('trades', (cursor) => ({ kind: 'trades', ...base(), since, ...at(cursor) }), (body) => (body.kind === 'trades' ? body.page : undefined))
  paged('positions', () => ({ kind: 'positions', ...base() }), (body) => (body.kind === 'positions' ? { items: body.items } : undefined))
  paged('balances', () => ({ kind: 'balances', ...base() }), (body) => (body.kind === 'balances' ? { items: body.items } : undefined))
  paged('postings', (cursor) => ({ kind: 'postings', ...base(), since, ...at(cursor) }), (body) => (body.kind === 'postings' ? body.page : undefined))
}

interface Parts {
  openOrders: EpochPart<VenueOrderView>
  closedOrders: EpochPart<VenueOrderView>
  trades: EpochPart<VenueTrade>
  positions: EpochPart<VenuePosition>
  balances: EpochPart<VenueBalance>
  postings: EpochPart<VenuePosting>
}

const partNames = ['openOrders', 'closedOrders', 'trades', 'positions', 'balances', 'postings'] as const satisfies readonly (keyof Parts)[]
const isWhole = (parts: Partial<Parts>): parts is Parts => partNames.every((name) => parts[name] !== undefined)
const at = (cursor: number | undefined) => (cursor === undefined ? {} : { cursor })

/** Our ids on everything that is ours: orders by the client id they show, trades by the order they belong to. */
function ownParts(parts: Parts, installation: string): Parts {
  const ids = new Map<string, OrderId>()
  const own = (part: EpochPart<VenueOrderView>): EpochPart<VenueOrderView> => {
    if (!part.ok) return part
    return { ok: true, items: part.items.map((view) => {
      const order = ownOrder(view.clientId, installation)
      if (order !== undefined) ids.set(view.venueOrder, order)
      return withOwnId(view, installation)
    }) }
  }
  const [openOrders, closedOrders] = [own(parts.openOrders), own(parts.closedOrders)]
  const trades: EpochPart<VenueTrade> = parts.trades.ok
    ? { ok: true, items: parts.trades.items.map((trade) => {
      const order = trade.order ?? ids.get(trade.venueOrder)
      return order === undefined ? trade : { ...trade, order }
    }) }
    : parts.trades
  return { ...parts, openOrders, closedOrders, trades }
}

function readPages<Item>(
  transport: Transport,
  ask: (cursor: number | undefined) => ExchangeCall,
  pageOf: (body: ExchangeBody) => Page<Item> | undefined,
  /** Told the venue's time of each page. */
  dated: (at: number) => void,
  done: (part: EpochPart<Item>) => void,
): void {
  const { swarm, questions } = transport.setup
  const items: Item[] = []
  const options = questions === undefined ? questionFaults : { ...questionFaults, deadlineMs: questions.deadlineMs }
  const next = (cursor: number | undefined, tries = questions?.tries ?? 1): void =>
    transport.call(ask(cursor), options, (read, raw) => {
      const page = read?.body === undefined ? undefined : pageOf(read.body)
      // A question does nothing, so it may be asked again; not of a venue that said no.
      if (page === undefined && tries > 1 && isUnanswered(raw)) return next(cursor, tries - 1)
      if (page === undefined) return done({ ok: false, why: raw.kind === 'broken' ? raw.error : `status ${raw.status}` })
      if (raw.kind === 'reply' && raw.at !== undefined) dated(raw.at)
      // The venue says how a list goes on; a page without its end is noticed and makes the part fail.
      if (page.next !== undefined && swarm.throws('page-cut')) {
        swarm.struck('page-cut')
        return done({ ok: false, why: 'a page was cut' })
      }
      items.push(...page.items)
      if (cursor !== undefined && page.items.length > 1 && swarm.throws('page-overlap')) {
        swarm.struck('page-overlap')
        items.push(...page.items.slice(-2))
      }
      if (page.next === undefined) return done({ ok: true, items })
      next(page.next)
    })
  next(undefined)
}

const isUnanswered = (raw: RawReply): boolean => raw.kind === 'broken' || raw.status < 400 || raw.status >= 500
