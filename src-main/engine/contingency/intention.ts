import type { Lots, Ticks } from '../../base/index.ts'
import type { OrderId, OrderSpec } from '../../domain/index.ts'

/**
 * What should follow. The engine turns each into events and requests, or leaves it: as long as the state asks for it, it is
 * intended again.
 */
export type Intention =
  /** Pull the trigger: an `order-triggered`. */
  | { readonly kind: 'trigger-order'; readonly order: OrderId; readonly price: Ticks }
  | { readonly kind: 'move-stop'; readonly order: OrderId; readonly trigger: Ticks }
  /** A held order goes to the venue itself, once, as `venueSpecOf` renders it. A size by cash or `all` is resolved now. */
  | { readonly kind: 'release-order'; readonly order: OrderId }
  /** A new order is sent on behalf of a held one, which is never sent itself. `replaces`: the piece whose place it takes. */
  | {
      readonly kind: 'place-piece'
      readonly onBehalfOf: OrderId
      readonly spec: OrderSpec
      readonly lots: Lots
      readonly replaces?: OrderId
    }
  /**
   * Of a live order: ask the venue. Of a held one: it ends now; where pieces of it are still at the venue it only gets the
   * overlay `sending`, its pieces are intended to go, and then it is intended again.
   */
  | { readonly kind: 'cancel-order'; readonly order: OrderId; readonly why: string }
  /** The whole new quantity of a live order, what is filled included. Only where the venue amends. */
  | { readonly kind: 'resize-order'; readonly order: OrderId; readonly lots: Lots; readonly why: string }
  /** Its time is over. Of a live order: cancel it, and once that is proven it expired. Of a held one: it ends now. */
  | { readonly kind: 'expire-order'; readonly order: OrderId }
  | { readonly kind: 'end-group'; readonly group: string; readonly why: string }
  /** A person must look. `overfilled`: more was filled than was wanted; `naked`: a filled entry lacks its stop. */
  | {
      readonly kind: 'flag-order'
      readonly order: OrderId
      readonly what: 'overfilled' | 'naked'
      readonly lots: Lots
      readonly detail: string
    }

export type IntentionKind = Intention['kind']
