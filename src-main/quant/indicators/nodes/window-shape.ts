import { at } from '../cells.ts'
import type { Graph, Signal } from '../graph.ts'

/** Σ weights[k] · value of k bars ago. */
export function weigh(g: Graph, key: string, x: Signal, weights: Float64Array): Signal {
  const n = weights.length
  return g.place(
    { key: `${key} ${n}(${x.id})`, inputs: [x], lag: n - 1, depth: n, does: { operation: 'weigh', of: [x], length: n, weights } },
  )
}

/** Any function of the last n values, oldest first. The window is lent: it is overwritten for the next bar. */
export function overWindow(g: Graph, key: string, x: Signal, n: number, f: (window: Float64Array) => number): Signal {
  return g.place({
    key: `${key} ${n}(${x.id})`,
    inputs: [x],
    lag: n - 1,
    depth: n,
    does: ({ cells, out, ring }) => {
      const { base, mask } = ring(x)
      const start = x.first + n - 1
      const window = new Float64Array(n)
      return (bar) => {
        // The ring gets this bar's value before any node after it steps.
        if (bar < start) return
        for (let index = 0; index < n; index++) window[index] = at(cells, base + ((bar - n + 1 + index) & mask))
        cells[out] = f(window)
      }
    },
  })
}

type OfTwoWindows = (x: Float64Array, y: Float64Array) => number

export function overWindows(g: Graph, key: string, inputs: readonly [Signal, Signal], n: number, f: OfTwoWindows): Signal {
  const [x, y] = inputs
  return g.place({
    key: `${key} ${n}(${x.id},${y.id})`,
    inputs,
    lag: n - 1,
    depth: n,
    does: ({ cells, out, ring }) => {
      const [xs, ys] = [ring(x), ring(y)]
      const start = Math.max(x.first, y.first) + n - 1
      const [windowX, windowY] = [new Float64Array(n), new Float64Array(n)]
      return (bar) => {
        if (bar < start) return
        for (let index = 0; index < n; index++) {
          windowX[index] = at(cells, xs.base + ((bar - n + 1 + index) & xs.mask))
          windowY[index] = at(cells, ys.base + ((bar - n + 1 + index) & ys.mask))
        }
        cells[out] = f(windowX, windowY)
      }
    },
  })
}

const spread = (g: Graph, operation: 'variance' | 'deviation', x: Signal, n: number, ddof: number): Signal =>
  g.place(
    {
      key: `${operation} ${n} ${ddof}(${x.id})`, inputs: [x], lag: n - 1, depth: n, scalars: 3, table: 2 * n,
      does: { operation, of: [x], length: n, numbers: [1 / (n - ddof), 1 / n], gathers: true },
    },
  )

/** Variance of the last n values with divisor n − ddof. */
export const variance = (g: Graph, x: Signal, n: number, ddof: number): Signal => spread(g, 'variance', x, n, ddof)

/** Its square root. */
export const deviation = (g: Graph, x: Signal, n: number, ddof: number): Signal => spread(g, 'deviation', x, n, ddof)
