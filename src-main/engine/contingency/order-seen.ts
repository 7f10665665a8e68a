import type { Lots, Ticks } from '../../base/index.ts'
import type {
  GroupLink, OrderHeld, OrderId, OrderSpec, OrderStatus, Overlay, PositionSide, Tradable, VenueOrderSpec,
} from '../../domain/index.ts'

/** What the contingencies see of an order. The engine's own record of it may be handed in as it is. */
export interface OrderSeen {
  readonly id: OrderId
  readonly spec: OrderSpec
  readonly status: OrderStatus
  /** The whole quantity as it stands now; 0 while it is still to be resolved. */
  readonly lots: Lots
  /** What was filled of it: by itself, or by the pieces that were sent on its behalf. */
  readonly filled: Lots
  readonly cancel: Overlay
  /** Whether a cancel of it was ever asked for; it stays true when the order ends. */
  readonly isCancelWanted?: boolean | undefined
  readonly amend: Overlay
  /** What an amend under way asks for. */
  readonly amendTo?: { readonly lots: Lots } | undefined
  /** Why it waits, once it was held. */
  readonly heldFor?: OrderHeld['why'] | undefined
  readonly link?: GroupLink | undefined
  readonly onBehalfOf?: OrderId | undefined
  /** As amended, or as in its spec. */
  readonly limit?: Ticks | undefined
  /** As amended, as moved by a trail, or as in its spec. A trail that is not active yet has none. */
  readonly trigger?: Ticks | undefined
  /** Whether an `order-triggered` was written for it. */
  readonly triggered: boolean
  readonly intendedAt: number
  /** When the last event about it was. */
  readonly changedAt?: number | undefined
  /** Of the entry of a group that ended: what its legs had left open then, because somebody else closed it. */
  readonly leftAtGroupEnd?: Lots | undefined
  /** Who ended it, of one that was canceled or expired. */
  readonly endedBy?: 'venue' | 'engine' | 'person' | undefined
  /** What left for the venue; none while nothing left. */
  readonly venueSpec?: VenueOrderSpec | undefined
}

/** The state of the engine as far as contingencies need it. Lists are in the order in which their orders came to be. */
export interface ContingencyView {
  order(id: OrderId): OrderSeen | undefined
  /** All orders linked to a group, ended ones too; a group that ended is remembered for fills that come late. */
  membersOf(group: string): readonly OrderSeen[]
  /** Whether a `group-ended` was written for it. */
  hasGroupEnded(group: string): boolean
  /** All orders sent on behalf of this one, ended ones too. */
  piecesOf(order: OrderId): readonly OrderSeen[]
  /** All orders of the account in the instrument that have not ended, held ones too. */
  openOrders(account: string, instrument: string): readonly OrderSeen[]
  /** Those in the other pairs of the same coin; none of what is no coin. */
  openInOtherPairs?(account: string, instrument: string): readonly OrderSeen[]
  tradable(account: string, instrument: string): Tradable
  /**
   * What the balance of the base asset comes to in lots, where that is what is sold: a fee in the same asset makes it less
   * than was bought.
   */
  deliverable?(account: string, instrument: string): Lots | undefined
  /** Signed; none where it is not known, and then nothing is cut down to it. */
  position(account: string, instrument: string, side: PositionSide): Lots | undefined
}
