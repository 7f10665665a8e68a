import { amountFromRaw, createRandom } from '../../../src-main/base/index.ts'
import type { Random } from '../../../src-main/base/index.ts'
import type { ModeState, TradingCommand, VenueRequest } from '../../../src-main/domain/index.ts'
import { TradingEngine, usualTimings } from '../../../src-main/engine/index.ts'
import type { EngineSetup } from '../../../src-main/engine/index.ts'
import { SimExchange, venueCodes } from '../../../src-main/venues/sim/index.ts'
import type { ExchangeCall } from '../../../src-main/venues/sim/index.ts'
import { Court, createCheckers, Witness } from '../checkers/index.ts'
import type { Checker, EngineSight, Scene, SimEvent, SimInput, Violation } from '../checkers/index.ts'
import { Swarm } from '../faults/swarm.ts'
import { commandOf } from '../user/commands.ts'
import type { UserCommand } from '../user/commands.ts'
import { drawActions } from '../user/plan.ts'
import type { Action } from '../user/plan.ts'
import { TraceHash } from './canonical.ts'
import { drawMarkets, openingBalances } from './catalogue.ts'
import type { Market } from './catalogue.ts'
import { drawCrashes } from './crashes.ts'
import { createEngineSight } from './engine-sight.ts'
import { engineSettings, selfTradePolicies } from './engine-settings.ts'
import { exchangeBehaviour } from './exchange-behaviour.ts'
import { drawIncidents } from './incidents.ts'
import { readLines } from './journal-model.ts'
import { countPostings, Observed } from './observed.ts'
import type { TailFault } from './journal-model.ts'
import { Machine } from './machine.ts'
import { MarketLine } from './market-line.ts'
import type { CrashPoint, RunOptions } from './run-options.ts'
import { Schedule } from './schedule.ts'
import { Troubles } from './troubles.ts'
import { createVenueTruth } from './truth.ts'

/**
 * One seed: a market, a venue, a trader and everything that goes wrong, in virtual time. Nothing here reads a clock or draws chance
 * outside the seed, so the same options lead to the same run, byte for byte.
 */
export interface RunResult {
  readonly seed: number
  readonly intents: number
  readonly sends: number
  readonly fills: number
  readonly crashes: number
  readonly unknown: number
  readonly steps: number
  readonly faults: Readonly<Record<string, number>>
  readonly checks: Readonly<Record<string, number>>
  readonly violations: readonly Violation[]
  readonly traceHash: string
  readonly trace: readonly string[]
  readonly appends: number
  /** What the trader did, or was left out. */
  readonly actions: number
}

const startAt = Date.UTC(2026, 2, 2, 9, 0, 0)
const account = 'main'
const installation = 'a1b2c3d4e5f6'
const secret = 'key-9f3b71c2d8e64a05'
const stepsMax = 400_000
/** What the trader of an ordinary seed does before he has intended enough; crashes and incidents fall within it. */
export const usualActions = 240
const settleMaxMs = 400_000
/** For a program that does not come back: long enough for a sleep. */
const waitMaxMs = 30_000_000

export class World {
  readonly #options: RunOptions
  readonly #random: Random
  readonly #schedule: Schedule
  readonly #swarm: Swarm
  readonly #markets: readonly Market[]
  readonly #exchange: SimExchange
  readonly #court: Court
  readonly #hash = new TraceHash()
  readonly #line: MarketLine
  readonly #truth: ReturnType<typeof createVenueTruth>
  readonly #actions: readonly Action[]
  readonly #crashes: CrashPoint[]
  readonly #trace: string[] = []
  readonly #unknown = new Set<string>()
  readonly #observed: Observed
  readonly #intents = new Set<string>()
  #witness = new Witness()
  #checkers: readonly Checker[]
  #machine: Machine | undefined
  #latch: ModeState | undefined
  #live: SimEvent[] = []
  #lastCommand: TradingCommand | undefined
  readonly #troubles: Troubles
  #setup: EngineSetup
  #armed: CrashPoint | undefined
  #appendsLeft = 0
  #isDone = false
  #acted = 0
  #startedAt = 0
  #counts = { sends: 0, fills: 0, crashes: 0, steps: 0, appends: 0, tampered: 0 }

