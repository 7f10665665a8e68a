import { amountFromRaw, createRandom } from '../../../src-main/base/index.ts'
import type { Random } from '../../../src-main/base/index.ts'
import type { ModeState, VenueRequest } from '../../../src-main/domain/index.ts'
import { usualTimings } from '../../../src-main/engine/index.ts'
import type { EngineSetup } from '../../../src-main/engine/index.ts'
import { SimExchange, venueCodes } from '../../../src-main/venues/sim/index.ts'
import type { ExchangeCall } from '../../../src-main/venues/sim/index.ts'
import { Schedule, Swarm, readReply } from '../../../src-main/venues/paper/index.ts'
import { MarketLine, readLines, tailFaults } from '../../../src-main/rehearsal/index.ts'
import type { TailFault } from '../../../src-main/rehearsal/index.ts'
import { Court, createCheckers, Witness } from '../checkers/index.ts'
import type { Checker, EngineSight, Scene, SimEvent, SimInput } from '../checkers/index.ts'
import { drawActions, drawLastBrackets, lastBatch } from '../user/plan.ts'
import type { Action } from '../user/plan.ts'
import { Breakdowns } from './breakdowns.ts'
import { drawMarkets, openingBalances } from './catalogue.ts'
import type { Market } from './catalogue.ts'
import { Counterparty } from './counterparty.ts'
import { drawCrashes } from './crashes.ts'
import { createEngineSight } from './engine-sight.ts'
import { engineSettings, ordersPerSecond, selfTradePolicies } from './engine-settings.ts'
import { exchangeBehaviour } from './exchange-behaviour.ts'
import { drawIncidents } from './incidents.ts'
import { Machine } from './machine.ts'
import { countPostings, Observed } from './observed.ts'
import { Recorder } from './recorder.ts'
import { checkReplay, checkSnapshot } from './replay-check.ts'
import type { RunOptions } from './run-options.ts'
import type { RunResult } from './run-result.ts'
import { Trader } from './trader.ts'
import { Troubles } from './troubles.ts'
import { createVenueTruth } from './truth.ts'

const startAt = Date.UTC(2026, 2, 2, 9, 0, 0)
const account = 'main'
const installation = 'a1b2c3d4e5f6'
const secret = 'key-9f3b71c2d8e64a05'
/** Far more than any run takes: what goes beyond is a loop that feeds itself. */
const stepsMax = 400_000
const sendsMax = 3_000
/** What the trader of an ordinary seed does before he has intended enough; crashes and incidents fall within it. */
export const usualActions = 240
const settleMaxMs = 400_000
/** Of what rests at the end a part is taken, and once more when what follows from it had its time; until so long after the last bracket. */
const takenEveryMs = 2_200
const takenAfterMs = 11_000
/** What is farther from the market is left alone: on the way there every stop would be met. */
const nearSteps = 6
/** For a program that does not come back: long enough for a sleep. */
const waitMaxMs = 30_000_000

/**
 * One seed: a market, a venue, a trader and everything that goes wrong, in virtual time. Nothing here reads a clock or draws chance
 * outside the seed, so the same options lead to the same run, byte for byte.
 */
export class World {
  readonly #options: RunOptions
  readonly #random: Random
  readonly #schedule: Schedule
  readonly #swarm: Swarm
  readonly #markets: readonly Market[]
  readonly #exchange: SimExchange
  readonly #court: Court
  readonly #recorder: Recorder
  readonly #line: MarketLine
  readonly #truth: ReturnType<typeof createVenueTruth>
  readonly #actions: readonly Action[]
  readonly #trader: Trader
  readonly #breakdowns: Breakdowns
  readonly #observed: Observed
  readonly #troubles: Troubles
  readonly #counterparty: Counterparty
  readonly #witness: Witness
  readonly #checkers: readonly Checker[]
  #machine: Machine | undefined
  #latch: ModeState | undefined
  #live: SimEvent[] = []
  #setup: EngineSetup
  #startedAt = 0
  #isTampered = false
  readonly #recovered = new Map<TailFault, number>()

