import type { OrderId, VenueOrderView, VenueTrade } from '../../../domain/index.ts'
import { orderIdShape } from '../../../domain/index.ts'
import type { ExchangeAnswer, ExchangeBody } from '../../sim/index.ts'

/** What a client got back for one call: bytes, or the reason why there are none. */
export type RawReply =
  | { readonly kind: 'reply'; readonly status: number; readonly text: string; readonly retryAfterMs?: number; readonly at?: number }
  | { readonly kind: 'broken'; readonly error: 'timeout' | 'reset' | 'dns' | 'stalled' | 'redirect' }

export interface ReadReply {
  readonly status: number
  readonly code: number
  readonly message: string
  readonly body: ExchangeBody | undefined
}

export const textOf = ({ code, message, body }: ExchangeAnswer): string => JSON.stringify({ code, message, body })

/** The reply as what it says, or nothing where it cannot be read as a reply. A reply is read whole or not at all. */
export function readReply(reply: RawReply): ReadReply | undefined {
  if (reply.kind === 'broken') return undefined
  const read = parsed(reply.text)
  if (read === undefined) return undefined
  const { code, message, body } = read
  const number = typeof code === 'string' && /^-?\d+$/.test(code) ? Number(code) : code
  if (typeof number !== 'number' || typeof message !== 'string') return undefined
  if (number !== 0) return { status: reply.status, code: number, message, body: undefined }
  return isBody(body) ? { status: reply.status, code: 0, message, body } : undefined
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return value !== null && typeof value === 'object' ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

const isBody = (body: unknown): body is ExchangeBody => {
  if (body === null || typeof body !== 'object' || !('kind' in body)) return false
  const { kind, view, page, items } = body as Record<string, unknown>
  if (kind === 'order') return view !== null && typeof view === 'object'
  if (kind === 'canceled') return true
  return Array.isArray(items) || (page !== null && typeof page === 'object' && Array.isArray((page as Record<string, unknown>)['items']))
}

/** The order of ours that a client id stands for: made by this installation, in the form in which it was sent. */
export const ownOrder = (clientId: string | undefined, installation: string): OrderId | undefined => {
  if (clientId === undefined || !clientId.startsWith(installation)) return undefined
  const read = orderIdShape.parse(clientId)
  return read.ok ? read.value : undefined
}

export function withOwnId(view: VenueOrderView, installation: string): VenueOrderView {
  const order = ownOrder(view.clientId, installation)
  return order === undefined ? view : { ...view, order }
}

export function tradeWithOwnId(trade: VenueTrade, idsByVenueOrder: ReadonlyMap<string, OrderId>): VenueTrade {
  const order = idsByVenueOrder.get(trade.venueOrder)
  return order === undefined || trade.order !== undefined ? trade : { ...trade, order }
}
