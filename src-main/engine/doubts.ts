import type { LookupReported } from '../domain/index.ts'
import { faultOfView } from '../reconcile/index.ts'
import { followReplaced } from './amends.ts'
import { accountWatch, ask, decide, orderWatch } from './core.ts'
import type { Core } from './core.ts'
import { distrustPrices } from './exposure-feed.ts'
import { endIfShown } from './endings.ts'
import { wantEpoch } from './epochs.ts'
import { hasNeverLeft, isInDoubt, isLive } from './our-order.ts'
import type { OurOrder } from './our-order.ts'
import { admitExistence, takeTrade } from './trades.ts'
import { takeView } from './views.ts'
import { forgetEvidence } from './watch.ts'
import type { OrderWatch } from './watch.ts'

/**
 * Orders whose fate is not known. It must never guess, never send again, and never take silence or a failed question for an answer.
 * Invariants: 1 an order becomes absent only by the whole proof: its window is over, two questions for it by name found nothing, at least `lookupGapMs`
 * apart, a whole epoch asked after its window showed it nowhere, and the venue was well all the while; 2 a failed question counts for nothing;
 * 3 what cannot be proven in time is stuck and goes on being counted and asked for; 4 one question at a time for each order; 5 over a restart or a jump of the
 * clock no time counts as waited: nobody saw how much of it was real.
 */
export function beginDoubt(core: Core, order: OurOrder, why: string): void {
  decide(core, { kind: 'order-unknown', order: order.id, why })
  const watched = orderWatch(core, order)
  forgetEvidence(watched)
  watched.isCurious = true
  wantEpoch(core, order.spec.account, 'an order whose fate is not known')
}

/** From when on an answer can speak of absence: nothing can arrive at the venue any more, and what did is in its answers. */
export const provableFrom = (core: Core, order: OurOrder): number => {
  const { clockErrorMs, absenceMarginMs } = core.setup.timings
  return Math.max(order.validUntil + clockErrorMs + absenceMarginMs, core.watch.trustedFrom)
}

export function takeLookup(core: Core, report: LookupReported): void {
  const order = core.state.orders.get(report.order)
  if (order === undefined || order.spec.account !== report.account) return
  const watched = orderWatch(core, order)
  watched.askedAt = 0
  const { answer, askedAt } = report
  switch (answer.kind) {
    case 'found': {
      forgetEvidence(watched)
      watched.missingSince = 0
      watched.isCurious = false
      if (answer.view.status !== 'open') watched.endedShownAt = core.at
      // Asked for by its own id, it is there: the record of its way out was lost.
      const isTheirs = faultOfView({ ...order.spec, hasNeverLeft: false }, answer.view) === undefined
      if (isTheirs && hasNeverLeft(order)) admitExistence(core, order, answer.view.venueOrder)
      for (const trade of answer.trades) takeTrade(core, report.account, trade)
      takeView(core, order, answer.view, 'query', { at: askedAt, isByName: true })
      endIfShown(core, order)
      if (!isLive(order)) followReplaced(core, order)
      return
    }
    case 'not-found': return takeNotFound(core, order, watched, askedAt)
    case 'failed': {
      if (isInDoubt(order)) decide(core, { kind: 'order-looked-up', order: order.id, answer: 'failed', askedAt })
      return
    }
  }
}

function takeNotFound(core: Core, order: OurOrder, watched: OrderWatch, askedAt: number): void {
  if (hasNeverLeft(order)) {
    // As it should be.
    watched.isCurious = false
    return
  }
  if (!isInDoubt(order)) {
    // It was shown before, so a question that finds nothing proves a slow answer at most.
    watched.isCurious = false
    if (isLive(order)) missAgain(core, order, watched, askedAt)
    if (isLive(order)) wantEpoch(core, order.spec.account, 'the venue does not find what it has shown')
    return
  }
  // What the venue has shown was placed, whatever it has forgotten since.
  if (order.venueOrder !== undefined || order.status === 'sending' || askedAt < provableFrom(core, order)) return
  const { lookupGapMs } = core.setup.timings
  if (watched.notFound === 0) {
    watched.firstNotFoundAt = askedAt
    watched.notFound = 1
  } else if (askedAt >= watched.lastNotFoundAt + lookupGapMs) {
    watched.notFound += 1
  } else return
  watched.lastNotFoundAt = askedAt
  if (!watched.epochWithout) wantEpoch(core, order.spec.account, 'an order that the venue does not find')
  decide(core, { kind: 'order-looked-up', order: order.id, answer: 'not-found', askedAt })
  concludeAbsence(core, order, watched)
}