  constructor(options: RunOptions) {
    this.#options = options
    this.#random = createRandom(options.seed)
    const ties = this.#random.split('ties')
    this.#schedule = new Schedule(startAt, () => ties.nextUint32())
    this.#swarm = new Swarm(this.#random, options.without ?? new Set())
    this.#markets = drawMarkets(this.#random)
    this.#witness = new Witness(this.#markets.map(({ tradable }) => tradable))
    this.#actions = drawActions(this.#random, options.actions, startAt + 12_000, 900)
    this.#recorder = new Recorder(options.traceMax)
    this.#breakdowns = new Breakdowns(options.crashes ?? drawCrashes(this.#random, Math.min(options.actions, usualActions)), this.#swarm, ({ tail, tailAt, downMs }) => {
      this.#recorder.crashes += 1
      this.#restart(tail, tailAt, downMs)
    })
    this.#exchange = new SimExchange(exchangeBehaviour(this.#random, this.#swarm, this.#markets, startAt, account, openingBalances))
    this.#counterparty = new Counterparty(this.#exchange)
    this.#setup = engineSettings(installation, account, this.#markets, 'cancel-resting')
    this.#court = new Court(options.seed)
    this.#truth = createVenueTruth(this.#exchange, account, installation, () => this.#schedule.now)
    this.#checkers = createCheckers(this.#scene())
    this.#observed = new Observed(this.#swarm, this.#witness)
    this.#line = new MarketLine({ schedule: this.#schedule, now: () => this.#now(), deliver: (report) => this.#hear(report) })
    this.#troubles = this.#createTroubles()
    this.#trader = this.#createTrader()
  }

  run(): RunResult {
    // A lagging replica of the exchange shows nothing before the first movement of an account.
    this.#exchange.post(account, { reason: 'deposit', asset: 'USD', amount: amountFromRaw(1_000_000) })
    this.#runTo(startAt + 6_000)
    this.#breakdowns.arm(-1)
    this.#start([], () => undefined)
    this.#tick()
    const lastAction = this.#actions[Math.min(this.#actions.length, usualActions) - 1]?.at ?? startAt
    this.#trader.begin()
    for (const incident of drawIncidents(this.#random, this.#swarm, startAt + 20_000, lastAction)) this.#schedule.at(incident.at, () => this.#troubles.befall(incident))
    this.#lookAround()
    this.#runTo(lastAction + 5_000)
    while (!this.#trader.isDone && this.#schedule.now < lastAction + waitMaxMs) this.#runTo(this.#schedule.now + 1_000)
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
      const { steps, sends } = this.#recorder
      if (steps > stepsMax || sends > sendsMax) throw new Error(`no end in sight after ${steps} steps and ${sends} sends`)
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

  #lookAround(): void {
    this.#machine?.stream.shake()
    // A trader who watches: what was reduced for a reason that is over is armed again.
    const mode = this.#witness.mode
    if (mode === 'reducing' || mode === 'halted') this.#hear({ kind: 'resume-trading', at: this.#now(), reason: 'all is well', actor: 'hand', to: 'active' })
    this.#schedule.after(8_000, () => this.#lookAround())
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
      heard: (call, raw) => {
        const told = { call, status: raw.kind === 'reply' ? raw.status : undefined, code: readReply(raw)?.code }
        for (const checker of this.#checkers) checker.answered?.(told)
      },
      written: () => {
        this.#recorder.appends += 1
        this.#breakdowns.written()
      },
      flushed: () => this.#breakdowns.passes('durable'),
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
    const recorder = this.#recorder
    recorder.steps += 1
    this.#court.step = recorder.steps
    this.#court.at = this.#schedule.now - startAt
    this.#observed.step(input, events)
    recorder.step(input, events, requests, this.#court.at)
    for (const event of events) {
      this.#witness.read(event)
      this.#live.push(event)
    }
    // That time passes is worth a look only when something followed.
    if (input.kind === 'time-passed' && recorder.isQuiet(input, events, requests)) return
    for (const checker of this.#checkers) checker.step?.({ input, events, requests })
  }

  #left(request: VenueRequest, waitedMs: number): void {
    this.#recorder.left(request, this.#schedule.now - startAt)
    if (request.kind === 'send-order') this.#observed.left(request.order)
    const machine = this.#machine
    if (machine === undefined) return
    for (const checker of this.#checkers) {
      checker.left?.({ request, durableSequence: machine.disk.journal.durableSequence, sendEpoch: machine.engine.sendEpoch, waitedMs, ...this.#expiryOf(request) })
    }
    // The bytes are gone, and so is the process.
    if (request.kind === 'send-order') this.#schedule.after(0, () => this.#breakdowns.passes('left'))
  }

  #expiryOf(request: VenueRequest): { readonly expiresAt?: number } {
    return request.kind === 'send-order' ? { expiresAt: request.validUntil - this.#troubles.knownOffset } : {}
  }

  // --- crashes ------------------------------------------------------------------------------------------------------------

  #restart(tail: TailFault, tailAt = 0.5, downMs = 1_500): void {
    const machine = this.#machine
    if (machine === undefined || machine.isGone) return
    machine.drop()
    this.#observed.forget()
    this.#machine = undefined
    const { journal } = machine.disk
    const text = journal.afterCrash(tail, tailAt)
    if (this.#options.isTailCompared === true) for (const other of tailFaults) this.#recovered.set(other, readLines(journal.afterCrash(other, tailAt)).bodies.length)
    const durableCount = journal.durableCount
    // Once a run is enough: it reads everything.
    const noticed = journal.durableCount === 0 || this.#isTampered ? undefined : readLines(journal.tampered(tailAt)).bodies.length < durableCount
    if (noticed !== undefined) this.#isTampered = true
    checkReplay(this.#court, this.#setup, machine.engine, this.#live)
    this.#schedule.after(downMs, () => this.#recover(text, durableCount, noticed))
  }

  #recover(text: string, durableCount: number, noticedTampering: boolean | undefined): void {
    const { bodies } = readLines(text)
    const recovered = bodies.map((body) => JSON.parse(body) as SimEvent)
    const live = this.#live
    this.#live = [...recovered]
    this.#refold(recovered)
    this.#recorder.note(() => `--- restart: ${recovered.length} of ${live.length} records came back, ${durableCount} were durable`)
    this.#start(bodies, () => {
      for (const checker of this.#checkers) checker.recovered?.({ live, durableCount, recovered, noticedTampering })
    })
  }

  /** Checkers hold on to the witness, so it is emptied and read again. */
  #refold(events: readonly SimEvent[]): void {
    this.#witness.forget()
    for (const event of events) this.#witness.read(event)
  }

  // --- the trader and the world -------------------------------------------------------------------------------------------

  #createTrader(): Trader {
    return new Trader({
      account, startAt, schedule: this.#schedule, actions: this.#actions, skip: this.#options.skip ?? new Set(), markets: this.#markets, line: this.#line, witness: this.#witness,
      now: () => this.#now(),
      isReady: () => {
        const isStarting = this.#witness.mode === 'starting' && this.#schedule.now - this.#startedAt < 60_000
        return this.#machine !== undefined && !this.#machine.isStalled && !isStarting
      },
      isEnough: () => this.#options.intents !== undefined && this.#recorder.intents.size >= this.#options.intents && this.#breakdowns.isOver,
      before: ({ number }) => this.#breakdowns.arm(number),
      command: (command) => this.#hear(command),
    })
  }

  #createTroubles(): Troubles {
    return new Troubles({
      account, schedule: this.#schedule, swarm: this.#swarm, markets: this.#markets, exchange: this.#exchange, line: this.#line, truth: this.#truth,
      machine: () => this.#machine, hear: (input) => this.#hear(input), sync: () => this.#sync(),
      changeSettings: (shape) => {
        this.#setup = engineSettings(installation, account, this.#markets, selfTradePolicies[Math.floor(shape * 4)] ?? 'cancel-new')
        this.#restart('whole', 0, 800)
      },
    })
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
    this.#breakdowns.disarm()
    this.#machine?.stream.heal()
    const ending = this.#random.split('ending').nextFloat53()
    // A third of the runs end in a kill, a third with all orders canceled, a third with what stands.
    this.#schedule.after(1_000, () => {
      if (ending < 0.3) {
        this.#trader.does(lastBatch(this.#random, this.#schedule.now))
        this.#hear({ kind: 'kill-trading', at: this.#now(), reason: 'enough', actor: 'hand' })
      }
      if (ending >= 0.3 && ending < 0.65) this.#hear({ kind: 'cancel-all', commandId: 'the-end', at: this.#now(), account })
    })
    if (ending >= 0.3) this.#placeLastBrackets()
  }

  /** What stands at the end shall have groups in it, some of them not filled in full. */
  #placeLastBrackets(): void {
    const beginAt = this.#schedule.now + 20_000
    const brackets = drawLastBrackets(this.#random, this.#markets.length, beginAt)
    for (const bracket of brackets) this.#schedule.at(bracket.at, () => this.#trader.does(bracket))
    const until = beginAt + brackets.length * 3_000 + takenAfterMs
    for (let at = beginAt + takenEveryMs; at < until; at += takenEveryMs) this.#schedule.at(at, () => this.#takeParts())
  }

  /** Entries and targets that rest are filled in part, with time for what follows before the next part. */
  #takeParts(): void {
    this.#sync()
    for (const order of this.#truth.orders()) {
      if (order.status !== 'open' || order.isExternal) continue
      const market = this.#markets.find(({ tradable }) => tradable.instrument.id === order.instrument)
      this.#counterparty.takePart(order, 0.3, (market?.stepTicks ?? 0) * nearSteps)
    }
    this.#sync()
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
    // Money that the venue has just moved is on its way to here.
    const postings = this.#exchange.truth(account).postings.length
    return `${postings} ${orders().filter(({ status }) => status === 'open').length} ${orders().length} ${trades().length} ${this.#live.filter(({ kind }) => kind !== 'epoch-asked' && kind !== 'epoch-closed').length}`
  }

  #judgeRest(): void {
    const machine = this.#machine
    this.#court.check('I22', machine !== undefined, () => 'the program does not run at the end')
    if (machine === undefined) return
    for (const checker of this.#checkers) checker.quiet?.()
    checkReplay(this.#court, this.#setup, machine.engine, this.#live)
    checkSnapshot(this.#court, this.#setup, machine.engine)
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
      isCalm: () => this.#swarm.isHealed,
      facts: {
        account, tradables: this.#markets.map(({ tradable }) => tradable), staleQuoteMs, receiveWindowMs, clockErrorMs, absenceMarginMs, lookupGapMs, secret, notFoundCode: venueCodes.notFound.code,
        positionMax: (instrument) => limits.get(instrument) ?? 0, ordersPerSecond,
      },
    }
  }

  #result(): RunResult {
    const { sends, fills, crashes, steps, appends, intents, unknown, trace, digest, marks } = this.#recorder
    return {
      seed: this.#options.seed, sends, fills, crashes, steps, appends, actions: this.#trader.acted, intents: intents.size, unknown: unknown.size,
      faults: { ...Object.fromEntries(this.#swarm.counts), ...countPostings(this.#exchange.truth(account).postings) }, checks: Object.fromEntries(this.#court.counts),
      violations: this.#court.violations, traceHash: digest, marks, trace, moments: this.#breakdowns.passed,
      recovered: this.#recovered,
    }
  }
}
