/**
 * The face of the contingencies: what follows from a price, a fill, an ending or a time for orders that depend on each other.
 *
 * It decides nothing for good: `Contingencies` looks at the state through `ContingencyView` and says what should follow; the
 * engine writes the events and sends the requests. It is level-triggered: as long as the state asks for something, asking
 * again intends it again, so a restart needs nothing but `recheck`.
 *
 * The engine calls:
 * - `touched(order)` after each event it applies that changes an order, replayed ones too; for one sent on behalf of another,
 *   its own id;
 * - `settle(at)` until it returns nothing, after each input that touched an order: perform each intention as events and
 *   requests;
 * - `seen(report, at)` for each price or judgement of a feed, `passed(at)` as time passes: perform what they return, then
 *   `settle`;
 * - what a person does to a piece is meant for the order that it was sent for: a cancel, an amend, a close-position must go
 *   to its `onBehalfOf`, or the piece is only put back;
 * - `reviewGroupForm(kind, orders)` before a group is taken, beside the review of each order;
 * - `crossedBy({ ...order, limit }, open)` before an amend of a price: what it names would trade with the amended order;
 * - `recheck()` after a replay and after each change of mode: what was left undone is intended again.
 */
export { Contingencies } from './contingencies.ts'
export type { ContingencyView, OrderSeen } from './order-seen.ts'
export type { Intention, IntentionKind } from './intention.ts'
export { heldFor, isTriggerAtVenue, venueSpecOf } from './placement.ts'
export { reviewGroupForm } from './group-form.ts'
export { expiryOf } from './expiry.ts'
export { closableLots, resolveSize, worstPriceOf } from './size.ts'
export type { SizeFacts } from './size.ts'
export { crossedBy, preventSelfTrade } from './self-trade.ts'
export type { SelfTradeVerdict } from './self-trade.ts'