/** Venues forget what ended long ago. What no question finds for long enough is a person's to settle. */
function missAgain(core: Core, order: OurOrder, watched: OrderWatch, askedAt: number): void {
  if (watched.missingSince === 0) watched.missingSince = askedAt
  if (askedAt - watched.missingSince < core.setup.timings.stuckAfterMs) return
  decide(core, { kind: 'order-stuck', order: order.id, why: 'the venue showed it, and no question has found it since' })
}

/** A whole epoch did not show it. Only one whose questions were asked once its window was over can speak of absence. */
export function takeEpochWithout(core: Core, order: OurOrder, epochAskedAt: number): void {
  const watched = orderWatch(core, order)
  if (order.venueOrder !== undefined || order.status === 'sending' || epochAskedAt < provableFrom(core, order)) return
  watched.epochWithout = true
  concludeAbsence(core, order, watched)
}

function concludeAbsence(core: Core, order: OurOrder, watched: OrderWatch): void {
  if (watched.notFound < 2 || !watched.epochWithout) return
  if (isUnwell(core, order.spec.account)) return
  const { firstNotFoundAt, lastNotFoundAt } = watched
  const proof = `not found at ${firstNotFoundAt} and ${lastNotFoundAt}, after its window had ended at ${order.validUntil}, and in no part of a whole epoch`
  decide(core, { kind: 'order-absent', order: order.id, proof })
}

const illMaxMs = 3_600_000

/** That it is over may never be heard. For longer than an hour no word lasts that was not said again: the proof has been gathered from the start since. */
function isUnwell(core: Core, account: string): boolean {
  const { health, degradedAt } = accountWatch(core, account)
  return (health === 'degraded' || health === 'maintenance') && core.at < degradedAt + illMaxMs
}

/** Nobody listened while the machine slept, so how the venue is now is not known: what it answers from here on counts, and nothing of before. */
export function forgetHealth(core: Core): void {
  for (const [account, watched] of core.watch.accounts) {
    watched.health = 'well'
    distrustEvidence(core, account)
  }
}

/** The venue was not well: what it answered meanwhile proves nothing. */
export function distrustEvidence(core: Core, account: string): void {
  for (const [id, watched] of core.watch.orders) {
    if (core.state.orders.get(id)?.spec.account === account) forgetEvidence(watched)
  }
}

/** The clock may not be the one that what is in doubt was sent by: from now on, its whole wait is measured anew. */
function distrustWaits(core: Core): void {
  const { receiveWindowMs, clockErrorMs, absenceMarginMs } = core.setup.timings
  core.watch.trustedFrom = core.at + receiveWindowMs + clockErrorMs + absenceMarginMs
}

/** Nobody watched the clock, over a sleep or while the program was not there: it may have gone either way, by nobody knows how much. */
export function doubtClock(core: Core): void {
  distrustWaits(core)
  for (const watched of core.watch.accounts.values()) watched.isClockUnsure = true
}

/** The clock moved: what was measured with it proves nothing, and no wait may last for the length of the jump. */
export function distrustClock(core: Core): void {
  distrustWaits(core)
  for (const watched of core.watch.orders.values()) {
    forgetEvidence(watched)
    watched.lastAskedAt = Math.min(watched.lastAskedAt, core.at)
    watched.askedAt = Math.min(watched.askedAt, core.at)
    watched.changeSince = Math.min(watched.changeSince, core.at)
  }
  distrustPrices(core)
  for (const [account, watched] of core.watch.accounts) {
    watched.epoch = undefined
    watched.degradedAt = Math.min(watched.degradedAt, core.at)
    watched.lastAskedAt = Math.min(watched.lastAskedAt, core.at)
    wantEpoch(core, account, 'the clock jumped')
  }
}

