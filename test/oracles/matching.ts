/**
 * Price-time priority as slowly and plainly as it can be written: every order that rests is looked at for every trade. It shares nothing with what it
 * judges; numbers are bigints.
 */
export interface OracleOrder {
  readonly id: string
  readonly side: 'buy' | 'sell'
  /** None: a market order, which never rests. */
  readonly price?: bigint
  readonly lots: bigint
  readonly timeInForce?: 'gtc' | 'ioc' | 'fok'
  readonly postOnly?: boolean
}

export interface OracleTrade {
  readonly maker: string
  readonly taker: string
  readonly price: bigint
  readonly lots: bigint
}

export interface OraclePlaced {
  readonly trades: readonly OracleTrade[]
  /** What rests in the book afterwards. */
  readonly resting: bigint
  /** What is gone without a trade: of an order that may not rest, or is refused as a whole. */
  readonly ended: bigint
}

export interface MatchingOracle {
  place(order: OracleOrder): OraclePlaced
  /** What was taken out of the book; 0 where nothing rested under this id. */
  cancel(id: string): bigint
  resting(): readonly { readonly id: string; readonly side: 'buy' | 'sell'; readonly price: bigint; readonly lots: bigint }[]
}

interface Resting {
  readonly id: string
  readonly side: 'buy' | 'sell'
  readonly price: bigint
  readonly arrival: number
  lots: bigint
}

const crosses = (taker: OracleOrder, maker: Resting): boolean => {
  if (taker.side === maker.side) return false
  if (taker.price === undefined) return true
  return taker.side === 'buy' ? maker.price <= taker.price : maker.price >= taker.price
}

/** Does `left` stand before `right`, both on the side that the taker meets? */
const standsBefore = (left: Resting, right: Resting): boolean => {
  if (left.price !== right.price) return left.side === 'sell' ? left.price < right.price : left.price > right.price
  return left.arrival < right.arrival
}

export const createMatchingOracle = (): MatchingOracle => {
  let book: Resting[] = []
  let arrivals = 0

  const bestFor = (taker: OracleOrder): Resting | undefined => {
    let best: Resting | undefined
    for (const maker of book) {
      if (crosses(taker, maker) && (best === undefined || standsBefore(maker, best))) best = maker
    }
    return best
  }

  const reachable = (taker: OracleOrder): bigint => book.filter((maker) => crosses(taker, maker)).reduce((sum, maker) => sum + maker.lots, 0n)

  const trade = (order: OracleOrder): { readonly trades: OracleTrade[]; readonly left: bigint } => {
    const trades: OracleTrade[] = []
    let left = order.lots
    while (left > 0n) {
      const maker = bestFor(order)
      if (maker === undefined) break
      const lots = maker.lots < left ? maker.lots : left
      trades.push({ maker: maker.id, taker: order.id, price: maker.price, lots })
      maker.lots -= lots
      left -= lots
      book = book.filter((resting) => resting.lots > 0n)
    }
    return { trades, left }
  }

  return {
    place(order) {
      const refused = { trades: [], resting: 0n, ended: order.lots }
      if (order.postOnly === true && bestFor(order) !== undefined) return refused
      if (order.timeInForce === 'fok' && reachable(order) < order.lots) return refused
      const { trades, left } = trade(order)
      const mayRest = order.price !== undefined && (order.timeInForce ?? 'gtc') === 'gtc'
      if (left === 0n || !mayRest || order.price === undefined) return { trades, resting: 0n, ended: left }
      arrivals += 1
      book.push({ id: order.id, side: order.side, price: order.price, arrival: arrivals, lots: left })
      return { trades, resting: left, ended: 0n }
    },
    cancel(id) {
      const found = book.find((resting) => resting.id === id)
      book = book.filter((resting) => resting.id !== id)
      return found?.lots ?? 0n
    },
    resting: () => book.map(({ id, side, price, lots }) => ({ id, side, price, lots })),
  }
}
