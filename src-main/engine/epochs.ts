import { isNegative, lotsFromRaw, maximum, settle, tryAdd } from '../base/index.ts'
import type { Lots } from '../base/index.ts'
import { isInDoubt } from './our-order.ts'
import type { EpochReported, VenueOrderView, VenuePosting } from '../domain/index.ts'
import { compareMoney, explainEpoch } from '../reconcile/index.ts'
import type { Finding } from '../reconcile/index.ts'
import { deliveredOpenings } from './accounting/index.ts'
import { accountOf, accountWatch, ask, decide, orderWatch } from './core.ts'
import type { Core } from './core.ts'
import { takeEpochWithout } from './doubts.ts'
import { breakKey } from './engine-state.ts'
import { reachMs } from './forgetting.ts'
import { killRoundsApartMs } from './kill-proof.ts'
import { accountForReconcile } from './reconcile-view.ts'
import { noteWholeEpoch } from './recovery.ts'
import { standInFor, takeTrade } from './trades.ts'
import { adopt, takeView } from './views.ts'

/**
 * Rounds of questions, and what they explain. It must never take a failed part for an empty one, and never make books fit: each difference becomes
 * an event that says why.
 * Invariants: 1 one round at a time for each account, and none sooner than the gap; 2 an answer to another round than the one under way changes nothing;
 * 3 an inconclusive round changes neither order nor position; 4 only a round that explained everything counts as clean.
 */
export function wantEpoch(core: Core, account: string, why: string): void {
  const watched = core.watch.accounts.get(account)
  if (watched !== undefined) watched.wanted ??= why
}

export function lookAtEpochs(core: Core): void {
  const { epochEveryMs, epochGapMs, questionPatienceMs } = core.setup.timings
  const isKilling = core.state.mode.mode === 'killing'
  const everyMs = isKilling ? killRoundsApartMs(core) : epochEveryMs
  for (const [account, watched] of core.watch.accounts) {
    if (watched.epoch !== undefined) {
      if (core.at < watched.epoch.askedAt + 2 * questionPatienceMs) continue
      watched.epoch = undefined
      watched.wanted ??= 'the round before was never answered'
    }
    if (core.at < watched.lastAskedAt + epochGapMs || core.at < watched.quietUntil) continue
    // A kill waits for it, and so it is not put off.
    const isRetried = watched.retryMs > 0 && (isKilling || core.at >= watched.lastAskedAt + watched.retryMs)
    const isDue = core.at >= watched.lastAskedAt + everyMs
    if (watched.wanted !== undefined || isRetried || isDue) {
      askEpoch(core, account, watched.wanted ?? (isRetried ? 'the round before was inconclusive' : 'a minute has passed'))
    }
  }
}

export function askEpoch(core: Core, account: string, why: string): void {
  const watched = accountWatch(core, account)
  const number = accountOf(core, account).epoch + 1
  const since = sinceOf(core, account)
  watched.epoch = { number, askedAt: core.at, since }
  watched.lastAskedAt = core.at
  watched.wanted = undefined
  decide(core, { kind: 'epoch-asked', account, epoch: number, why })
  ask(core, { kind: 'fetch-epoch', account, needs: 0, epoch: number, since })
}

/** By how much our clock may be ahead of the venue's. That it jumped does not say whether it was right before or is now. */
const aheadOf = ({ state }: Core): number => Math.max(0, state.clockAheadMs)

/** Behind the last clean round, and behind the send of everything that is in doubt. */
function sinceOf(core: Core, account: string): number {
  const { cleanAt, hasOpening, forgottenUpTo } = accountOf(core, account)
  // What an account did before it was first seen is in its opening.
  if (!hasOpening) return Math.max(0, core.at - aheadOf(core) - core.setup.timings.epochOverlapMs)
  // A clock that went back unheard, over a sleep or a restart, does not say when the last clean round was: as far as orders are remembered is asked for.
  const isUnsure = core.at < cleanAt || accountWatch(core, account).isClockUnsure
  const looked = isUnsure ? Math.min(core.at, cleanAt) - reachMs + core.setup.timings.epochOverlapMs : cleanAt
  // A clock that is ahead of the venue's would ask for what it has not yet done.
  let since = looked - aheadOf(core)
  for (const order of core.state.live.values()) {
    if (order.spec.account === account && order.sentAt > 0 && order.sentAt < since && isInDoubt(order)) since = order.sentAt
  }
  // Never behind what may be forgotten: shown again, it would be taken for somebody else's. What is in doubt from before is asked for by name.
  return Math.max(0, forgottenUpTo === 0 ? 0 : forgottenUpTo + core.setup.timings.epochOverlapMs, since - core.setup.timings.epochOverlapMs)
}

export function takeEpoch(core: Core, report: EpochReported): void {
  const watched = core.watch.accounts.get(report.account)
  if (watched?.epoch === undefined || watched.epoch.number !== report.epoch) return
  const { askedAt, since } = watched.epoch
  watched.epoch = undefined
  // Nothing may be taken for newer than the question, whatever the report says of itself.
  const epoch = { ...report, askedAt, since: Math.max(since, report.since) }
  if (!accountOf(core, report.account).hasOpening) return takeFirstSight(core, epoch)
  judgeEpoch(core, epoch)
}