/** Time has passed: deadlines, questions that are due, and those that were never answered. */
export function lookAtOrders(core: Core): void {
  for (const [id, watched] of core.watch.orders) {
    const order = core.state.orders.get(id)
    if (order === undefined || isSettled(order, watched)) core.watch.orders.delete(id)
    else lookAtOrder(core, order, watched)
  }
}

const isSettled = (order: OurOrder, watched: OrderWatch): boolean => {
  if (watched.isCurious || watched.askedAt > 0) return false
  if (!isLive(order)) return true
  return !isInDoubt(order) && order.cancel === 'none' && order.amend === 'none' && watched.ending === undefined && !order.isCancelWanted
}

function lookAtOrder(core: Core, order: OurOrder, watched: OrderWatch): void {
  const { stuckAfterMs } = core.setup.timings
  if (order.status === 'sending' && core.at >= provableFrom(core, order)) beginDoubt(core, order, 'its send was never answered')
  if (order.status === 'unknown' && core.at - order.unknownSince >= stuckAfterMs) {
    decide(core, { kind: 'order-stuck', order: order.id, why: `nothing was proven in ${stuckAfterMs} ms` })
  }
  loseSilentChanges(core, order, watched)
  if (needsQuestion(core, order, watched)) lookUp(core, order, watched)
}

/** A cancel or amend that nobody answered is of unknown fate. */
function loseSilentChanges(core: Core, order: OurOrder, watched: OrderWatch): void {
  const { receiveWindowMs, clockErrorMs } = core.setup.timings
  if (core.at < watched.changeSince + receiveWindowMs + clockErrorMs) return
  if (order.cancel === 'sending') decide(core, { kind: 'cancel-changed', order: order.id, to: 'unknown', detail: 'it was never answered' })
  if (order.amend === 'sending') {
    decide(core, { kind: 'amend-changed', order: order.id, to: 'unknown', amendment: order.amendment, detail: 'it was never answered' })
  }
}

function needsQuestion(core: Core, order: OurOrder, watched: OrderWatch): boolean {
  const { lookupGapMs, questionPatienceMs } = core.setup.timings
  if (core.at < accountWatch(core, order.spec.account).quietUntil) return false
  if (watched.askedAt > 0 && core.at < watched.askedAt + questionPatienceMs) return false
  if (core.at < watched.lastAskedAt + (order.status === 'stuck' ? Math.max(watched.stuckWaitMs, lookupGapMs) : lookupGapMs)) return false
  if (order.status === 'unknown' || order.status === 'stuck') return true
  if (watched.isCurious || watched.ending !== undefined || order.isCancelWanted) return order.status !== 'sending'
  return order.cancel === 'unknown' || order.cancel === 'acked' || order.amend === 'unknown'
}

const stuckWaitMaxMs = 300_000

/** There is a line again: what was asked for in vain is asked for at once. */
export function askForStuckAgain(core: Core, account: string): void {
  for (const [id, watched] of core.watch.orders) {
    const order = core.state.orders.get(id)
    if (order?.status !== 'stuck' || order.spec.account !== account) continue
    watched.lastAskedAt = 0
    watched.stuckWaitMs = 0
  }
}

function lookUp(core: Core, order: OurOrder, watched: OrderWatch): void {
  watched.askedAt = core.at
  watched.lastAskedAt = core.at
  // What waits for a person is asked for less and less often: each answer is on record.
  if (order.status === 'stuck') watched.stuckWaitMs = Math.min(2 * watched.stuckWaitMs || core.setup.timings.lookupGapMs, stuckWaitMaxMs)
  const { id, venueOrder, spec } = order
  ask(core, {
    kind: 'look-up-order', account: spec.account, needs: 0, order: id, instrument: spec.instrument, ...(venueOrder === undefined ? {} : { venueOrder }),
  })
}
