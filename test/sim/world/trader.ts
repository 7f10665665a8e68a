import type { TradingCommand } from '../../../src-main/domain/index.ts'
import type { Schedule } from '../../../src-main/venues/paper/index.ts'
import type { Witness } from '../checkers/index.ts'
import { commandOf } from '../user/commands.ts'
import type { UserCommand } from '../user/commands.ts'
import type { Action } from '../user/plan.ts'
import type { Market } from './catalogue.ts'
import type { MarketLine } from '../../../src-main/rehearsal/index.ts'

/** Does what was drawn for him, one thing after the other; while the program is down or stands still, he waits. */
export interface TraderSetup {
  readonly schedule: Schedule
  readonly actions: readonly Action[]
  readonly skip: ReadonlySet<number>
  readonly account: string
  readonly markets: readonly Market[]
  readonly line: MarketLine
  readonly witness: Witness
  readonly startAt: number
  /** By the clock of the machine. */
  readonly now: () => number
  readonly isReady: () => boolean
  readonly isEnough: () => boolean
  /** Told before each thing that he does. */
  readonly before: (action: Action) => void
  readonly command: (command: UserCommand) => void
}

/** Twenty minutes. */
const triesMax = 2_400

export class Trader {
  readonly #setup: TraderSetup
  #lastCommand: TradingCommand | undefined
  #acted = 0
  #isDone = false
  #tries = 0

  constructor(setup: TraderSetup) {
    this.#setup = setup
  }

  get isDone(): boolean {
    return this.#isDone
  }

  /** How many things he did, or left out. */
  get acted(): number {
    return this.#acted
  }

  begin(): void {
    this.#actFrom(0)
  }

  /** What he does beyond what was drawn. */
  does(action: Action): void {
    this.#act(action)
  }

  #actFrom(index: number): void {
    const { actions, schedule, startAt, isEnough } = this.#setup
    const action = actions[index]
    if (action === undefined || isEnough()) {
      this.#isDone = true
      return
    }
    const due = action.at - (actions[index - 1]?.at ?? startAt)
    schedule.after(due, () => this.#tryTo(index, action))
  }

  #tryTo(index: number, action: Action): void {
    if (!this.#setup.isReady() || this.#waitsForResume(action)) return this.#setup.schedule.after(500, () => this.#tryTo(index, action))
    this.#tries = 0
    if (!this.#setup.skip.has(action.number)) {
      this.#setup.before(action)
      // He halts because of what he has just done, so some of it is on its way.
      if (action.kind === 'halt' && (action.dice[0] ?? 0) < 0.7) this.#act({ ...action, number: action.number + 0.5, kind: 'batch' })
      this.#act(action)
    }
    this.#acted = index + 1
    this.#actFrom(index + 1)
  }

  /** While all is halted he tries a thing now and then, and keeps most for when it is over, as long as that can be hoped for. */
  #waitsForResume({ dice }: Action): boolean {
    this.#tries += 1
    return this.#setup.witness.mode === 'halted' && (dice[11] ?? 0) > 0.3 && this.#tries < triesMax
  }

  #act(action: Action): void {
    const { line, account, witness, now, isReady } = this.#setup
    const markets = this.#setup.markets.filter(({ tradable }) => line.quoteOf(tradable.instrument.id) !== undefined)
    if (markets.length === 0 || !isReady()) return
    const command = commandOf(action, {
      account, markets, now: now(), live: [...witness.live.values()], lastCommand: this.#lastCommand,
      quoteOf: (instrument) => line.quoteOf(instrument) ?? { bid: 1, ask: 2 },
      positionOf: (instrument) => witness.positionOf(instrument),
    })
    if (command === undefined) return
    if ('commandId' in command) this.#lastCommand = command
    this.#setup.command(command)
  }
}
