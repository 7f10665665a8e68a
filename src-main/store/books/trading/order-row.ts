import type { GroupLink, OrderHeld, OrderSpec, OrderStatus, OrderType, Overlay, Refusal, Side } from '../../../domain/index.ts'

/** An order as the read model has it. Prices are ticks, quantities lots, money minor units; times are milliseconds UTC of the engine. */
export interface TradingOrderRow extends TradingOrderFacts {
  /** The journal record that it began with: its place in time. */
  readonly sequence: number
  readonly id: string
  readonly account: string
  readonly instrument: string
  readonly side: Side
  readonly type: OrderType
  /** Whose it is: `hand`, a strategy, `external`. */
  readonly owner: string
  readonly status: OrderStatus
  readonly placedAt: number
  readonly changedAt: number
  readonly endedAt: number | null
  /** 0 while its size is still to be resolved. */
  readonly lots: number
  readonly filled: number
  /** Of what was closed by it, in the quote currency, before fees. */
  readonly realised: number
  readonly limit: number | null
  readonly trigger: number | null
  readonly groupId: string | null
  readonly commandId: string | null
}

/** What no list is sorted or filtered by. */
export interface TradingOrderFacts {
  readonly spec: OrderSpec
  readonly link: GroupLink | null
  readonly isExternal: boolean
  readonly replaces: string | null
  readonly onBehalfOf: string | null
  readonly heldFor: OrderHeld['why'] | null
  readonly isTriggered: boolean
  readonly cancel: Overlay
  readonly amend: Overlay
  readonly amendTo: { readonly lots: number | null; readonly limit: number | null; readonly trigger: number | null } | null
  readonly venueOrder: string | null
  readonly refusal: Refusal | null
  /** Why it stands as it does: the venue's proof, the engine's reason. */
  readonly reason: string | null
  readonly endedBy: 'venue' | 'engine' | 'person' | null
  /** When it was given free to leave, and when the venue was first known to have it. */
  readonly sentAt: number | null
  readonly workingAt: number | null
  readonly firstFillAt: number | null
  readonly lastFillAt: number | null
  /** The sum of price times lots of its standing fills, in digits: it may pass what a number holds. */
  readonly filledValue: string
  /** By asset; a rebate is below zero. */
  readonly fees: Readonly<Record<string, number>>
  readonly overfill: number
  /** What a person must look at. */
  readonly flag: 'naked' | 'denied-exit' | null
}

/** In ticks, and between them: none while nothing is filled. */
export const averagePriceOf = ({ filled, filledValue }: Pick<TradingOrderRow, 'filled' | 'filledValue'>): number | null =>
  filled === 0 ? null : Number(filledValue) / filled

export type OrderDraft = { -readonly [Name in keyof TradingOrderRow]: TradingOrderRow[Name] }
