import type { Random } from '../../../base/index.ts'
import { chaosPresets } from '../../sim/index.ts'
import type { ChaosPresetName } from '../../sim/index.ts'
import type { FaultDice } from './fault-dice.ts'
import { faultMenu } from './fault-menu.ts'

/** How often the line's connections are shaken; a preset counts what befalls them per minute. */
export const shakePeriodMs = 5_000

/** Faults of these places strike at moments; all others at an opportunity. */
const momentary: ReadonlySet<string> = new Set(faultMenu.filter(({ place }) => place === 'connection' || place === 'incident').map(({ name }) => name))

/**
 * The weather between an engine and the paper venue: one of the house's presets, which a person may change at any time. Each fault
 * has a stream of chance of its own; what struck is counted over all weathers.
 */
export class Weather implements FaultDice {
  readonly #random: Random
  readonly #dice = new Map<string, Random>()
  readonly #counts = new Map<string, number>()
  #preset: ChaosPresetName = 'calm'

  constructor(random: Random) {
    this.#random = random.split('weather')
  }

  get preset(): ChaosPresetName {
    return this.#preset
  }

  get counts(): ReadonlyMap<string, number> {
    return this.#counts
  }

  become(preset: ChaosPresetName): void {
    this.#preset = preset
  }

  throws(name: string): boolean {
    const rate = chaosPresets[this.#preset].faults[name]
    if (rate === undefined) return false
    const chance = momentary.has(name) ? (rate * shakePeriodMs) / 60_000 : rate
    return this.#diceOf(name).nextFloat53() < chance
  }

  firstOf(names: readonly string[]): string | undefined {
    let first: string | undefined
    for (const name of names) if (this.throws(name)) first ??= name
    return first
  }

  shape(name: string): number {
    return this.#diceOf(name).nextFloat53()
  }

  struck(name: string): void {
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1)
  }

  #diceOf(name: string): Random {
    const known = this.#dice.get(name)
    if (known !== undefined) return known
    const made = this.#random.split(`fault.${name}`)
    this.#dice.set(name, made)
    return made
  }
}
