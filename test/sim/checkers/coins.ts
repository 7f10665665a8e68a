import { rawOf } from '../../../src-main/base/index.ts'
import { signOf } from '../../../src-main/domain/index.ts'
import type { MoneyPosted, OpeningTaken, Tradable, VenueTrade } from '../../../src-main/domain/index.ts'

/**
 * Where the coins of an account stand, told by the events alone: a coin is where it was bought; what leaves is taken from where it was sold or where the fee
 * was charged, then from the other pairs in their order; what comes without a trade comes to the first pair. Counted anew from the first event on.
 */
interface Flow {
  readonly at: number
  readonly id: string
  readonly of: string
  readonly coin: string
  readonly pair: number
  readonly units: number
}

const isEarlier = (left: Flow, right: Flow): number => {
  if (left.at !== right.at) return left.at - right.at
  if (left.id.length !== right.id.length) return left.id.length - right.id.length
  if (left.id !== right.id) return left.id < right.id ? -1 : 1
  return left.of < right.of ? -1 : Number(left.of > right.of)
}

export class Coins {
  readonly #pairs: ReadonlyMap<string, readonly Tradable[]>
  readonly #tradables: ReadonlyMap<string, Tradable>
  readonly #opening = new Map<string, number[]>()
  #flows: Flow[] = []

  constructor(tradables: readonly Tradable[]) {
    this.#tradables = new Map(tradables.map((tradable) => [tradable.instrument.id, tradable]))
    const delivered = tradables.filter(({ settlement }) => settlement === 'delivery')
    this.#pairs = new Map(delivered.map(({ instrument: { base } }) => [base, delivered.filter(({ instrument }) => instrument.base === base)]))
  }

  forget(): void {
    this.#opening.clear()
    this.#flows = []
  }

  coinOf(instrument: string): string | undefined {
    const tradable = this.#tradables.get(instrument)
    return tradable?.settlement === 'delivery' ? tradable.instrument.base : undefined
  }

  pairsOf(coin: string): readonly Tradable[] {
    return this.#pairs.get(coin) ?? []
  }

  open({ balances, positions }: OpeningTaken): void {
    for (const [coin, pairs] of this.#pairs) {
      const told = pairs.map(({ instrument, baseUnitsPerLot }) =>
        positions.reduce((sum, held) => (held.instrument === instrument.id ? sum + rawOf(held.lots) * baseUnitsPerLot : sum), 0))
      const there = balances.find(({ asset }) => asset === coin)?.total
      this.#opening.set(coin, flowed(told, 0, (there === undefined ? 0 : rawOf(there)) - sumOf(told)))
    }
  }

  /** The coins that it moved. */
  trade(trade: VenueTrade, direction: 1 | -1): readonly string[] {
    const tradable = this.#tradables.get(trade.instrument)
    if (tradable === undefined) return []
    const { instrument: { base, quote }, settlement, baseUnitsPerLot, scale } = tradable
    const of = `${trade.instrument} ${trade.side}`
    const isDelivered = settlement === 'delivery'
    const place = isDelivered ? this.pairsOf(base).indexOf(tradable) : 0
    const flow = (coin: string, what: string, pair: number, units: number): void => {
      if (!this.#pairs.has(coin) || units === 0) return
      const key = { at: trade.at, id: trade.trade, of: `${what} ${of}`, coin, pair, units }
      if (direction === 1) this.#flows.push(key)
      else this.#flows = this.#flows.filter((other) => other.coin !== coin || other.id !== key.id || other.of !== key.of)
    }
    if (isDelivered) flow(base, '1', place, signOf(trade.side) * rawOf(trade.lots) * baseUnitsPerLot)
    if (isDelivered) flow(quote, '3', 0, -signOf(trade.side) * Math.round((rawOf(trade.price) * rawOf(trade.lots) * scale.numerator) / scale.denominator))
    flow(trade.feeAsset, trade.feeAsset === base && isDelivered ? '2' : '4', trade.feeAsset === base && isDelivered ? place : 0, -rawOf(trade.fee))
    return [base, quote, trade.feeAsset].filter((coin) => this.#pairs.has(coin))
  }

  post({ posting: { asset, amount, at, reference } }: MoneyPosted): readonly string[] {
    if (!this.#pairs.has(asset)) return []
    this.#flows.push({ at, id: reference, of: '5', coin: asset, pair: 0, units: rawOf(amount) })
    return [asset]
  }

  /** What stands in each pair, in units of the coin. */
  unitsOf(coin: string): readonly number[] {
    let held = this.#opening.get(coin) ?? this.pairsOf(coin).map(() => 0)
    for (const { pair, units } of this.#flows.filter((flow) => flow.coin === coin).sort(isEarlier)) held = flowed(held, pair, units)
    return held
  }

  totalOf(coin: string): number {
    return sumOf(this.unitsOf(coin))
  }

  /** The same in lots: what is too little for a lot where it stands counts where lots are smallest. */
  lotsOf(coin: string): readonly number[] {
    const sizes = this.pairsOf(coin).map(({ baseUnitsPerLot }) => baseUnitsPerLot)
    const held = this.unitsOf(coin)
    const lots = held.map((units, place) => Math.trunc(units / (sizes[place] ?? 1)))
    const rest = held.reduce((sum, units, place) => sum + units - (lots[place] ?? 0) * (sizes[place] ?? 1), 0)
    const finest = sizes.indexOf(Math.min(...sizes))
    return lots.map((count, place) => count + (place === finest ? Math.trunc(rest / (sizes[finest] ?? 1)) : 0) + 0)
  }
}

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, each) => sum + each, 0)

/** Against what is there first where it happens, then elsewhere; what is left stays where it happened. */
function flowed(held: readonly number[], pair: number, units: number): number[] {
  const after = [...held]
  let left = units
  for (const place of [pair, ...held.keys()]) {
    const there = after[place] ?? 0
    if (Math.sign(there) !== -Math.sign(left)) continue
    const met = Math.sign(left) * Math.min(Math.abs(left), Math.abs(there))
    after[place] = there + met
    left -= met
  }
  after[pair] = (after[pair] ?? 0) + left
  return after
}
