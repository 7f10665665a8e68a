import type { Graph, Signal } from '../graph.ts'

function fold(g: Graph, operation: 'sum' | 'mean' | 'highest' | 'lowest', x: Signal, n: number): Signal {
  if (n === 1) return x
  return g.place({
    key: `${operation} ${n}(${x.id})`,
    inputs: [x],
    lag: n - 1,
    depth: n,
    scalars: 2,
    table: n,
    does: { operation, of: [x], length: n, gathers: true },
  })
}

/** Of the last n values, in constant time; see the operations. */
export const sum = (g: Graph, x: Signal, n: number): Signal => fold(g, 'sum', x, n)
export const highest = (g: Graph, x: Signal, n: number): Signal => fold(g, 'highest', x, n)
export const lowest = (g: Graph, x: Signal, n: number): Signal => fold(g, 'lowest', x, n)
export const mean = (g: Graph, x: Signal, n: number): Signal => fold(g, 'mean', x, n)