  constructor(options: RunOptions) {
    this.#options = options
    this.#random = createRandom(options.seed)
    const ties = this.#random.split('ties')
    this.#schedule = new Schedule(startAt, () => ties.nextUint32())
    this.#swarm = new Swarm(this.#random, options.without ?? new Set())
    this.#markets = drawMarkets(this.#random)
    this.#actions = drawActions(this.#random, options.actions, startAt + 12_000, 900)
    this.#crashes = [...(options.crashes ?? drawCrashes(this.#random, Math.min(options.actions, usualActions)))].sort((a, b) => a.afterAction - b.afterAction)
    this.#exchange = new SimExchange(exchangeBehaviour(this.#random, this.#swarm, this.#markets, startAt, account, openingBalances))
    this.#setup = engineSettings(installation, account, this.#markets, 'cancel-resting')
    this.#court = new Court(options.seed)
    this.#truth = createVenueTruth(this.#exchange, account, installation, () => this.#schedule.now)
    this.#checkers = createCheckers(this.#scene())
    this.#observed = new Observed(this.#swarm, this.#witness)
    this.#line = new MarketLine({ schedule: this.#schedule, now: () => this.#now(), deliver: (report) => this.#hear(report) })
    this.#troubles = new Troubles({
      account, schedule: this.#schedule, swarm: this.#swarm, markets: this.#markets, exchange: this.#exchange, line: this.#line, truth: this.#truth,
      machine: () => this.#machine, hear: (input) => this.#hear(input), sync: () => this.#sync(),
      changeSettings: (shape) => {
        this.#setup = engineSettings(installation, account, this.#markets, selfTradePolicies[Math.floor(shape * 4)] ?? 'cancel-new')
        this.#restart('whole', 0, 800)
      },
    })
  }

  run(): RunResult {
    // A lagging replica of the exchange shows nothing before the first movement of an account.
    this.#exchange.post(account, { reason: 'deposit', asset: 'USD', amount: amountFromRaw(1_000_000) })
    this.#runTo(startAt + 6_000)
    this.#start([], () => undefined)
    this.#tick()
    const lastAction = this.#actions[Math.min(this.#actions.length, usualActions) - 1]?.at ?? startAt
    this.#actFrom(0)
    for (const incident of drawIncidents(this.#random, this.#swarm, startAt + 20_000, lastAction)) this.#schedule.at(incident.at, () => this.#troubles.befall(incident))
    this.#everyMinute()
    this.#runTo(lastAction + 5_000)
    while (!this.#isDone && this.#schedule.now < lastAction + waitMaxMs) this.#runTo(this.#schedule.now + 1_000)
    this.#runTo(Math.max(this.#schedule.now, (this.#machine?.stalledUntil ?? 0) + 1_000))
    this.#heal()
    this.#settle()
    this.#judgeRest()
    return this.#result()
  }

  /** The program threw: that is a finding, whatever else was found. */
  failed(thrown: unknown): RunResult {
    const said = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)
    this.#court.check('throw', false, () => said.split('\n').slice(0, 6).join(' | '))
    return this.#result()
  }

  // --- time ---------------------------------------------------------------------------------------------------------------

  #now(): number {
    return Math.floor(this.#schedule.now) + this.#troubles.clockOffset
  }

  /** The exchange has a time line of its own: whatever is due first, there or here, happens first. */
  #runTo(until: number): void {
    for (;;) {
      const there = this.#exchange.nextAt()
      if (there <= until && there <= this.#schedule.nextAt) {
        this.#schedule.passTo(there)
        this.#sync()
      } else if (!this.#schedule.step(until)) break
      if (this.#counts.steps > stepsMax) throw new Error(`no end in sight after ${stepsMax} steps`)
    }
    this.#schedule.passTo(until)
    this.#sync()
  }

  /** What has come from the exchange by now is heard. */
  #sync(): void {
    for (const output of this.#exchange.advance(this.#schedule.now)) {
      if (output.kind === 'market') this.#line.pass(output.report)
      else if (output.kind === 'stream') {
        if (output.account === account) this.#machine?.stream.frame(output.sequence, output.body)
      } else {
        this.#watchAnswer(output.call, output.answer)
        this.#machine?.transport.answered(output.ticket, output.answer)
      }
    }
  }

  #tick(): void {
    this.#hear({ kind: 'time-passed', at: this.#now() })
    this.#schedule.after(1_000, () => this.#tick())
  }

  #everyMinute(): void {
    this.#machine?.stream.shake()
    // A trader who watches: what was reduced for a reason that is over is armed again.
    const mode = this.#witness.mode
    if (mode === 'reducing' || mode === 'halted') this.#command({ kind: 'resume-trading', at: this.#now(), reason: 'all is well', actor: 'hand', to: 'active' })
    this.#schedule.after(8_000, () => this.#everyMinute())
  }

  // --- the process --------------------------------------------------------------------------------------------------------

  /** `judge` looks at what the disk brought back, before anything follows from it. */
  #start(bodies: readonly string[], judge: () => void): void {
    this.#troubles.measureClock()
    this.#startedAt = this.#schedule.now
    const machine = new Machine({
      engine: this.#setup, schedule: this.#schedule, swarm: this.#swarm, exchange: this.#exchange, account, secret,
      clockOffset: () => this.#troubles.clockOffset, knownOffset: () => this.#troubles.knownOffset,
      gate: (call) => this.#troubles.gateAnswer(call), isDown: () => this.#troubles.isRestDown,
      keepLatch: (state) => { this.#latch = state },
      stepped: (input, events, requests) => this.#stepped(input, events, requests),
      left: (request, waitedMs) => this.#left(request, waitedMs),
      written: () => this.#written(),
      flushed: () => this.#crashIf('durable'),
      journalFailed: () => this.#schedule.after(2_000, () => this.#restart('lost')),
    }, bodies)
    this.#machine = machine
    judge()
    const left = this.#latch
    // It may crash with its first records: then the rest finds nobody.
    machine.hear({ kind: 'program-started', at: this.#now(), version: '0.1.0', ...(left === undefined ? {} : { left }) })
    machine.stream.connect()
    for (const { tradable } of this.#markets) {
      machine.hear({ kind: 'feed-judged', at: this.#now(), instrument: tradable.instrument.id, state: 'live' })
    }
  }

  #hear(input: SimInput): void {
    this.#machine?.hear(input)
  }

  #stepped(input: SimInput, events: readonly SimEvent[], requests: readonly { readonly kind: string }[]): void {
    this.#counts.steps += 1
    this.#court.step = this.#counts.steps
    this.#court.at = this.#schedule.now - startAt
    const isQuiet = events.length === 0 && requests.length === 0
    this.#observed.step(input, events)
    if (!isQuiet || input.kind !== 'quote-seen') this.#hash.add('in', input)
    for (const event of events) {
      this.#hash.add('event', event)
      this.#witness.read(event)
      this.#live.push(event)
      if (event.kind === 'order-intended') this.#intents.add(event.order)
      if (event.kind === 'order-filled') this.#counts.fills += 1
      if (event.kind === 'order-unknown') this.#unknown.add(event.order)
    }
    for (const request of requests) this.#hash.add('request', request)
    if (this.#options.traceMax !== undefined && (!isQuiet || !quietKinds.has(input.kind))) this.#note(input, events, requests)
    if (isQuiet && quietKinds.has(input.kind)) {
      for (const checker of this.#checkers) if (input.kind !== 'time-passed') checker.step?.({ input, events, requests })
      return
    }
    for (const checker of this.#checkers) checker.step?.({ input, events, requests })
  }

  #note(input: SimInput, events: readonly SimEvent[], requests: readonly { readonly kind: string }[]): void {
    this.#trace.push(`${this.#counts.steps} +${this.#schedule.now - startAt} in ${JSON.stringify(input).slice(0, 1_500)}`)
    for (const event of events) this.#trace.push(`    event ${JSON.stringify(event)}`)
    for (const request of requests) this.#trace.push(`    request ${JSON.stringify(request)}`)
    const most = this.#options.traceMax ?? 0
    if (this.#trace.length > most) this.#trace.splice(0, this.#trace.length - most)
  }

  #left(request: VenueRequest, waitedMs: number): void {
    this.#hash.add('left', request)
    if (request.kind === 'send-order') {
      this.#counts.sends += 1
      this.#observed.left(request.order)
    }
    const machine = this.#machine
    if (machine === undefined) return
    if (this.#options.traceMax !== undefined) this.#trace.push(`    left +${this.#schedule.now - startAt} ${request.kind} ${'order' in request ? request.order : ''}`)
    for (const checker of this.#checkers) {
      checker.left?.({ request, durableSequence: machine.disk.journal.durableSequence, sendEpoch: machine.engine.sendEpoch, waitedMs })
    }
    // The bytes are gone, and so is the process.
    if (request.kind === 'send-order') this.#schedule.after(0, () => this.#crashIf('left'))
  }

  // --- crashes ------------------------------------------------------------------------------------------------------------

  #written(): void {
    this.#counts.appends += 1
    if (this.#armed !== undefined) this.#appendsLeft -= 1
    this.#crashIf('written')
  }

  #crashIf(moment: CrashPoint['moment']): void {
    const armed = this.#armed
    if (armed === undefined || armed.moment !== moment || this.#appendsLeft > 0 || this.#swarm.isHealed) return
    this.#armed = undefined
    this.#counts.crashes += 1
    this.#swarm.struck('crash')
    this.#swarm.struck(`tail-${armed.tail}`)
    this.#restart(armed.tail, armed.tailAt, armed.downMs)
  }

  #restart(tail: TailFault, tailAt = 0.5, downMs = 1_500): void {
    const machine = this.#machine
    if (machine === undefined || machine.isGone) return
    machine.drop()
    this.#observed.forget()
    this.#machine = undefined
    const { journal } = machine.disk
    const text = journal.afterCrash(tail, tailAt)
    const durableCount = journal.durableCount
    // Once a run is enough: it reads everything.
    const noticed = journal.durableCount === 0 || this.#counts.tampered > 0 ? undefined : readLines(journal.tampered(tailAt)).bodies.length < durableCount
    if (noticed !== undefined) this.#counts.tampered += 1
    this.#compareReplay(machine, this.#live)
    this.#schedule.after(downMs, () => this.#recover(text, durableCount, noticed))
  }

  #recover(text: string, durableCount: number, noticedTampering: boolean | undefined): void {
    const { bodies } = readLines(text)
    const recovered = bodies.map((body) => JSON.parse(body) as SimEvent)
    const live = this.#live
    this.#live = [...recovered]
    this.#refold(recovered)
    if (this.#options.traceMax !== undefined) this.#trace.push(`--- restart: ${recovered.length} of ${live.length} records came back, ${durableCount} were durable`)
    this.#start(bodies, () => {
      for (const checker of this.#checkers) checker.recovered?.({ live, durableCount, recovered, noticedTampering })
    })
  }

  /** Checkers hold on to the witness, so it is emptied and read again. */
  #refold(events: readonly SimEvent[]): void {
    this.#witness.forget()
    for (const event of events) this.#witness.read(event)
  }

  #compareReplay(machine: Machine, events: readonly SimEvent[]): void {
    const again = new TradingEngine(this.#setup)
    for (const event of JSON.parse(JSON.stringify(events)) as readonly SimEvent[]) again.replay(event)
    this.#compareStates(machine.engine, again, 'the replay')
    if (!this.#swarm.isHealed) return
    const past = JSON.parse(JSON.stringify(machine.engine.snapshot())) as ReturnType<TradingEngine['snapshot']>
    this.#compareStates(machine.engine, new TradingEngine(this.#setup, past), 'a restored snapshot')
  }

  #compareStates(live: TradingEngine, other: TradingEngine, name: string): void {
    // Mostly equal as they stand; what only stands in another order is equal as well.
    if (JSON.stringify(live.snapshot()) === JSON.stringify(other.snapshot())) return this.#court.check('I16', true, () => '')
    const [here, there] = [createEngineSight(live).snapshotText(), createEngineSight(other).snapshotText()]
    this.#court.check('I16', here === there, () => `${name} differs from the live state at ${firstDifference(here, there)}`)
  }

  // --- the trader and the world -------------------------------------------------------------------------------------------

  #command(command: UserCommand): void {
    this.#hear(command)
  }

  /** One thing after the other; while the program is down or stands still, the trader waits. */
  #actFrom(index: number): void {
    const action = this.#actions[index]
    const { intents } = this.#options
    const isEnough = intents !== undefined && this.#intents.size >= intents && this.#crashes.length === 0 && this.#armed === undefined
    if (action === undefined || isEnough) {
      this.#isDone = true
      return
    }
    const due = action.at - (this.#actions[index - 1]?.at ?? startAt)
    this.#schedule.after(due, () => this.#tryTo(index, action))
  }

  #tryTo(index: number, action: Action): void {
    const isStarting = this.#witness.mode === 'starting' && this.#schedule.now - this.#startedAt < 60_000
    if (this.#machine === undefined || this.#machine.isStalled || isStarting) {
      return this.#schedule.after(500, () => this.#tryTo(index, action))
    }
    if (this.#options.skip?.has(action.number) !== true) this.#act(action)
    this.#acted = index + 1
    this.#actFrom(index + 1)
  }

  #act(action: Action): void {
    const next = this.#crashes[0]
    if (next !== undefined && next.afterAction <= action.number && this.#armed === undefined) {
      this.#armed = this.#crashes.shift()
      this.#appendsLeft = next.appends
    }
    const markets = this.#markets.filter(({ tradable }) => this.#line.quoteOf(tradable.instrument.id) !== undefined)
    if (markets.length === 0 || this.#machine === undefined) return
    const command = commandOf(action, {
      account, markets, now: this.#now(), live: [...this.#witness.live.values()], lastCommand: this.#lastCommand,
      quoteOf: (instrument) => this.#line.quoteOf(instrument) ?? { bid: 1, ask: 2 },
      positionOf: (instrument) => this.#witness.positionOf(instrument),
    })
    if (command === undefined) return
    if ('commandId' in command) this.#lastCommand = command
    this.#command(command)
  }

  #watchAnswer(call: ExchangeCall, answer: { readonly status: number; readonly code: number; readonly body?: { readonly kind: string } }): void {
    if (call.account !== account) return
    this.#court.check('I20', answer.status !== 429 && answer.status !== 418, () => `the venue turned ${call.kind} away for too many requests`)
    if (call.kind === 'cancel' && answer.code === venueCodes.cancelRejected.code) this.#swarm.struck('cancel-of-filled-refused')
  }

  // --- the end ------------------------------------------------------------------------------------------------------------

  #heal(): void {
    this.#swarm.heal()
    this.#troubles.heal()
    this.#line.heal()
    this.#armed = undefined
    this.#machine?.stream.heal()
    const ending = this.#random.split('ending').nextFloat53()
    // A third of the runs end in a kill, a third with all orders canceled, a third with what stands.
    this.#schedule.after(1_000, () => {
      if (ending < 0.3) this.#command({ kind: 'kill-trading', at: this.#now(), reason: 'enough', actor: 'hand' })
      else if (ending < 0.65) this.#command({ kind: 'cancel-all', commandId: 'the-end', at: this.#now(), account })
    })
  }

  /** Time passes until nothing has changed for a while and an epoch was clean; at most so long. */
  #settle(): void {
    const from = this.#schedule.now
    let [stillSince, seen] = [from, '']
    this.#runTo(from + 60_000)
    while (this.#schedule.now < from + settleMaxMs) {
      this.#runTo(this.#schedule.now + 1_000)
      const now = this.#fingerprint()
      if (now !== seen) {
        seen = now
        stillSince = this.#schedule.now
      }
      const isSettled = [...this.#witness.live.values()].every(({ status, cancel }) => status !== 'unknown' && status !== 'sending' && cancel !== 'sending' && cancel !== 'unknown')
      if (isSettled && this.#schedule.now - stillSince >= 8_000) return
    }
  }

  #fingerprint(): string {
    const { orders, trades } = this.#truth
    return `${orders().filter(({ status }) => status === 'open').length} ${orders().length} ${trades().length} ${this.#live.filter(({ kind }) => kind !== 'epoch-asked' && kind !== 'epoch-closed').length}`
  }

  #judgeRest(): void {
    const machine = this.#machine
    this.#court.check('I22', machine !== undefined, () => 'the program does not run at the end')
    if (machine === undefined) return
    for (const checker of this.#checkers) checker.quiet?.()
    this.#compareReplay(machine, this.#live)
  }

  #scene(): Scene {
    const machineSight = (): EngineSight => {
      const machine = this.#machine
      if (machine === undefined) throw new Error('expected a program that runs')
      return createEngineSight(machine.engine)
    }
    const limits = new Map(this.#markets.map(({ tradable, positionMax }) => [tradable.instrument.id, positionMax]))
    const { staleQuoteMs, receiveWindowMs, clockErrorMs, absenceMarginMs, lookupGapMs } = usualTimings
    return {
      court: this.#court, witness: this.#witness, truth: this.#truth, engine: machineSight, now: () => this.#schedule.now,
      facts: {
        account, tradables: this.#markets.map(({ tradable }) => tradable), staleQuoteMs, receiveWindowMs, clockErrorMs, absenceMarginMs, lookupGapMs, secret,
        positionMax: (instrument) => limits.get(instrument) ?? 0,
      },
    }
  }

  #result(): RunResult {
    const { seed } = this.#options
    const { sends, fills, crashes, steps, appends } = this.#counts
    return {
      seed, sends, fills, crashes, steps, appends, actions: this.#acted, intents: this.#intents.size, unknown: this.#unknown.size,
      faults: { ...Object.fromEntries(this.#swarm.counts), ...countPostings(this.#exchange.truth(account).postings) }, checks: Object.fromEntries(this.#court.counts), violations: this.#court.violations,
      traceHash: this.#hash.digest, trace: this.#trace,
    }
  }
}

const quietKinds: ReadonlySet<string> = new Set(['quote-seen', 'last-seen', 'mark-seen', 'time-passed'])

const firstDifference = (a: string, b: string): string => {
  let at = 0
  while (at < a.length && a[at] === b[at]) at += 1
  return `${at}: ${a.slice(Math.max(0, at - 60), at + 60)} | ${b.slice(Math.max(0, at - 20), at + 60)}`
}

