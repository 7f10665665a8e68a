import type { Graph, Signal } from '../graph.ts'
import { position } from './pointwise.ts'
import { highest, lowest } from './window-fold.ts'

/** Wilder's relative strength, 0 … 100. Where nothing has moved yet it is the value given, NaN or the neutral 50. */
export const relativeStrength = (g: Graph, x: Signal, n: number, whenNothing = Number.NaN): Signal =>
  g.place({
    key: `strength ${n} ${whenNothing}(${x.id})`, inputs: [x], lag: n, depth: 1, scalars: 2,
    does: { operation: 'strength', of: [x], length: n, numbers: [1 / n, whenNothing], gathers: true },
  })

/** Where x is within its own range of n bars, 0 … 100. */
export const positionInRange = (g: Graph, x: Signal, n: number, whenNothing = Number.NaN): Signal =>
  position(g, [x, lowest(g, x, n), highest(g, x, n)], 100, whenNothing)

/** Where the close is within the range of n bars, 0 … 100. */
export const positionOfClose = (g: Graph, n: number, whenNothing = Number.NaN): Signal =>
  position(g, [g.source('close'), lowest(g, g.source('low'), n), highest(g, g.source('high'), n)], 100, whenNothing)
