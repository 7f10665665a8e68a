import type { NotionalScale } from '../../../base/index.ts'
import { averagePrice, shareOf, worth } from './exact-money.ts'

/** A position as it is kept: what is open, and which way. */
export interface PositionParts {
  readonly sign: 1 | -1
  readonly parts: readonly { readonly lots: number; readonly cost: number }[]
}

interface OpenPart {
  lots: number
  cost: number
}

/**
 * A contract position: signed lots and what they cost, as one average or as parts that are released first in, first out. A fill
 * against it releases cost in the proportion of its lots, and what rounding leaves stays with the rest.
 */
export class VenuePositionBook {
  readonly #scale: NotionalScale
  readonly #isAverage: boolean
  #parts: OpenPart[] = []
  #sign: 1 | -1 = 1

  constructor(scale: NotionalScale, lots: 'fifo' | 'average') {
    this.#scale = scale
    this.#isAverage = lots === 'average'
  }

  kept(): PositionParts {
    return { sign: this.#sign, parts: this.#parts.map((part) => ({ ...part })) }
  }

  restore({ sign, parts }: PositionParts): void {
    this.#sign = sign
    this.#parts = parts.map((part) => ({ ...part }))
  }

  /** Signed. */
  get lots(): number {
    return this.#sign * this.#parts.reduce((sum, part) => sum + part.lots, 0)
  }

  /** Of all that is open, unsigned. */
  get cost(): number {
    return this.#parts.reduce((sum, part) => sum + part.cost, 0)
  }

  get entryPrice(): number | undefined {
    const lots = Math.abs(this.lots)
    return lots === 0 ? undefined : averagePrice(this.cost, lots, this.#scale)
  }

  /** The profit that a fill realises; a fill that goes through zero closes all and opens the other way with the rest. */
  fill(isBuy: boolean, price: number, lots: number): number {
    const direction = isBuy ? 1 : -1
    let left = lots
    let realised = 0
    while (left > 0 && this.#parts.length > 0 && this.#sign !== direction) {
      const part = this.#parts[0] as OpenPart
      const closed = Math.min(left, part.lots)
      const released = shareOf(part.cost, closed, part.lots)
      realised += this.#sign * (worth(price, closed, this.#scale) - released)
      part.lots -= closed
      part.cost -= released
      if (part.lots === 0) this.#parts.shift()
      left -= closed
    }
    if (left > 0) this.#open(direction, left, worth(price, left, this.#scale))
    return realised
  }

  /** What closing it at this price would bring. */
  unrealised(price: number): number {
    const lots = this.lots
    return lots === 0 ? 0 : Math.sign(lots) * (worth(price, Math.abs(lots), this.#scale) - this.cost)
  }

  #open(direction: 1 | -1, lots: number, cost: number): void {
    this.#sign = direction
    const first = this.#parts[0]
    if (this.#isAverage && first !== undefined) {
      first.lots += lots
      first.cost += cost
    } else this.#parts.push({ lots, cost })
  }
}
