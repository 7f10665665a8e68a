import { signOf } from '../../../src-main/domain/index.ts'
import type { SimEvent } from './scene.ts'
import type { SeenOrder, Witness } from './witness.ts'

/** Orders that belong together, as the events tell of them, and what was sent on their behalf. */
export interface SeenGroup {
  readonly id: string
  readonly kind: string
  readonly entry: SeenOrder | undefined
  readonly legs: readonly SeenOrder[]
  /** What the entry filled, or what the largest leg was to trade, less what the legs traded. */
  readonly left: number
}

export class GroupBook {
  readonly #witness: Witness
  /** Groups that a person or the venue took apart: what is left of them is nobody's promise. */
  readonly #excused = new Set<string>()
  /** Groups of which something was turned away: the next try takes its time. */
  readonly #hindered = new Set<string>()

  constructor(witness: Witness) {
    this.#witness = witness
  }

  isExcused(group: string): boolean {
    return this.#excused.has(group)
  }

  isHindered(group: string): boolean {
    return this.#hindered.has(group)
  }

  read(event: SimEvent): void {
    if (!('order' in event)) return
    const order = this.#witness.orders.get(event.order as SeenOrder['id'])
    const isPiece = order?.onBehalfOf !== undefined
    const owner = isPiece ? this.#witness.orders.get(order.onBehalfOf) : order
    const group = owner?.link?.group
    if (group === undefined) return
    const isRefused = event.kind === 'order-denied' || event.kind === 'order-rejected' || event.kind === 'order-expired' || event.kind === 'order-absent'
    const isTakenAway = event.kind === 'order-canceled' && event.by === 'venue'
    if (isRefused || isTakenAway) this.#hindered.add(group)
    const isPersonal = event.kind === 'order-canceled' && event.by === 'person'
    // Not the trader's own word, but said.
    const isFlagged = event.kind === 'order-flagged' || event.kind === 'overfill-seen' || event.kind === 'order-stuck'
    if (isPersonal || isFlagged) this.#excused.add(group)
    // A piece that was turned away is tried again, and one that is changed keeps its promise: only members are excused by that.
    if (isPiece) return
    const isAskedAway = event.kind === 'cancel-changed' && event.to === 'sending'
    if (isRefused || isTakenAway || isAskedAway || event.kind === 'amend-changed') this.#excused.add(group)
  }

  /** All that nothing excuses. */
  groups(): readonly SeenGroup[] {
    const members = new Map<string, SeenOrder[]>()
    for (const order of this.#witness.orders.values()) {
      if (order.link === undefined || order.onBehalfOf !== undefined || this.#excused.has(order.link.group)) continue
      const known = members.get(order.link.group)
      if (known === undefined) members.set(order.link.group, [order])
      else known.push(order)
    }
    return [...members].map(([id, of]) => this.#groupOf(id, of))
  }

  piecesOf(leg: SeenOrder): readonly SeenOrder[] {
    return [...this.#witness.orders.values()].filter(({ onBehalfOf }) => onBehalfOf === leg.id)
  }

  /** How much there is for an exit to close. */
  heldAgainst({ spec }: SeenOrder): number {
    return spec === undefined ? 0 : Math.max(0, -signOf(spec.side) * this.#witness.positionOf(spec.instrument))
  }

  #groupOf(id: string, members: readonly SeenOrder[]): SeenGroup {
    const entry = members.find(({ link }) => link?.role === 'parent')
    const legs = members.filter(({ link }) => link?.role === 'child')
    const opened = entry === undefined ? Math.max(...legs.map(({ lots }) => lots)) : this.#filledOf(entry)
    return { id, kind: members[0]?.link?.kind ?? '', entry, legs, left: opened - legs.reduce((sum, leg) => sum + this.#filledOf(leg), 0) }
  }

  #filledOf(leg: SeenOrder): number {
    return this.piecesOf(leg).reduce((sum, { filled }) => sum + filled, leg.filled)
  }
}

/** What may still fill of an order. */
export const remainingOf = (order: SeenOrder): number => Math.max(0, order.lots - order.filled)
