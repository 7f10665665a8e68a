import { rawOf } from '../../../src-main/base/index.ts'
import { isTerminal, signOf } from '../../../src-main/domain/index.ts'
import type { OrderSpec, Tradable } from '../../../src-main/domain/index.ts'
import type { Checker, Scene, SimEvent, Step } from './scene.ts'
import type { SeenOrder } from './witness.ts'

/**
 * Orders that belong together. C1 the stop that rests at the venue for a bracket covers what the entry filled
 * less what exits filled, or what is held if that is less; C2 no leg outlives its group, or a sibling
 * that took everything; C3 no order leaves that would meet another of ours on the book; C4 what was sized in cash costs no more than that.
 */
export function createContingencyChecker({ court, witness, facts }: Scene): Checker {
  const asks = new Map<string, number>()
  /** Groups that a person, a kill or the venue took apart: what is left of them is nobody's promise. */
  const excused = new Set<string>()

  const remaining = (order: SeenOrder): number => Math.max(0, order.lots - order.filled)
  const piecesOf = (leg: SeenOrder): readonly SeenOrder[] => [...witness.orders.values()].filter(({ onBehalfOf }) => onBehalfOf === leg.id)
  const filledOf = (leg: SeenOrder): number => piecesOf(leg).reduce((sum, { filled }) => sum + filled, leg.filled)

  const judgeCash = (event: Extract<SimEvent, { kind: 'order-sending' }>, order: SeenOrder): void => {
    const size = order.spec?.size
    if (size?.by !== 'cash' || event.venueSpec.side !== 'buy') return
    const price = event.venueSpec.limit === undefined ? asks.get(event.venueSpec.instrument) : rawOf(event.venueSpec.limit)
    const tradable = facts.tradables.find(({ instrument }) => instrument.id === event.venueSpec.instrument)
    if (price === undefined || tradable === undefined) return
    const costs = costOf(rawOf(event.venueSpec.lots), price, tradable)
    court.check('C4', costs <= BigInt(rawOf(size.cash)), () => `${order.id} is to cost ${rawOf(size.cash)} and costs ${costs}`)
  }

  const judgeMeeting = (event: Extract<SimEvent, { kind: 'order-sending' }>): void => {
    const { instrument, side, limit, type } = event.venueSpec
    if (type !== 'limit' && type !== 'market') return
    const met = [...witness.live.values()].find((other) => {
      if (other.id === event.order || other.sendingSequence > event.sequence || other.venueSpec === undefined || other.spec === undefined || other.sendingSequence === 0) return false
      if (other.venueSpec.instrument !== instrument || other.venueSpec.side === side || other.venueSpec.type !== 'limit') return false
      if (other.venueSpec.timeInForce === 'ioc' || other.venueSpec.timeInForce === 'fok') return false
      const theirs = rawOf(other.venueSpec.limit ?? noPrice)
      if (other.amended) return false
      if (limit === undefined) return true
      return side === 'buy' ? rawOf(limit) >= theirs : rawOf(limit) <= theirs
    })
    court.check('C3', met === undefined, () => `${event.order} (${side} at ${limit === undefined ? 'any price' : rawOf(limit)}) would meet ${met?.id} (${met?.status})`)
  }

  /** How much there is for an exit to close. */
  const heldAgainst = ({ spec }: SeenOrder): number => (spec === undefined ? 0 : Math.max(0, -signOf(spec.side) * witness.positionOf(spec.instrument)))

  const excuse = (event: SimEvent): void => {
    if (!('order' in event)) return
    const order = witness.orders.get(event.order as SeenOrder['id'])
    const owner = order?.onBehalfOf === undefined ? order : witness.orders.get(order.onBehalfOf)
    const group = owner?.link?.group
    if (group === undefined) return
    const isPersonal = event.kind === 'order-canceled' && event.by === 'person'
    // Not the trader's own word: what was turned away or taken away by others, and said so.
    const isFlagged = event.kind === 'order-flagged' || event.kind === 'overfill-seen' || event.kind === 'order-expired' || event.kind === 'order-stuck' || event.kind === 'amend-changed'
    if (isPersonal || isFlagged || event.kind === 'order-denied' || event.kind === 'order-rejected' || (event.kind === 'order-canceled' && event.by === 'venue')) excused.add(group)
    if (event.kind === 'cancel-changed' && event.order === owner?.id && event.to === 'sending') excused.add(group)
  }

  const watch = (step: Step): void => {
    if (step.input.kind === 'quote-seen') asks.set(step.input.instrument, rawOf(step.input.ask))
  }

  const judgeGroup = (group: string, members: readonly SeenOrder[]): void => {
    const entry = members.find(({ link }) => link?.role === 'parent')
    const legs = members.filter(({ link }) => link?.role === 'child')
    const opened = entry === undefined ? Math.max(...legs.map(({ lots }) => lots)) : filledOf(entry)
    const left = opened - legs.reduce((sum, leg) => sum + filledOf(leg), 0)
    const kind = members[0]?.link?.kind
    for (const leg of legs) {
      const live = piecesOf(leg).filter(({ status }) => !isTerminal(status))
      const covered = live.reduce((sum, piece) => sum + remaining(piece), 0)
      const isOver = kind !== 'oto' && left <= 0 && (entry === undefined || isTerminal(entry.status))
      if (isOver) court.check('C2', live.length === 0, () => `nothing is left to close of group ${group}, and ${leg.id} still has ${covered} lots at the venue`)
      if (kind === 'bracket' || kind === 'oco') court.check('C2', covered <= Math.max(0, left), () => `${leg.id} may close ${covered} of ${left} lots of group ${group}`)
      const isStop = leg.spec?.type === 'stop' || leg.spec?.type === 'stop-limit' || leg.spec?.type === 'trailing-stop'
      if (kind !== 'bracket' || !isStop || left <= 0 || isTerminal(leg.status)) continue
      const atVenue = live.filter(({ venueSpec }) => venueSpec?.type === 'stop' || venueSpec?.type === 'stop-limit')
      const least = Math.min(left, heldAgainst(leg))
      if (atVenue.length > 0) court.check('C1', covered >= least && covered <= left, () => `the stop ${leg.id} covers ${covered} of ${left} lots of group ${group}`)
    }
  }

  return {
    step(step) {
      watch(step)
      for (const event of step.events) {
        excuse(event)
        if (event.kind !== 'order-sending') continue
        const order = witness.orders.get(event.order)
        // What waited was sized when it was reviewed.
        const isFresh = step.events.some((other) => other.kind === 'order-intended' && other.order === event.order)
        if (order !== undefined && isFresh) judgeCash(event, order)
        judgeMeeting(event)
      }
    },
    quiet() {
      if (witness.mode === 'killing' || witness.mode === 'killed' || witness.mode === 'halted') return
      const groups = new Map<string, SeenOrder[]>()
      for (const order of witness.orders.values()) {
        if (order.link === undefined || order.onBehalfOf !== undefined) continue
        const members = groups.get(order.link.group)
        if (members === undefined) groups.set(order.link.group, [order])
        else members.push(order)
      }
      for (const [group, members] of groups) if (!excused.has(group)) judgeGroup(group, members)
    },
  }
}

const noPrice = 0 as unknown as NonNullable<OrderSpec['limit']>

const costOf = (lots: number, price: number, { scale }: Tradable): bigint => (BigInt(lots) * BigInt(price) * BigInt(scale.numerator)) / BigInt(scale.denominator)
