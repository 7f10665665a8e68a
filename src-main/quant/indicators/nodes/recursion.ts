import { at } from '../cells.ts'
import type { Graph, Signal } from '../graph.ts'

/** A value made from its own last one and up to three present inputs. The inputs must never be NaN: it would stay. */
export function recur(
  g: Graph, key: string, inputs: readonly [Signal, Signal?, Signal?],
  begin: (x: number, y: number, z: number) => number, next: (before: number, x: number, y: number, z: number) => number,
): Signal {
  const [x, y = x, z = x] = inputs
  return g.place({
    key: `${key}(${x.id},${y.id},${z.id})`,
    inputs: [x, y, z],
    scalars: 1,
    does: ({ cells, out, state }) => {
      const start = Math.max(x.first, y.first, z.first)
      return (bar) => {
        const a = at(cells, x.id)
        const b = at(cells, y.id)
        const c = at(cells, z.id)
        const value = bar === start ? begin(a, b, c) : next(at(cells, state), a, b, c)
        cells[state] = value
        cells[out] = value
      }
    },
  })
}

/**
 * A recursive filter of the second order, as Ehlers writes his: weights on the present and the two last inputs, and on the two
 * last values. Its first two values are `begin` of the input.
 */
export function filterTwice(
  g: Graph, key: string, x: Signal, forward: readonly [
    number, number, number,
  ], back: readonly [number, number], begin: (x: number) => number,
): Signal {
  const [f0, f1, f2] = forward
  const [b1, b2] = back
  return g.place({
    key: `${key} filter(${x.id})`,
    inputs: [x],
    scalars: 4,
    does: ({ cells, out, state }) => (bar) => {
      const now = at(cells, x.id)
      const last = at(cells, state)
      const value = at(cells, state + 3)
      const next = bar < x.first + 2 ? begin(now) : f0 * now + f1 * last + f2 * at(
        cells, state + 1,
      ) + b1 * value + b2 * at(cells, state + 2)
      cells[state + 1] = last
      cells[state] = now
      cells[state + 2] = value
      cells[state + 3] = next
      cells[out] = next
    },
  })
}

/** A quantity that adds up and begins again whenever the session changes. */
export function sumOfSession(g: Graph, x: Signal, session: Signal): Signal {
  return g.place({
    key: `session sum(${x.id},${session.id})`,
    inputs: [x, session],
    scalars: 2,
    does: ({ cells, out, state }) => (bar) => {
      const now = at(cells, session.id)
      const isNew = bar === Math.max(x.first, session.first) || now !== at(cells, state)
      const total = (isNew ? 0 : at(cells, state + 1)) + at(cells, x.id)
      cells[state] = now
      cells[state + 1] = total
      cells[out] = total
    },
  })
}
