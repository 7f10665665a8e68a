import { divideHalfEven } from './rounding.ts'

/**
 * What is held of one coin in several pairs, told from the list of all that happened, each time anew. It shares nothing with what it judges.
 * Rules that it takes for granted: a coin belongs to the pair in which it was bought; what a pair sells beyond its own comes from the other pairs in
 * their order, and there the oldest first; a fee in the coin is taken from the pair that traded; what comes without a trade belongs to the first pair, and
 * costs what the next trade in that pair pays; the money of a trade is price times lots, rounded half to even once, and each part of it its share, rounded
 * half to even, first that of the other pairs, then that of what is closed. Where something is owed instead of held, all of it is the other way round.
 */
export interface OraclePair {
  readonly numerator: bigint
  readonly denominator: bigint
  readonly unitsPerLot: bigint
}

export interface OracleCoinTrade {
  readonly kind: 'trade'
  readonly pair: number
  readonly side: 'buy' | 'sell'
  readonly lots: bigint
  readonly price: bigint
  /** Taken in the coin itself; below zero it was given. */
  readonly coinFee: bigint
}

export interface OracleCoinMove {
  readonly kind: 'move'
  readonly units: bigint
}

interface Parcel {
  readonly pair: number
  units: bigint
  cost: bigint | undefined
}

export interface OracleHeld {
  units: bigint
  cost: bigint
  realised: bigint
  /** In the pair's currency, seen from the trader: what its coins fetched in or cost for other pairs, and what left with coins that were not traded. */
  exchanged: bigint
  gone: bigint
  /** Cost or proceeds of what nobody told the cost of. */
  untold: bigint
}

const magnitude = (n: bigint): bigint => (n < 0n ? -n : n)
const least = (a: bigint, b: bigint): bigint => (a < b ? a : b)

export class CoinOracle {
  readonly #pairs: readonly OraclePair[]
  readonly #isAverage: boolean
  /** All signed alike: the whole coin is either held or owed. */
  #parcels: Parcel[] = []
  readonly held: OracleHeld[]

  constructor(pairs: readonly OraclePair[], isAverage: boolean) {
    this.#pairs = pairs
    this.#isAverage = isAverage
    this.held = pairs.map(() => ({ units: 0n, cost: 0n, realised: 0n, exchanged: 0n, gone: 0n, untold: 0n }))
  }

  happen(what: OracleCoinTrade | OracleCoinMove): void {
    if (what.kind === 'move') this.#move(what.units, 0, undefined)
    else this.#trade(what)
    for (const [pair, held] of this.held.entries()) {
      const own = this.#parcels.filter((parcel) => parcel.pair === pair)
      held.units = own.reduce((sum, { units }) => sum + units, 0n)
      held.cost = own.reduce((sum, { cost }) => sum + (cost ?? 0n), 0n)
    }
  }

