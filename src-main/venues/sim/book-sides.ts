import { assert } from '../../base/index.ts'
import type { DemoInstrument } from './demo-instruments.ts'
import type { Noise } from './noise.ts'

/** Tells that the size at a price of a side is now this; 0 takes the price out. */
export type TellLevel = (isBid: boolean, price: number, size: number) => void

/** How many prices each side has between two steps of the book. */
export const bookDepth = 20

/** One side of a book, best price first. `towards` is +1 where deeper is higher: for asks. */
interface Side {
  readonly isBid: boolean
  readonly towards: 1 | -1
  readonly prices: number[]
  readonly sizes: number[]
}

/**
 * The book of one demo instrument as the market's makers keep it.
 * Invariants: 1 no bid is at or over an ask, after each single change told; 2 no side is ever empty; 3 a trade prints at the
 * best price of the side it takes from, and never for more than is shown there.
 */
export class BookSides {
  readonly bids: Side = { isBid: true, towards: -1, prices: [], sizes: [] }
  readonly asks: Side = { isBid: false, towards: 1, prices: [], sizes: [] }
  readonly #traits: DemoInstrument
  #noise: Noise
  #tell: TellLevel

  constructor(traits: DemoInstrument, noise: Noise, tell: TellLevel) {
    this.#traits = traits
    this.#noise = noise
    this.#tell = tell
  }

  /** Each minute has its own stream, so that the numbers of one never depend on how many were drawn in another. */
  use(noise: Noise): void {
    this.#noise = noise
  }

  /** A new book around a price, told by nobody. */
  start(around: number): void {
    const tell = this.#tell
    this.#tell = () => {}
    for (const side of [this.bids, this.asks]) {
      side.prices.length = 0
      side.sizes.length = 0
    }
    const spread = this.#spread()
    const bid = Math.max(bookDepth, around - Math.floor(spread / 2))
    this.#insert(this.bids, bid)
    this.#insert(this.asks, bid + spread)
    this.#refill(this.bids)
    this.#refill(this.asks)
    this.#tell = tell
  }

  /** Moves the book so that this trade is possible, lets `print` tell it, and takes its size out. */
  trade(isBuyer: boolean, price: number, size: number, print: () => void): void {
    const side = isBuyer ? this.asks : this.bids
    this.#bringBestTo(side, price)
    const shown = side.sizes[0] as number
    if (shown < size) this.#resize(side, 0, size + this.#size(0))
    print()
    const left = (side.sizes[0] as number) - size
    if (left > 0) this.#resize(side, 0, left)
    else {
      if (side.prices.length === 1) this.#addDeeper(side)
      this.#remove(side, 0)
    }
    this.#narrow(isBuyer ? this.bids : this.asks)
    this.#refill(this.bids)
    this.#refill(this.asks)
  }

  /** A small thing that makers do between trades: mostly another size, at times another price. */
  stir(): void {
    const noise = this.#noise
    const kind = noise.uniform()
    const side = noise.uniform() < 0.5 ? this.bids : this.asks
    if (kind < 0.015) this.#remove(side, 0)
    else if (kind < 0.065) this.#insertWithin(side, noise.below(bookDepth - 1))
    else if (kind > 0.165 || !this.#narrow(side)) this.#resizeSome(side)
    this.#refill(side)
  }

  #resizeSome(side: Side): void {
    // The first prices are busier than the deep ones.
    const index = Math.floor(side.prices.length * this.#noise.uniform() * this.#noise.uniform())
    const size = this.#size(index)
    this.#resize(side, index, size === side.sizes[index] ? size + 1 : size)
  }

  #bringBestTo(side: Side, price: number): void {
    const other = side === this.bids ? this.asks : this.bids
    const isBeyond = (at: number): boolean => (at - price) * other.towards <= 0
    // Room first: the other side steps back before this one comes nearer, and is never left without a price.
    if (isBeyond(other.prices[other.prices.length - 1] as number)) this.#insert(other, price + other.towards * this.#spread())
    while (isBeyond(other.prices[0] as number)) this.#remove(other, 0)
    if (!side.prices.includes(price)) this.#insert(side, price)
    while (side.prices[0] !== price) this.#remove(side, 0)
  }

  /** A maker improves this side's price where the spread is wider than it should be; false where it is not. */
  #narrow(side: Side): boolean {
    const other = side === this.bids ? this.asks : this.bids
    const wanted = (other.prices[0] as number) + side.towards * this.#spread()
    if (wanted < 1 || (wanted - (side.prices[0] as number)) * side.towards >= 0) return false
    this.#insert(side, wanted)
    return true
  }

  #insertWithin(side: Side, index: number): void {
    const near = side.prices[index] as number
    const room = Math.abs((side.prices[index + 1] ?? near) - near)
    if (room > 1) this.#insert(side, near + side.towards * (1 + this.#noise.below(room - 1)))
    else this.#resizeSome(side)
  }

  #refill(side: Side): void {
    while (side.prices.length < bookDepth && this.#addDeeper(side));
    while (side.prices.length > bookDepth) this.#remove(side, side.prices.length - 1)
  }

  /** False where a bid could only go below the lowest price there is. */
  #addDeeper(side: Side): boolean {
    const last = side.prices[side.prices.length - 1] as number
    const price = last + side.towards * this.#gap()
    if (price < 1) return false
    this.#insert(side, price)
    return true
  }

  #insert(side: Side, price: number): void {
    let index = 0
    while (index < side.prices.length && (price - (side.prices[index] as number)) * side.towards > 0) index += 1
    assert(side.prices[index] !== price, 'expected a price that the book has not yet')
    const size = this.#size(index)
    side.prices.splice(index, 0, price)
    side.sizes.splice(index, 0, size)
    this.#tell(side.isBid, price, size)
  }

  #resize(side: Side, index: number, size: number): void {
    if (side.sizes[index] === size) return
    side.sizes[index] = size
    this.#tell(side.isBid, side.prices[index] as number, size)
  }

  #remove(side: Side, index: number): void {
    const [price] = side.prices.splice(index, 1)
    side.sizes.splice(index, 1)
    this.#tell(side.isBid, price as number, 0)
  }

  /** At least a tick; mostly near the target, now and then much more. */
  #spread(): number {
    return 1 + Math.floor((this.#traits.spreadTicks - 0.5) * (0.7 * this.#noise.exponential() + 0.9 * this.#noise.uniform()))
  }

  #gap(): number {
    return 1 + Math.floor((this.#traits.gapTicks - 0.5) * this.#noise.exponential())
  }

  #size(index: number): number {
    return 1 + Math.floor(this.#traits.depthLots * (1 + 0.08 * index) * (0.25 + 0.75 * this.#noise.exponential()))
  }
}
