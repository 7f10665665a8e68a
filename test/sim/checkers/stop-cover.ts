import { rawOf } from '../../../src-main/base/index.ts'
import { isTerminal } from '../../../src-main/domain/index.ts'
import { GroupBook, remainingOf } from './group-book.ts'
import type { SeenGroup } from './group-book.ts'
import type { Checker, Scene } from './scene.ts'
import type { SeenOrder } from './witness.ts'

/**
 * C1 the stop that rests at the venue for a bracket covers what the entry filled less what exits filled, or what is held if that is
 * less: at rest, and once the venue is well at any time but for a moment. Of what the venue takes no order for, and lets no order grow by, nothing is asked.
 */
const momentMs = 300
/** The house's own limit of orders a second held the change up, which leaves no record: it is asked again after a second, with the next tick. */
const heldUpMs = 2_500

export function createStopCoverChecker({ court, witness, facts, isCalm, now }: Scene): Checker {
  /** What is missing is worth too little to be sent alone, and nothing at the venue can be made larger: to take the whole stop back for it would bare all of it. */
  const isDustAlone = ({ spec }: SeenOrder, missing: number): boolean => {
    const tradable = facts.tradables.find(({ instrument }) => instrument.id === spec?.instrument)
    const price = spec?.limit ?? spec?.trigger?.price
    if (tradable === undefined || tradable.abilities.amend || price === undefined) return false
    const { rules: { notionalMin, quantityMin }, scale } = tradable
    const worth = Math.floor((rawOf(price) * missing * scale.numerator) / scale.denominator)
    return missing < rawOf(quantityMin) || (notionalMin !== undefined && worth < rawOf(notionalMin))
  }
  const book = new GroupBook(witness)
  /** Stops that cover too little though nothing is on its way that would change it, and since when. */
  const short = new Map<string, { readonly since: number; readonly allowedMs: number; readonly detail: string }>()

  const sentAt: number[] = []
  const isHeldUp = ({ spec }: SeenOrder): boolean => {
    while ((sentAt[0] ?? now()) < now() - 1_000) sentAt.shift()
    const tradable = facts.tradables.find(({ instrument }) => instrument.id === spec?.instrument)
    return tradable?.abilities.amend === true && sentAt.length >= facts.ordersPerSecond
  }

  const coversOf = (group: SeenGroup) => group.legs.filter((leg) => isStop(leg) && !isTerminal(leg.status)).flatMap((leg) => {
    const live = book.piecesOf(leg).filter(({ status }) => !isTerminal(status))
    const isAtVenue = live.some(({ venueSpec }) => venueSpec?.type === 'stop' || venueSpec?.type === 'stop-limit')
    return isAtVenue ? [{ leg, live, least: Math.min(group.left, book.heldAgainst(leg)) }] : []
  })
  const brackets = (): readonly SeenGroup[] => book.groups().filter(({ kind, left }) => kind === 'bracket' && left > 0)
  const isStopped = (): boolean => witness.mode === 'killing' || witness.mode === 'killed' || witness.mode === 'halted'

  const lookForGaps = (): void => {
    const still = new Set<string>()
    for (const group of brackets()) {
      if (book.isHindered(group.id)) continue
      for (const { leg, live, least } of coversOf(group)) {
        const covered = live.reduce((sum, piece) => sum + promisedOf(piece), 0)
        if (covered >= least || live.some(isUnderWay) || isDustAlone(leg, least - covered)) continue
        still.add(leg.id)
        const detail = `the stop ${leg.id} covers ${covered} of ${least} lots of group ${group.id}, and nothing is done about it`
        if (!short.has(leg.id)) short.set(leg.id, { since: now(), allowedMs: isHeldUp(leg) ? heldUpMs : momentMs, detail })
      }
    }
    for (const leg of short.keys()) if (!still.has(leg)) short.delete(leg)
  }

  return {
    step({ events }) {
      for (const event of events) {
        book.read(event)
        if (event.kind === 'order-sending' || (event.kind === 'amend-changed' && event.to === 'sending')) sentAt.push(now())
      }
      if (!isCalm() || isStopped()) return short.clear()
      if (events.length > 0) lookForGaps()
      for (const { since, allowedMs, detail } of short.values()) court.check('C1', now() - since <= allowedMs, () => detail)
    },
    recovered: () => short.clear(),
    quiet() {
      if (isStopped()) return
      for (const group of brackets()) {
        for (const { leg, live, least } of coversOf(group)) {
          const covered = live.reduce((sum, piece) => sum + remainingOf(piece), 0)
          court.check('C1', (covered >= least || isDustAlone(leg, least - covered)) && covered <= group.left, () => `the stop ${leg.id} covers ${covered} of ${group.left} lots of group ${group.id}`)
        }
      }
    },
  }
}

const isStop = ({ spec }: SeenOrder): boolean => spec?.type === 'stop' || spec?.type === 'stop-limit' || spec?.type === 'trailing-stop'

/** What it will cover once what was asked of the venue is done. */
const promisedOf = (piece: SeenOrder): number => Math.max(0, Math.max(piece.lots, piece.amendLots ?? 0) - piece.filled)
const isUnderWay = ({ status, cancel, amendLots }: SeenOrder): boolean =>
  status === 'intent' || status === 'held' || status === 'sending' || status === 'unknown' || cancel !== 'none' || amendLots !== undefined
