import { assert, ensureDefined } from '../base/index.ts'
import type {
  EngineCommand, EngineReport, MarketReport, ModeState, OrderId, TimePassed, TradingCommand, VenueHealthReported, VenueReport,
} from '../domain/index.ts'
import type { RiskView } from '../risk/index.ts'
import { valueAccount } from './accounting/index.ts'
import type { BalanceView, LedgerSum, Marks, PositionView, Valuation } from './accounting/index.ts'
import { followAllReplaced, followReplaced } from './amends.ts'
import { buildCore } from './build-core.ts'
import { endWithPieces } from './cancels.ts'
import type { CommandAnswer } from './command-memory.ts'
import { obey } from './commands.ts'
import { accountOf, enact } from './core.ts'
import type { AnyRequest, Core } from './core.ts'
import { askForStuckAgain, distrustClock, distrustEvidence, doubtClock, forgetHealth, lookAtOrders, takeLookup } from './doubts.ts'
import type { EngineSetup } from './engine-setup.ts'
import type { AnyEvent } from './engine-state.ts'
import { lookAtEpochs, postMoney, takeEpoch, wantEpoch } from './epochs.ts'
import { feedPrice, feedRates } from './exposure-feed.ts'
import type { EngineInput } from './mode-machine.ts'
import type { OurOrder } from './our-order.ts'
import { takeAccepted, takeAmendOutcome, takeCancelOutcome, takeRejected, takeUnknown } from './outcomes.ts'
import { perform } from './perform.ts'
import { previewOf } from './previews.ts'
import type { Preview, PreviewedCommand } from './previews.ts'
import { endLate } from './placing.ts'
import { retryExits } from './exit-release.ts'
import { cancelLeftovers } from './halting.ts'
import { judgeMode, lookAtResume, resume, start } from './recovery.ts'
import { restoreState, snapshotOf } from './snapshot.ts'
import { takeSplit } from './splits.ts'
import type { EngineSnapshot } from './snapshot.ts'
import { takeTrade } from './trades.ts'
import { takeOrderReport } from './views.ts'

/**
 * The engine: one input in, events and requests out. It must never wait, read a clock, draw chance, guess, or send anything twice.
 * Invariants: 1 event numbers have no gap, over restarts; 2 state is the fold of the events: a replay of them leads to the same state; 3 no order is
 * sent without the approval of risk and without naming the record that has to be durable first; 4 no order is sent twice; 5 an order ends only by the venue's
 * word, by a proof, by a person, or before anything of it left; 6 the same inputs lead to the same events and requests.
 */
export type TradingInput = EngineCommand | EngineReport | TradingCommand | VenueReport | MarketReport | TimePassed

export interface TradingOutcome {
  readonly events: readonly AnyEvent[]
  readonly requests: readonly AnyRequest[]
}

/** While the clock is not trusted no time is over: one that leapt ahead for a moment would end for good what was good till a date. */
const expiryAtOf = ({ at, watch }: Core): number => (at < watch.trustedFrom ? -Infinity : at)

const nothing: TradingOutcome = { events: [], requests: [] }
const quietMaxMs = 3_600_000
/** So many steps in a row follow from no honest input. */
const stepsMax = 100_000

/** Most of all inputs: told apart first, so that nothing is asked of them that only others have. */
const isPrice = (input: TradingInput): input is MarketReport =>
  input.kind === 'quote-seen' || input.kind === 'last-seen' || input.kind === 'mark-seen' || input.kind === 'feed-judged'

export class TradingEngine {
  readonly #core: Core

