import { rawOf } from '../../../src-main/base/index.ts'
import { isTerminal } from '../../../src-main/domain/index.ts'
import type { OrderSpec, Tradable } from '../../../src-main/domain/index.ts'
import { GroupBook, remainingOf } from './group-book.ts'
import type { SeenGroup } from './group-book.ts'
import type { Checker, Scene, SimEvent, Step } from './scene.ts'
import type { SeenOrder } from './witness.ts'

/**
 * Orders that belong together, and orders that meet. C2 no leg outlives its group, or a sibling that took everything; C3 no order leaves that would meet another of ours on the book; C4 what was sized in cash costs no more than that.
 */
export function createContingencyChecker({ court, witness, facts }: Scene): Checker {
  const asks = new Map<string, number>()
  const book = new GroupBook(witness)

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

  const watch = (step: Step): void => {
    if (step.input.kind === 'quote-seen') asks.set(step.input.instrument, rawOf(step.input.ask))
  }

  const judgeGroup = ({ id, kind, entry, legs, left }: SeenGroup): void => {
    for (const leg of legs) {
      const live = book.piecesOf(leg).filter(({ status }) => !isTerminal(status))
      const covered = live.reduce((sum, piece) => sum + remainingOf(piece), 0)
      const isOver = kind !== 'oto' && left <= 0 && (entry === undefined || isTerminal(entry.status))
      if (isOver) court.check('C2', live.length === 0, () => `nothing is left to close of group ${id}, and ${leg.id} still has ${covered} lots at the venue`)
      if (kind === 'bracket' || kind === 'oco') court.check('C2', covered <= Math.max(0, left), () => `${leg.id} may close ${covered} of ${left} lots of group ${id}`)
    }
  }

  return {
    step(step) {
      watch(step)
      for (const event of step.events) {
        book.read(event)
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
      for (const group of book.groups()) judgeGroup(group)
    },
  }
}

const noPrice = 0 as unknown as NonNullable<OrderSpec['limit']>

const costOf = (lots: number, price: number, { scale }: Tradable): bigint => (BigInt(lots) * BigInt(price) * BigInt(scale.numerator)) / BigInt(scale.denominator)
