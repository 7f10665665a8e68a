import { at } from '../cells.ts'
import type { Graph, Signal } from '../graph.ts'
import type { Operation } from '../operations.ts'

const lookBack = (g: Graph, operation: Operation, x: Signal, bars: number): Signal =>
  g.place(
    { key: `${operation} ${bars}(${x.id})`, inputs: [x], lag: bars, depth: bars, does: { operation, of: [x], length: bars } },
  )

/** The value of so many bars ago. */
export const delay = (g: Graph, x: Signal, bars: number): Signal => (bars === 0 ? x : lookBack(g, 'delay', x, bars))

export const change = (g: Graph, x: Signal, bars = 1): Signal => lookBack(g, 'change', x, bars)

/** Looks at the present and the last value: gains, losses, directed moves. */
export function mapChange(g: Graph, key: string, x: Signal, f: (now: number, before: number) => number): Signal {
  return g.place({
    key: `${key} change(${x.id})`,
    inputs: [x],
    lag: 1,
    depth: 1,
    does: ({ cells, out, ring }) => {
      const { base, mask } = ring(x)
      const start = x.first + 1
      return (bar) => {
        if (bar >= start) cells[out] = f(at(cells, x.id), at(cells, base + ((bar - 1) & mask)))
      }
    },
  })
}

export const gain = (g: Graph, x: Signal): Signal => lookBack(g, 'gain', x, 1)
export const loss = (g: Graph, x: Signal): Signal => lookBack(g, 'loss', x, 1)
/** The size of the change. */
export const stride = (g: Graph, x: Signal): Signal => lookBack(g, 'stride', x, 1)
export const logReturn = (g: Graph, x: Signal): Signal => mapChange(g, 'log return', x, (now, before) => Math.log(now / before))
export const simpleReturn = (g: Graph, x: Signal): Signal =>
  mapChange(g, 'return', x, (now, before) => (before === 0 ? Number.NaN : now / before - 1))