/** Before any event of ours, an account holds what it holds. */
function takeFirstSight(core: Core, epoch: EpochReported): void {
  const { account, balances, positions, openOrders } = epoch
  if (!balances.ok || !positions.ok || !openOrders.ok || !epoch.trades.ok || !epoch.closedOrders.ok || !epoch.postings.ok) return closeInconclusive(core, epoch, 'a part failed')
  const sight = datedSight(core, epoch)
  if ('why' in sight) return closeInconclusive(core, epoch, sight.why)
  const held = balances.items.map(({ asset, total }) => ({ asset, total }))
  const told = positions.items.map(({ instrument, positionSide, lots, entryPrice, entryCost }) => ({
    instrument, positionSide, lots, ...(entryPrice === undefined ? {} : { entryPrice }), ...(entryCost === undefined ? {} : { entryCost }),
  })).filter(({ instrument }) => core.tradables.has(instrument))
  // A spot venue tells of coins as balances only; here they are positions too, so that they may be sold when only reducing is allowed.
  const delivered = deliveredOpenings(held, told, core.setup.tradables)
  const opening = { balances: held, positions: [...told, ...delivered] }
  if (!accountOf(core, account).books.survives((books) => books.takeOpening(opening, 0))) return closeInconclusive(core, epoch, 'what the account holds is past counting')
  decide(core, { kind: 'opening-taken', account, ...opening, ...sight })
  for (const view of openOrders.items) {
    if (view.order === undefined) adopt(core, account, view, maximum(view.filled, tradedOf(epoch, view)))
  }
  close(core, epoch, 'clean', 'the first sight of the account')
}

/** What the venue lists is dated by its clock, and ours may be hours away: its own word on that is better than what we believe of it. */
function datedSight(core: Core, epoch: EpochReported): { readonly upTo: number; readonly newest: number } | { readonly why: string } {
  const { graceMs, clockErrorMs } = core.setup.timings
  const latest = latestOf(epoch)
  const asked = epoch.venueAt ?? epoch.askedAt
  const aheadMs = latest - asked
  // What of it is in the balances already could not be told by its time.
  if (aheadMs > clockErrorMs) return { why: `the venue tells of something that is dated ${aheadMs} ms ahead of ${epoch.venueAt === undefined ? 'our' : 'its own'} clock` }
  const theirs = epoch.venueAt ?? epoch.askedAt - aheadOf(core)
  const isNearTheirs = latest > theirs - graceMs && latest <= theirs + clockErrorMs
  if (aheadMs > -graceMs || isNearTheirs) return { why: 'the account moved while it was looked at for the first time' }
  return { upTo: Math.max(theirs, latest, latestEndOf(epoch, asked)), newest: epoch.venueAt ?? latest }
}

/** A list of orders may lag behind the trades; what they show is in the opening as well. */
function tradedOf({ trades }: EpochReported, { instrument, venueOrder }: VenueOrderView, upTo = Infinity): Lots {
  const seen = new Set<string>()
  let sum = lotsFromRaw(0)
  if (!trades.ok) return sum
  for (const trade of trades.items) {
    if (trade.venueOrder !== venueOrder || trade.instrument !== instrument || isNegative(trade.lots)) continue
    // A page that is asked for twice brings a trade twice.
    if (trade.at > upTo || seen.has(trade.trade)) continue
    seen.add(trade.trade)
    const next = settle(tryAdd(sum, trade.lots))
    if (next.ok) sum = next.value
  }
  return sum
}

/** An order that the first sight did not list may be older than it: what it had done by then is in the opening. */
function filledBeforeOf(core: Core, epoch: EpochReported, view: VenueOrderView): Lots {
  const { openedUpTo } = accountOf(core, epoch.account)
  return view.updatedAt <= openedUpTo ? view.filled : tradedOf(epoch, view, openedUpTo)
}

/** What has ended by then has its fills in the opening. */
const latestEndOf = ({ closedOrders }: EpochReported, asked: number): number =>
  (closedOrders.ok ? closedOrders.items.reduce((latest, { updatedAt }) => (updatedAt <= asked ? Math.max(latest, updatedAt) : latest), 0) : 0)

const latestOf = ({ trades, postings }: EpochReported): number => {
  let latest = 0
  if (trades.ok) for (const { at } of trades.items) latest = Math.max(latest, at)
  if (postings.ok) for (const { at } of postings.items) latest = Math.max(latest, at)
  return latest
}