  #worth(pair: number, price: bigint, units: bigint): bigint {
    const { numerator, denominator, unitsPerLot } = this.#pairs[pair] as OraclePair
    return divideHalfEven(price * magnitude(units) * numerator, denominator * unitsPerLot)
  }

  #trade({ pair, side, lots, price, coinFee }: OracleCoinTrade): void {
    const size = lots * (this.#pairs[pair] as OraclePair).unitsPerLot
    const sign = side === 'buy' ? 1n : -1n
    const book = this.held[pair] as OracleHeld
    this.#tell(pair, price, book)
    const money = this.#worth(pair, price, size)
    const isOpposite = this.#parcels.some(({ units }) => units > 0n !== sign > 0n)
    const own = isOpposite ? least(size, this.#unitsIn(pair)) : 0n
    const others = isOpposite ? least(size - own, this.#parcels.reduce((sum, { units }) => sum + magnitude(units), 0n) - this.#unitsIn(pair)) : 0n
    const ofOthers = others === 0n ? 0n : divideHalfEven(money * others, size)
    const ownMoney = money - ofOthers
    const closing = own === 0n ? 0n : divideHalfEven(ownMoney * own, size - others)
    if (own > 0n) {
      const { cost } = this.#take((parcel) => parcel.pair === pair, own)
      book.realised += -sign * (closing - cost)
    }
    if (others > 0n) this.#borrow(pair, others, ofOthers, sign, book)
    const opened = size - own - others
    if (opened > 0n) this.#put({ pair, units: sign * opened, cost: ownMoney - closing })
    if (coinFee !== 0n) this.#move(-coinFee, pair, price)
  }

  #borrow(pair: number, units: bigint, money: bigint, sign: bigint, book: OracleHeld): void {
    let left = units
    let nobodyKnew = 0n
    for (const other of this.#pairs.keys()) {
      const size = other === pair ? 0n : least(left, this.#unitsIn(other))
      if (size === 0n) continue
      const { cost, untold } = this.#take((parcel) => parcel.pair === other, size)
      const lender = this.held[other] as OracleHeld
      lender.exchanged += sign * cost
      nobodyKnew += untold
      left -= size
    }
    const untoldMoney = nobodyKnew === 0n ? 0n : divideHalfEven(money * nobodyKnew, units)
    book.exchanged += -sign * (money - untoldMoney)
    book.untold += -sign * untoldMoney
  }

  /** A coin comes or goes. */
  #move(units: bigint, pair: number, price: bigint | undefined): void {
    let left = magnitude(units)
    const sign = units > 0n ? 1n : -1n
    const isOpposite = this.#parcels.some((parcel) => parcel.units > 0n !== units > 0n)
    const order = [pair, ...[...this.#pairs.keys()].filter((other) => other !== pair)]
    for (const each of isOpposite ? order : []) {
      const size = least(left, this.#unitsIn(each))
      if (size === 0n) continue
      const { cost } = this.#take((parcel) => parcel.pair === each, size)
      const lost = this.held[each] as OracleHeld
      lost.gone += sign * cost
      left -= size
    }
    if (left === 0n) return
    const cost = price === undefined ? undefined : this.#worth(pair, price, left)
    this.#put({ pair, units: sign * left, cost })
    const book = this.held[pair] as OracleHeld
    book.gone += sign * (cost ?? 0n)
  }

  #unitsIn(pair: number): bigint {
    return this.#parcels.reduce((sum, parcel) => (parcel.pair === pair ? sum + magnitude(parcel.units) : sum), 0n)
  }

  #tell(pair: number, price: bigint, book: OracleHeld): void {
    const own = this.#parcels.filter((parcel) => parcel.pair === pair)
    const unknown = own.filter(({ cost }) => cost === undefined)
    for (const parcel of unknown) {
      parcel.cost = this.#worth(pair, price, parcel.units)
      book.untold += parcel.units > 0n ? parcel.cost : -parcel.cost
    }
    if (!this.#isAverage || unknown.length === 0) return
    this.#parcels = this.#parcels.filter((parcel) => parcel.pair !== pair)
    this.#parcels.push({ pair, units: own.reduce((sum, { units }) => sum + units, 0n), cost: own.reduce((sum, { cost }) => sum + (cost ?? 0n), 0n) })
  }

  #put(parcel: Parcel): void {
    const pot = this.#parcels.find(({ pair }) => pair === parcel.pair)
    if (!this.#isAverage || pot?.cost === undefined || parcel.cost === undefined) {
      this.#parcels.push(parcel)
      return
    }
    pot.units += parcel.units
    pot.cost += parcel.cost
  }

  #take(isMeant: (parcel: Parcel) => boolean, size: bigint): { readonly cost: bigint; readonly untold: bigint } {
    let [left, costs, untold] = [size, 0n, 0n]
    for (const parcel of this.#parcels.filter(isMeant)) {
      if (left === 0n) break
      const there = magnitude(parcel.units)
      const taken = least(left, there)
      if (parcel.cost === undefined) untold += taken
      else {
        const cost = taken === there ? parcel.cost : divideHalfEven(parcel.cost * taken, there)
        costs += cost
        parcel.cost -= cost
      }
      parcel.units += parcel.units > 0n ? -taken : taken
      left -= taken
    }
    if (left > 0n) throw new Error('the oracle was asked for more of a coin than there is')
    this.#parcels = this.#parcels.filter(({ units }) => units !== 0n)
    return { cost: costs, untold }
  }
}
