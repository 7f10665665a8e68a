import type { Random } from '../../../base/index.ts'
import type { FaultDice } from './fault-dice.ts'
import { faultMenu } from './fault-menu.ts'
import type { FaultPlace } from './fault-menu.ts'

/**
 * The faults of one run. A seed draws which ones can strike at all and how often each does, so that some runs are nearly calm and
 * others combine what rarely meets. Each fault has a stream of chance of its own: one more fault never changes when another strikes.
 */
export class Swarm implements FaultDice {
  readonly #dice = new Map<string, { readonly random: Random; readonly rate: number; readonly place: FaultPlace }>()
  readonly #counts = new Map<string, number>()
  #isHealed = false

  constructor(random: Random, without: ReadonlySet<string>) {
    const drawn = random.split('swarm')
    const share = 0.15 + 0.6 * drawn.nextFloat53()
    const heat = 0.3 + 1.2 * drawn.nextFloat53()
    for (const { name, place, rate } of faultMenu) {
      const [isIn, level] = [drawn.nextFloat53() < share, drawn.nextFloat53()]
      if (!isIn || without.has(name)) continue
      this.#dice.set(name, { random: random.split(`fault.${name}`), rate: Math.min(1, rate * heat * (0.3 + level)), place })
    }
  }

  /** From now on nothing strikes any more. */
  heal(): void {
    this.#isHealed = true
  }

  get isHealed(): boolean {
    return this.#isHealed
  }

  isEnabled(name: string): boolean {
    return !this.#isHealed && this.#dice.has(name)
  }

  enabledAt(place: FaultPlace): readonly string[] {
    return [...this.#dice].flatMap(([name, dice]) => (dice.place === place ? [name] : []))
  }

  rateOf(name: string): number {
    return this.#dice.get(name)?.rate ?? 0
  }

  /** Throws the dice of one fault. Whoever is told `true` makes it happen and says so with `struck`. */
  throws(name: string): boolean {
    const dice = this.#dice.get(name)
    if (dice === undefined || this.#isHealed) return false
    return dice.random.nextFloat53() < dice.rate
  }

  /** The first of these that strikes; each is thrown, so that each keeps its own pace. */
  firstOf(names: readonly string[]): string | undefined {
    let first: string | undefined
    for (const name of names) if (this.throws(name)) first ??= name
    return first
  }

  /** A number in [0, 1) for how a fault strikes. */
  shape(name: string): number {
    return this.#dice.get(name)?.random.nextFloat53() ?? 0.5
  }

  struck(name: string): void {
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1)
  }

  get counts(): ReadonlyMap<string, number> {
    return this.#counts
  }
}
