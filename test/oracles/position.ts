import { divideHalfEven } from './rounding.ts'

/**
 * A position told from the list of all its fills, from the first one on, each time anew. It shares nothing with what it judges.
 * Rules that it takes for granted: the money of a fill is price times lots, rounded half to even once; a fill through zero gives its closing part
 * its share of that money, rounded half to even, and the opening part the rest; a part of a piece takes its share of the cost, rounded half to even.
 */
export interface OracleFill {
  readonly side: 'buy' | 'sell'
  readonly lots: bigint
  readonly price: bigint
}

export interface OracleScale {
  readonly numerator: bigint
  readonly denominator: bigint
}

export interface OraclePosition {
  readonly lots: bigint
  readonly cost: bigint
  readonly realised: bigint
  /** What each open piece holds and cost, oldest first; of an average cost there is one. */
  readonly pieces: readonly { readonly lots: bigint; readonly cost: bigint }[]
}

export const moneyOf = (fill: OracleFill, scale: OracleScale): bigint => divideHalfEven(fill.price * fill.lots * scale.numerator, scale.denominator)

const magnitude = (n: bigint): bigint => (n < 0n ? -n : n)

/** Splits each fill that goes through zero in two, so that the rest only ever opens or only ever closes. */
interface Leg {
  readonly signed: bigint
  readonly money: bigint
}

const legsOf = (held: bigint, fill: OracleFill, scale: OracleScale): readonly Leg[] => {
  const signed = fill.side === 'buy' ? fill.lots : -fill.lots
  const money = moneyOf(fill, scale)
  const goesThrough = held !== 0n && held > 0n !== signed > 0n && magnitude(signed) > magnitude(held)
  if (!goesThrough) return [{ signed, money }]
  const closingMoney = divideHalfEven(money * magnitude(held), fill.lots)
  return [{ signed: -held, money: closingMoney }, { signed: signed + held, money: money - closingMoney }]
}

/** First in, first out: every lot that was bought is in a queue. */
export const fifoOracle = (fills: readonly OracleFill[], scale: OracleScale): OraclePosition => {
  let held = 0n
  let realised = 0n
  const queue: { lots: bigint; cost: bigint }[] = []
  for (const fill of fills) {
    for (const { signed, money } of legsOf(held, fill, scale)) {
      if (held === 0n || held > 0n === signed > 0n) {
        queue.push({ lots: magnitude(signed), cost: money })
      } else {
        let wanted = magnitude(signed)
        let costOut = 0n
        while (wanted > 0n) {
          const front = queue[0]
          if (front === undefined) throw new Error('the queue of the oracle ran dry')
          const taken = front.lots <= wanted ? front.lots : wanted
          const cost = taken === front.lots ? front.cost : divideHalfEven(front.cost * taken, front.lots)
          front.lots -= taken
          front.cost -= cost
          wanted -= taken
          costOut += cost
          if (front.lots === 0n) queue.shift()
        }
        realised += held > 0n ? money - costOut : costOut - money
      }
      held += signed
    }
  }
  return { lots: held, cost: queue.reduce((sum, piece) => sum + piece.cost, 0n), realised, pieces: queue }
}

/** Average cost: one pot. */
export const averageOracle = (fills: readonly OracleFill[], scale: OracleScale): OraclePosition => {
  let held = 0n
  let pot = 0n
  let realised = 0n
  for (const fill of fills) {
    for (const { signed, money } of legsOf(held, fill, scale)) {
      if (held === 0n || held > 0n === signed > 0n) {
        pot += money
      } else {
        const costOut = divideHalfEven(pot * magnitude(signed), magnitude(held))
        realised += held > 0n ? money - costOut : costOut - money
        pot -= costOut
      }
      held += signed
    }
  }
  return { lots: held, cost: pot, realised, pieces: held === 0n ? [] : [{ lots: magnitude(held), cost: pot }] }
}
