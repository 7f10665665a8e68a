import { amountFromRaw, createRandom, rawOf, type Random } from '../base/index.ts'
import { paperTrading } from '../trading-setup/index.ts'
import { Schedule } from '../venues/paper/index.ts'
import type { EngineSetup } from '../engine/index.ts'
import type { AccountTruth } from '../venues/sim/index.ts'
import { differencesOf, equityOf, residualsOf } from './accounts-check.ts'
import { Breakdown } from './breakdown.ts'
import { DiskDice } from './disk-dice.ts'
import { MachineClock } from './machine-clock.ts'
import { MarketLine } from './market-line.ts'
import { ModeTimes } from './mode-times.ts'
import { drawCrash, drawMishaps, drawWeather, type Mishap } from './month-plan.ts'
import type { MonthResult } from './month-result.ts'
import { Program, type Disks } from './program.ts'
import { noBytes } from './rehearsal-journal.ts'
import { RobotCrew } from './robot-crew.ts'
import { Tally } from './tally.ts'
import { VenueProcess } from './venue-process.ts'

const startAt = Date.UTC(2026, 2, 2)
const dayMs = 86_400_000
const hourMs = 3_600_000
/** Updates of each instrument per second: enough that its best prices move, and little enough for a month. */
const intensity = 1
const robotsEveryMs = 60_000
const windDownMs = 15 * 60_000
const homeEveryMs = 20_000
const installation = '5e2d90b7c1a4'

/**
 * A month of the real program on the house's exchange, in virtual time: it trades, breaks off in the middle of what it does, sleeps,
 * loses its lines and its clock, and comes back by itself. Nothing here reads a clock or draws chance outside the seed, so the same
 * seed leads to the same month.
 */
export class Month {
  readonly #days: number
  readonly #seed: number
  readonly #schedule: Schedule
  readonly #setup: EngineSetup
  readonly #account: string
  readonly #venue: VenueProcess
  readonly #clock: MachineClock
  readonly #market: MarketLine
  readonly #crashes: Random
  readonly #dice: DiskDice
  readonly #tally = new Tally()
  readonly #modes = new ModeTimes(startAt, 'not started yet')
  readonly #disks: Disks = { bytes: noBytes, snapshot: undefined, latch: undefined }
  readonly #struck = new Map<string, number>()
  readonly #breakdown = new Breakdown()
  readonly #endAt: number
  readonly #equityAtStart: number
  #program: Program | undefined
  #crew: RobotCrew | undefined
  #broken: unknown
  #quotes = 0
  #commands = 0
  #crashCount = 0
  #isHome = false