function judgeEpoch(core: Core, epoch: EpochReported): void {
  const { graceMs, inferAfterMs } = core.setup.timings
  const rules = { graceMs, inferAfterMs }
  const explained = explainEpoch(accountForReconcile(core, epoch.account), epoch, rules)
  if (explained.outcome === 'inconclusive') return closeInconclusive(core, epoch, explained.detail)
  for (const finding of explained.findings) enactFinding(core, epoch, finding)
  const money = compareMoney(accountForReconcile(core, epoch.account), epoch, explained.unsettled, rules)
  for (const finding of money.findings) enactFinding(core, epoch, finding)
  const { breaks } = accountOf(core, epoch.account)
  const skipped = explained.skipped + money.skipped
  const detail = `${explained.findings.length + money.findings.length} findings, ${breaks.size} breaks, ${skipped} too young to judge`
  close(core, epoch, breaks.size > 0 ? 'breaks' : 'clean', detail)
}

/** Asked again at once, and then less and less often: each round is on record, and a venue that does not answer is not helped by questions. */
function closeInconclusive(core: Core, epoch: EpochReported, detail: string): void {
  const { epochGapMs, epochEveryMs } = core.setup.timings
  const watched = accountWatch(core, epoch.account)
  watched.retryMs = Math.min(2 * watched.retryMs || epochGapMs, epochEveryMs)
  close(core, epoch, 'inconclusive', detail)
}

function close(core: Core, report: EpochReported, outcome: 'clean' | 'breaks' | 'inconclusive', detail: string): void {
  const { account, epoch, since, askedAt } = report
  decide(core, { kind: 'epoch-closed', account, epoch, outcome, since, askedAt, detail })
  if (outcome !== 'inconclusive') {
    accountWatch(core, account).retryMs = 0
    noteWholeEpoch(core, report, outcome === 'clean')
  }
  if (outcome === 'breaks') wantAnother(core, account)
}

/** So many rounds in a row are asked for at once, because most differences are only a list that lags. */
const quickRounds = 5

/** What has not changed for a while is looked at every minute, like everything else. */
function wantAnother(core: Core, account: string): void {
  const watched = accountWatch(core, account)
  const seen = [...accountOf(core, account).breaks].map(([key, { detail }]) => `${key} ${detail}`).sort().join('; ')
  watched.breakRounds = seen === watched.breaksSeen ? watched.breakRounds + 1 : 0
  watched.breaksSeen = seen
  if (watched.breakRounds < quickRounds) wantEpoch(core, account, 'a difference was not explained')
}

function enactFinding(core: Core, epoch: EpochReported, finding: Finding): void {
  const { account } = epoch
  switch (finding.kind) {
    // Taken back together with the trades that it stood for, see `takeTrade`.
    case 'fill-superseded': return
    case 'trade-missed': return takeTrade(core, account, finding.trade)
    case 'trade-conflict': return takeTrade(core, account, finding.trade)
    case 'posting': {
      postMoney(core, account, finding.posting)
      return
    }
    case 'external': {
      // What ended before the account was first seen is in its opening, and what was forgotten since was counted then.
      if (finding.view.status !== 'open' && finding.view.updatedAt <= countedUpTo(core, account) && finding.trades.length === 0) return
      const adopted = adopt(core, account, finding.view, filledBeforeOf(core, epoch, finding.view))
      for (const trade of finding.trades) takeTrade(core, account, trade)
      if (adopted !== undefined && finding.view.status !== 'open') takeView(core, adopted, finding.view, 'query')
      return
    }
    case 'break': {
      const known = accountOf(core, account).breaks.get(breakKey(finding.what, finding.instrument))
      if (known?.detail !== finding.detail) decide(core, { ...finding, kind: 'break-seen', account })
      return
    }
    case 'heal': {
      decide(core, { ...finding, kind: 'break-healed', account })
      return
    }
    default: return enactOrderFinding(core, epoch, finding)
  }
}

function countedUpTo(core: Core, account: string): number {
  const { openedUpTo, forgottenUpTo } = accountOf(core, account)
  return Math.max(openedUpTo, forgottenUpTo)
}

/** Once, by the venue's own reference; what was before the account was first seen is in its opening. */
export function postMoney(core: Core, account: string, posting: VenuePosting): void {
  const known = core.state.accounts.get(account)
  if (known === undefined || known.references.has(posting.reference) || !known.hasOpening || posting.at <= known.openedUpTo) return
  if (known.books.hasRoomForPosting(posting)) decide(core, { kind: 'money-posted', account, posting })
  else if (!known.breaks.has(breakKey('trade', posting.asset))) {
    const detail = `posting ${posting.reference} is not taken: the books cannot count what they would then hold`
    decide(core, { kind: 'break-seen', account, instrument: posting.asset, what: 'trade', detail })
  }
}

type OrderFinding = Extract<Finding, { readonly kind: 'order-seen' | 'fill-inferred' | 'absence-evidence' | 'order-missing' }>

function enactOrderFinding(core: Core, epoch: EpochReported, finding: OrderFinding): void {
  const order = core.state.orders.get(finding.order)
  if (order === undefined) return
  switch (finding.kind) {
    case 'order-seen': return takeView(core, order, finding.view, 'query', { at: epoch.askedAt, isByName: false })
    case 'fill-inferred': return standInFor(core, order, finding.trade)
    case 'absence-evidence': return takeEpochWithout(core, order, epoch.askedAt)
    case 'order-missing': {
      orderWatch(core, order).isCurious = true
      return
    }
  }
}
