import { rawOf } from '../../../src-main/base/index.ts'
import { signOf } from '../../../src-main/domain/index.ts'
import type { Checker, Scene, SimEvent } from './scene.ts'
import { addsRisk, countExposure, worstSide } from './exposure-count.ts'

/**
 * Risk under any order of fills. I10 what is held, works, is on its way or is unknown never adds up to more than the limit, nor
 * does more leave in a second; I11 a
 * reduce-only order, or any order while only reducing is allowed, neither turns a position round nor raises the worst that can come of it.
 */
export function createExposureChecker({ court, witness, facts }: Scene): Checker {
  const sendings: number[] = []
  const judgeRate = (at: number, told: () => string): void => {
    const count = sendings.filter((other) => other > at - 1_000 && other <= at).length
    court.check('I10', count < facts.ordersPerSecond, () => `${told()} leaves after ${count} others within a second`)
  }

  const judge = (event: Extract<SimEvent, { kind: 'order-sending' }>): void => {
    const order = witness.orders.get(event.order)
    if (order === undefined) return
    const { instrument, side, reduceOnly } = event.venueSpec
    const lots = rawOf(event.venueSpec.lots)
    const before = countExposure(witness, instrument, event)
    const adds = addsRisk(before, side, lots, reduceOnly)
    const told = (): string => `${event.order}: ${side} ${lots} ${instrument}, held ${before.held}, live ${before.live.join(', ')}`
    if (side === 'sell' && before.deliverable !== undefined) {
      court.check('I10', lots <= before.deliverable, () => `${told()} sells more than the ${before.deliverable} that are there`)
      if (adds) court.check('I11', witness.mode === 'active', () => `${told()} sells what the pair does not hold while ${witness.mode}`)
    } else if (adds) {
      const most = facts.positionMax(instrument)
      const can = worstSide(before, side) + lots
      court.check('I10', can <= most, () => `${told()} can lead to ${signOf(side) * can} of at most ${most}`)
      judgeRate(event.at, told)
      court.check('I11', witness.mode === 'active', () => `${told()} adds risk while ${witness.mode}`)
    }
    if (order.spec?.reduceOnly === true && order.link === undefined && order.onBehalfOf === undefined) {
      const most = Math.max(0, -signOf(side) * before.held)
      court.check('I11', lots <= most, () => `${told()} is reduce-only, and only ${most} are there to close`)
    }
    if (order.spec?.reduceOnly === true) court.check('I11', !adds, () => `${told()} is reduce-only and may enlarge the position`)
    else if (!adds) court.check('I11', true, () => '')
  }

  return {
    step({ events }) {
      for (const event of events) {
        if (event.kind !== 'order-sending') continue
        judge(event)
        sendings.push(event.at)
      }
      if (sendings.length > sendingsKept) sendings.splice(0, sendings.length - sendingsKept)
    },
  }
}

/** More than leave within any second. */
const sendingsKept = 200
