import type { Random } from '../base/index.ts'

/** For each group of records that goes to the disk. */
const rates: Readonly<Record<string, number>> = { 'slow-disk': 0.002, 'disk-full': 0.0004 }

/** When the disk does not do as it should; what struck is counted with everything else that did. */
export class DiskDice {
  readonly #streams: ReadonlyMap<string, Random>
  readonly #struck: (name: string) => void
  #isHealed = false

  constructor(random: Random, struck: (name: string) => void) {
    this.#streams = new Map(Object.keys(rates).map((name) => [name, random.split(name)]))
    this.#struck = struck
  }

  heal(): void {
    this.#isHealed = true
  }

  throws(name: string): boolean {
    const stream = this.#streams.get(name)
    return stream !== undefined && stream.nextFloat53() < (rates[name] ?? 0) && !this.#isHealed
  }

  shape(name: string): number {
    return this.#streams.get(name)?.nextFloat53() ?? 0.5
  }

  struck(name: string): void {
    this.#struck(name)
  }
}
