import { at } from '../cells.ts'
import type { Graph, Signal } from '../graph.ts'
import type { Operation } from '../operations.ts'

/** Nodes that look at the present bar only. `key` names the function with all its constants. */
export function map1(g: Graph, key: string, x: Signal, f: (x: number) => number): Signal {
  return g.place({
    key: `${key}(${x.id})`,
    inputs: [x],
    does: ({ cells, out }) => {
      const a = x.id
      return () => void (cells[out] = f(at(cells, a)))
    },
  })
}

export function map2(g: Graph, key: string, x: Signal, y: Signal, f: (x: number, y: number) => number): Signal {
  return g.place({
    key: `${key}(${x.id},${y.id})`,
    inputs: [x, y],
    does: ({ cells, out }) => {
      const a = x.id
      const b = y.id
      return () => void (cells[out] = f(at(cells, a), at(cells, b)))
    },
  })
}

type OfThree = (x: number, y: number, z: number) => number

export function map3(g: Graph, key: string, inputs: readonly [Signal, Signal, Signal], f: OfThree): Signal {
  const [x, y, z] = inputs
  return g.place({
    key: `${key}(${x.id},${y.id},${z.id})`,
    inputs,
    does: ({ cells, out }) => () => void (cells[out] = f(at(cells, x.id), at(cells, y.id), at(cells, z.id))),
  })
}

type OfFour = (x: number, y: number, z: number, w: number) => number

export function map4(g: Graph, key: string, inputs: readonly [Signal, Signal, Signal, Signal], f: OfFour): Signal {
  const [x, y, z, w] = inputs
  return g.place({
    key: `${key}(${x.id},${y.id},${z.id},${w.id})`,
    inputs,
    does: ({ cells, out }) => () => void (cells[out] = f(at(cells, x.id), at(cells, y.id), at(cells, z.id), at(cells, w.id))),
  })
}

const operate = (
  g: Graph, operation: Operation, of: readonly [Signal, Signal?, Signal?], numbers: readonly [number, number?] = [0],
): Signal =>
  g.place({
    key: `${operation} ${numbers.join(' ')}(${of.map((signal) => signal?.id).join()})`,
    inputs: of.filter((signal) => signal !== undefined),
    does: { operation, of, numbers },
  })

export const subtract = (g: Graph, x: Signal, y: Signal): Signal => operate(g, 'subtract', [x, y])
export const add = (g: Graph, x: Signal, y: Signal): Signal => operate(g, 'add', [x, y])
export const multiply = (g: Graph, x: Signal, y: Signal): Signal => operate(g, 'multiply', [x, y])
export const middle = (g: Graph, x: Signal, y: Signal): Signal => operate(g, 'middle', [x, y])
export const scale = (g: Graph, x: Signal, factor: number): Signal => operate(g, 'scale', [x], [factor])
export const magnitude = (g: Graph, x: Signal): Signal => operate(g, 'magnitude', [x])
export const meanOfThree = (g: Graph, x: Signal, y: Signal, z: Signal): Signal => operate(g, 'meanOfThree', [x, y, z])

/** x + factor · y: the bands around a line. */
export const offsetBy = (g: Graph, x: Signal, y: Signal, factor: number): Signal => operate(g, 'offset', [x, y], [factor])

/**
 * factor · x / y. What a division by zero gives is always said: NaN when the definition has no answer, or a neutral number
 * where something recursive goes on from it.
 */
export const ratio = (
  g: Graph, x: Signal, y: Signal, factor: number, whenNothing: number,
): Signal => operate(g, 'ratio', [x, y], [factor, whenNothing])

/** factor · x / (x + y). */
export const share = (
  g: Graph, x: Signal, y: Signal, factor: number, whenNothing: number,
): Signal => operate(g, 'share', [x, y], [factor, whenNothing])

/** factor · (x − y)/(x + y). */
export const balance = (
  g: Graph, x: Signal, y: Signal, factor: number, whenNothing: number,
): Signal => operate(g, 'balance', [x, y], [factor, whenNothing])

/** factor · (x − low)/(high − low). */
export const position = (
  g: Graph, parts: readonly [x: Signal, low: Signal, high: Signal], factor: number, whenNothing: number,
): Signal =>
  operate(g, 'position', parts, [factor, whenNothing])

/** The same signal, withheld until a bar: for outputs that start together and averages that are seeded late. */
export function withhold(g: Graph, x: Signal, until: number): Signal {
  if (until <= x.first) return x
  return g.place({ key: `withhold ${until}(${x.id})`, inputs: [x], lag: until - x.first, does: { operation: 'copy', of: [x] } })
}

/** Another number that a node with several has in its scalars. */
export const tap = (g: Graph, x: Signal, index: number): Signal =>
  g.place({
    key: `tap ${index}(${x.id})`,
    inputs: [x],
    does: ({ cells, out, stateOf }) => {
      const cell = stateOf(x) + index
      return () => void (cells[out] = at(cells, cell))
    },
  })