  constructor(setup: EngineSetup, past?: EngineSnapshot) {
    this.#core = buildCore(setup, past, () => this.#settle())
    if (past !== undefined) restoreState(this.#core, past)
  }

  process(input: TradingInput): TradingOutcome {
    const core = this.#core
    const before = core.state.mode.mode
    if (isPrice(input)) this.#takePrice(input)
    else this.#take(input)
    // A round can change the mode too, and what was kept back by the old one may leave now.
    if (input.kind === 'program-started' || core.state.mode.mode !== before) core.contingencies.recheck()
    this.#settle()
    if (core.events.length === 0 && core.requests.length === 0) return nothing
    const outcome = { events: core.events, requests: core.requests }
    core.events = []
    core.requests = []
    return outcome
  }

  /** An event of the past: applied, and nothing decided anew. */
  replay(event: AnyEvent): void {
    this.#core.numbering.follow(event.sequence)
    this.#core.at = event.at
    enact(this.#core, event)
  }

  snapshot(): EngineSnapshot {
    return snapshotOf(this.#core)
  }

  get mode(): ModeState {
    return this.#core.state.mode
  }

  get sendEpoch(): number {
    return this.#core.state.sendEpoch
  }

  get lastSequence(): number {
    return this.#core.numbering.last
  }

  orders(): IterableIterator<OurOrder> {
    return this.#core.state.orders.values()
  }

  openOrders(): IterableIterator<OurOrder> {
    return this.#core.state.live.values()
  }

  order(id: OrderId): OurOrder | undefined {
    return this.#core.state.orders.get(id)
  }

  answerTo(commandId: string): CommandAnswer | undefined {
    return this.#core.state.commands.answerTo(commandId)
  }

  /** What the commands of the last 24 hours led to. */
  answers(): IterableIterator<CommandAnswer> {
    return this.#core.state.commands.answers()
  }

  /** What a command would be answered now, and what its orders would come to. Changes nothing. */
  preview(command: PreviewedCommand): Preview {
    return previewOf(this.#core, command)
  }

  /** What risk counts with: exposure, free balances, prices. To look at. */
  risk(account: string): RiskView {
    return ensureDefined(this.#core.risk.get(account), 'an account of this engine')
  }

  /** The account in one currency, at prices that the caller names. */
  value(account: string, marks: Marks): Valuation {
    return valueAccount(accountOf(this.#core, account).books, this.#core.setup.tradables, marks)
  }

  positions(account: string): readonly PositionView[] {
    return accountOf(this.#core, account).books.positions()
  }

  balances(account: string): readonly BalanceView[] {
    return accountOf(this.#core, account).books.balances()
  }

  ledger(account: string): readonly LedgerSum[] {
    return accountOf(this.#core, account).books.ledgerSums()
  }

  /** What is bounded, and how full it is. */
  counts(): { readonly orders: number; readonly live: number; readonly doubted: number; readonly watched: number; readonly trades: number; readonly commands: number } {
    const { state, watch } = this.#core
    return { orders: state.orders.size, live: state.live.size, doubted: state.doubted, watched: watch.orders.size, trades: state.trades.size, commands: state.commands.size }
  }

  /** When a command was given is the word of whoever gave it: it moves the time no further than the clocks may be apart. */
  #timeOf(input: Exclude<TradingInput, MarketReport>): number {
    const { at, setup } = this.#core
    if (!('commandId' in input)) return input.at
    return input.at > at && input.at - at <= setup.limits.driftMaxMs ? input.at : at
  }

  #take(input: Exclude<TradingInput, MarketReport>): void {
    const core = this.#core
    core.at = this.#timeOf(input)
    core.correlation = 'correlation' in input ? input.correlation : undefined
    // Of an account that is not set up here, nothing can be true of these books.
    if ('account' in input && !('commandId' in input) && !core.state.accounts.has(input.account)) return
    switch (input.kind) {
      case 'time-passed': return this.#takeTime(input)
      case 'send-accepted': return takeAccepted(core, input)
      case 'send-rejected': case 'send-not-sent': return takeRejected(core, input)
      case 'send-unknown': return takeUnknown(core, input)
      case 'cancel-reported': return takeCancelOutcome(core, input)
      case 'amend-reported': return takeAmendOutcome(core, input)
      case 'order-reported': return takeOrderReport(core, input)
      case 'trade-reported': return takeTrade(core, input.account, input.trade)
      case 'lookup-reported': return takeLookup(core, input)
      case 'epoch-reported': return takeEpoch(core, input)
      case 'posting-reported': return postMoney(core, input.account, input.posting)
      case 'split-reported': return takeSplit(core, input.account, input.split)
      case 'stream-reported': return this.#takeStream(input)
      case 'venue-health-reported': return this.#takeHealth(input)
      case 'program-started': case 'halt-trading': case 'kill-trading': case 'resume-trading': case 'clock-jumped': case 'machine-slept':
      case 'journal-in-trouble': case 'journal-well': return this.#takeMode(input)
      default: {
        obey(core, input)
      }
    }
  }

  #takePrice(report: MarketReport): void {
    const core = this.#core
    core.at = report.at
    core.correlation = undefined
    if (!core.tradables.has(report.instrument)) return
    feedPrice(core, report)
    const steps = core.contingencies.seen(report)
    for (const step of steps) perform(core, step)
  }

  #takeTime({ at }: TimePassed): void {
    const core = this.#core
    feedRates(core)
    if (core.watch.isStopping) core.contingencies.recheck()
    core.watch.isStopping = false
    cancelLeftovers(core)
    retryExits(core)
    endLate(core)
    lookAtOrders(core)
    lookAtEpochs(core)
    lookAtResume(core)
    followAllReplaced(core)
    for (const step of core.contingencies.passed(at, expiryAtOf(core))) perform(core, step)
  }

  #takeStream({ account, state }: Extract<VenueReport, { readonly kind: 'stream-reported' }>): void {
    const watched = this.#core.watch.accounts.get(account)
    if (watched === undefined) return
    watched.stream = state
    if (state !== 'up') return
    wantEpoch(this.#core, account, 'the stream came back')
    askForStuckAgain(this.#core, account)
  }

  #takeHealth({ account, state, until = 0 }: VenueHealthReported): void {
    const watched = this.#core.watch.accounts.get(account)
    if (watched === undefined) return
    watched.health = state
    // Whatever a venue says, it is asked again within the hour.
    watched.quietUntil = state === 'limited' || state === 'banned' ? Math.min(until, this.#core.at + quietMaxMs) : 0
    if (state !== 'degraded' && state !== 'maintenance') return
    watched.degradedAt = this.#core.at
    distrustEvidence(this.#core, account)
  }

  #takeMode(input: EngineInput): void {
    const core = this.#core
    if (input.kind === 'program-started') start(core, input)
    else if (input.kind === 'resume-trading') resume(core, input)
    else judgeMode(core, input)
    if (input.kind === 'clock-jumped' || input.kind === 'machine-slept') distrustClock(core)
    if (input.kind !== 'machine-slept') return
    doubtClock(core)
    forgetHealth(core)
  }

  /** Everything that follows, and what follows from that, within the same input. */
  #settle(): void {
    const core = this.#core
    let steps = 0
    for (;;) {
      while (core.ended.length > 0) {
        const order = core.ended.pop()
        if (order === undefined) break
        endWithPieces(core, order)
        followReplaced(core, order)
      }
      const intentions = core.contingencies.settle(core.at, expiryAtOf(core))
      if (intentions.length === 0 && core.ended.length === 0) return
      for (const step of intentions) perform(core, step)
      steps += 1
      assert(steps < stepsMax, 'expected what follows from one input to come to an end')
    }
  }
}
