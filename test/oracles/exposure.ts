/**
 * How far a position can get, by trying every order in which what is live can fill, whole or not at all. Of use for a handful of orders only; it shares
 * nothing with what it judges.
 */
export interface OracleLive {
  readonly side: 'buy' | 'sell'
  readonly lots: bigint
  /** The venue cuts it to what it can reduce. */
  readonly reduceOnly: boolean
}

const magnitude = (n: bigint): bigint => (n < 0n ? -n : n)

const afterOne = (held: bigint, { side, lots, reduceOnly }: OracleLive): bigint => {
  if (!reduceOnly) return side === 'buy' ? held + lots : held - lots
  if (side === 'buy') return held >= 0n ? held : held + (lots < -held ? lots : -held)
  return held <= 0n ? held : held - (lots < held ? lots : held)
}

export const worstReachable = (held: bigint, live: readonly OracleLive[]): bigint => {
  let worst = magnitude(held)
  for (const [index, order] of live.entries()) {
    const others = [...live.slice(0, index), ...live.slice(index + 1)]
    const reached = worstReachable(afterOne(held, order), others)
    if (reached > worst) worst = reached
  }
  return worst
}
