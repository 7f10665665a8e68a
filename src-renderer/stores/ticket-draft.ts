import type { OrderTypeName, TimeInForceName, TradeSide } from '../../src-preload/contract/index.ts'

export const ticketTypes = [
  'limit', 'market', 'stop', 'stop-limit', 'take-profit', 'take-profit-limit', 'trailing-stop',
] as const satisfies readonly OrderTypeName[]

export const sizeWays = ['quantity', 'cash', 'risk', 'percent'] as const
/** `risk`: money that may be lost down to the stop; `percent`: a part of the equity, as what may be lost if there is a stop, else as the order's worth. */
export type SizeWay = (typeof sizeWays)[number]

export const trailWays = ['amount', 'percent'] as const
export type TrailWay = (typeof trailWays)[number]

export const ticketTimes = ['gtc', 'day', 'ioc', 'fok'] as const satisfies readonly TimeInForceName[]
export type TicketTime = (typeof ticketTimes)[number]

/** What the fields of the ticket hold: texts as they were typed, in the writing of the screen's language. */
export interface TicketDraft {
  readonly side: TradeSide
  readonly type: OrderTypeName
  readonly price: string
  readonly trigger: string
  readonly trail: string
  readonly trailBy: TrailWay
  readonly size: string
  readonly sizeBy: SizeWay
  readonly stop: string
  readonly target: string
  readonly time: TicketTime
  readonly postOnly: boolean
  readonly reduceOnly: boolean
}

export type TicketField = 'price' | 'trigger' | 'trail' | 'size' | 'stop' | 'target'

export const emptyDraft: TicketDraft = {
  side: 'buy', type: 'limit', price: '', trigger: '', trail: '', trailBy: 'percent', size: '', sizeBy: 'quantity', stop: '', target: '', time: 'gtc',
  postOnly: false, reduceOnly: false,
}

export const hasLimit = (type: OrderTypeName): boolean => type === 'limit' || type === 'stop-limit' || type === 'take-profit-limit'
export const hasTrigger = (type: OrderTypeName): boolean => type.startsWith('stop') || type.startsWith('take-profit')
export const hasTrail = (type: OrderTypeName): boolean => type === 'trailing-stop'
/** A stop and a target follow an entry; what closes a position is none. */
export const hasExits = ({ type, reduceOnly }: TicketDraft): boolean => !reduceOnly && !hasTrail(type) && !type.startsWith('take-profit')

/** Which fields matter, in the order in which they are shown. */
export function fieldsOf(draft: TicketDraft): readonly TicketField[] {
  return [
    ...(hasTrigger(draft.type) ? ['trigger' as const] : []),
    ...(hasTrail(draft.type) ? ['trail' as const] : []),
    ...(hasLimit(draft.type) ? ['price' as const] : []),
    'size',
    ...(hasExits(draft) || draft.sizeBy === 'risk' ? ['stop' as const] : []),
    ...(hasExits(draft) ? ['target' as const] : []),
  ]
}