  constructor(days: number, seed: number) {
    this.#days = days
    this.#seed = seed
    const random = createRandom(seed).split('month')
    const ties = random.split('ties')
    this.#schedule = new Schedule(startAt, () => ties.nextUint32())
    this.#endAt = startAt + days * dayMs
    this.#crashes = random.split('crashes')
    this.#dice = new DiskDice(random.split('disk'), (name) => this.#strike(name))
    const { setup, accounts } = paperTrading()
    this.#setup = { ...setup, installation }
    this.#account = accounts[0]?.id ?? 'paper'
    this.#clock = new MachineClock({
      schedule: this.#schedule, seed, startAt, intensity, changed: (pace) => this.#venue.now.follow(pace),
    })
    const around = { schedule: this.#schedule, wallMs: () => this.#clock.wallMs() }
    this.#market = new MarketLine({
      schedule: this.#schedule, now: () => this.#clock.wallMs(),
      deliver: (report) => {
        if (this.#program?.price(report) === true && report.kind === 'quote-seen') this.#quotes += 1
      },
    })
    this.#venue = new VenueProcess({ ...around, pace: () => this.#clock.pace(), installation, accounts, onMarket: (report) => this.#market.pass(report) })
    this.#equityAtStart = rawOf(accounts[0]?.balances.find(({ asset }) => asset === setup.reportingAsset)?.amount ?? amountFromRaw(0))
    this.#layPlan(random)
    this.#begin()
  }

  get endAt(): number {
    return this.#endAt
  }

  get now(): number {
    return this.#schedule.now
  }

  get crashes(): number {
    return this.#crashCount
  }

  get orders(): number {
    return this.#tally.orders
  }

  advanceTo(at: number): void {
    while (this.#schedule.step(at)) if (this.#broken !== undefined) throw this.#broken
    this.#schedule.passTo(at)
  }

  result(): MonthResult {
    const [tally, modes] = [this.#tally, this.#modes]
    modes.close(this.now)
    const engine = this.#program?.runtime.trading
    const truth = this.#venue.now.truth(this.#account)
    const byKind = this.#faults()
    const residuals = engine === undefined ? [] : residualsOf(engine, this.#account, truth)
    const venueSums = this.#venue.now.ledgerSums()
    const differences = engine === undefined
      ? ['the program is down']
      : differencesOf({ engine, account: this.#account, truth, venueSums, positions: tally.positions })
    const active = modes.modes.get('active') ?? 0
    const stopped = this.#program?.runtime.mode === 'active' ? 0 : 1
    return {
      days: this.#days, seed: this.#seed, quotes: this.#quotes, orders: tally.orders, refused: tally.refused, fills: tally.fills,
      faults: { total: Object.values(byKind).reduce((sum, count) => sum + count, 0), byKind },
      crashes: this.#crashCount, unknownOpened: tally.unknownOpened, unknownResolved: tally.unknownResolved,
      manualSteps: tally.stuck + stopped,
      breaksSeen: tally.breaksSeen, stuckSeen: tally.stuckSeen,
      differences: [...differences, ...tally.openBreaks, ...(this.#isHome ? [] : ['the robots could not come home'])],
      modeMs: Object.fromEntries([...modes.modes].sort()), activeShare: active / (this.now - startAt), exceptions: modes.spells,
      residuals, isBalanced: engine !== undefined && residuals.every(({ amount }) => amount === 0),
      equity: { start: this.#equityAtStart, end: this.#equity(truth), currency: this.#setup.reportingAsset },
      traceHash: this.#traceHash(byKind, truth),
    }
  }

  // --- the plan

  #layPlan(random: Random): void {
    for (const { at, weather } of drawWeather(random, startAt, this.#days)) {
      this.#schedule.at(at, () => this.#venue.become(weather))
    }
    for (const mishap of drawMishaps(random, startAt, this.#days)) {
      this.#schedule.at(mishap.at, () => this.#befall(mishap))
    }
    this.#robotsAgain()
    this.#schedule.at(this.#endAt - windDownMs, () => this.#windDown())
    this.#hourAgain()
  }

  #hourAgain(): void {
    this.#schedule.after(hourMs, () => {
      const { mode } = this.#program?.runtime ?? { mode: 'down' }
      this.#tally.hash.add('hour', [this.now, this.#quotes, mode, this.#venue.now.truth(this.#account).balances])
      this.#hourAgain()
    })
  }

  #windDown(): void {
    this.#breakdown.disarm()
    this.#venue.become('calm')
    this.#market.heal()
    this.#dice.heal()
    this.#clock.setRight()
    this.#crew = undefined
    this.#goHomeAgain()
  }

  #goHomeAgain(): void {
    this.#schedule.after(homeEveryMs, () => {
      const program = this.#program
      const engine = program?.runtime.trading
      if (program !== undefined && engine !== undefined && !program.isDeaf) {
        this.#isHome = this.#newCrew(program).goHome(engine, this.#setup.tradables)
      }
      this.#goHomeAgain()
    })
  }

  // --- the program

  #begin(): void {
    const program = new Program({
      schedule: this.#schedule, setup: this.#setup, disks: this.#disks, dice: this.#dice, tally: this.#tally, venue: () => this.#venue.now,
      clockOffset: () => this.#clock.offset,
      passes: (moment) => this.#breakdown.passes(moment),
      broken: (error) => { this.#broken = error },
      modeChanged: ({ mode, reason }) => this.#modes.become(mode, reason, this.now),
    })
    this.#program = program
    this.#modes.become(program.runtime.mode, program.runtime.state.reason, this.now)
    for (const { instrument } of this.#setup.tradables) {
      program.price({ kind: 'feed-judged', at: this.#clock.wallMs(), instrument: instrument.id, state: 'live' })
    }
    if (this.now < this.#endAt - windDownMs) this.#crew = this.#newCrew(program)
  }

  #newCrew(program: Program): RobotCrew {
    return new RobotCrew({
      account: this.#account, market: this.#market, now: () => program.wallMs(),
      nextCommand: () => {
        this.#commands += 1
        return `robot-${this.#commands}`
      },
      submit: (command) => program.runtime.submit(command),
    })
  }

  #robotsAgain(): void {
    this.#schedule.after(robotsEveryMs, () => {
      const engine = this.#program?.runtime.trading
      const isAwake = this.#program?.isDeaf === false && this.#program.runtime.mode === 'active'
      if (engine !== undefined && isAwake) this.#crew?.look(engine)
      this.#robotsAgain()
    })
  }

  #crash(): void {
    const program = this.#program
    if (program === undefined) return
    const { tail, tailAt, downMs } = drawCrash(this.#crashes)
    this.#crashCount += 1
    this.#strike('crash')
    this.#strike(`tail-${tail}`)
    program.breakOff(tail, tailAt)
    this.#program = undefined
    this.#crew = undefined
    this.#modes.become('down', 'after a crash', this.now)
    this.#tally.hash.add('crash', [this.now, tail])
    this.#schedule.after(downMs, () => this.#begin())
  }

  // --- what befalls it

  #befall(mishap: Mishap): void {
    const { name, shape } = mishap
    const program = this.#program
    // It lies down already: what was to befall it does so when it stands again.
    if (program === undefined || program.isDeaf) return this.#schedule.after(60_000, () => this.#befall(mishap))
    if (this.now > this.#endAt - windDownMs) return
    if (name === 'crash') {
      const { appends, moment } = drawCrash(this.#crashes)
      return this.#breakdown.arm(appends, moment, () => this.#crash())
    }
    this.#strike(name)
    switch (name) {
      case 'clock-forward-1h': return this.#clock.leap(hourMs, 600_000 * (0.2 + shape))
      case 'clock-back-1h': return this.#clock.leap(-hourMs, 600_000 * (0.2 + shape))
      case 'clock-step-back': return this.#clock.leap(-Math.floor(1_500 + 3_000 * shape), 300_000)
      case 'loop-stall-5s': return program.stall(Math.floor(5_200 + 8_000 * shape))
      case 'machine-sleep-20min': return program.sleep(Math.floor(1_200_000 * (0.3 + shape)), shape < 0.5)
      case 'one-symbol-dead': return this.#market.befall('dead', this.#instrumentAt(shape), 60_000, (shape * 7) % 1)
      case 'crossed-book': return this.#market.befall('crossed', this.#instrumentAt(shape), 20_000, (shape * 7) % 1)
      case 'frozen-timestamps': return this.#market.befall('frozen', this.#instrumentAt(shape), 40_000, (shape * 7) % 1)
      case 'venue-restart':
        this.#venue.restart()
        return program.line.renew('the venue ended')
    }
  }

  #equity(truth: AccountTruth): number {
    return equityOf(truth, this.#setup, (instrument) => this.#market.quoteOf(instrument)?.bid)
  }

  #instrumentAt(shape: number): string {
    const { tradables } = this.#setup
    return tradables[Math.floor(shape * tradables.length)]?.instrument.id ?? ''
  }

  #strike(name: string): void {
    this.#struck.set(name, (this.#struck.get(name) ?? 0) + 1)
  }

  #faults(): Readonly<Record<string, number>> {
    const all = new Map(this.#struck)
    for (const [name, count] of this.#venue.struck()) all.set(name, (all.get(name) ?? 0) + count)
    return Object.fromEntries([...all].sort(([a], [b]) => (a < b ? -1 : 1)))
  }

  #traceHash(faults: Readonly<Record<string, number>>, truth: AccountTruth): string {
    this.#tally.hash.add('end', [faults, truth.balances, truth.positions, this.#quotes])
    return this.#tally.hash.digest
  }
}
