import type { Graph, Signal } from '../graph.ts'

/** How an exponential average starts: at the mean of its first n values, on the n-th; or at its first value, at once. */
export type Seed = 'sma' | 'first'

/** s += alpha · (x − s): written so that a constant stays exactly what it is. */
export function exponential(g: Graph, x: Signal, n: number, alpha: number, seed: Seed): Signal {
  const count = seed === 'sma' ? n : 1
  return g.place({
    key: `exponential ${count} ${alpha}(${x.id})`,
    inputs: [x],
    lag: count - 1,
    scalars: 1,
    does: { operation: 'exponential', of: [x], numbers: [alpha, count], gathers: true },
  })
}

export const ema = (g: Graph, x: Signal, n: number, seed: Seed = 'sma'): Signal => exponential(g, x, n, 2 / (n + 1), seed)

/** Wilder's average: alpha 1/n. */
export const wilder = (g: Graph, x: Signal, n: number, seed: Seed = 'sma'): Signal => exponential(g, x, n, 1 / n, seed)

/** The sum of everything so far. */
export const cumulative = (g: Graph, x: Signal): Signal => g.place(
  { key: `cumulative(${x.id})`, inputs: [x], scalars: 1, does: { operation: 'cumulative', of: [x] } },
)
