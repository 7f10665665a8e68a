import { at } from '../cells.ts'
import type { Graph, Signal } from '../graph.ts'
import { map1, tap } from '../nodes/index.ts'

/**
 * Scalars: direction of the present leg (0 before the first turn), its extreme, the extreme's bar, the other extreme while
 * there is no leg, that one's bar, direction of the confirmed turn, its bar, the present bar's age of it, the turn's price.
 */
export function zigzagPivot(g: Graph, percent: number): readonly Signal[] {
  const [high, low] = [g.source('high'), g.source('low')]
  const share = percent / 100
  const pivot = g.place({
    key: `zigzag ${percent}(${high.id},${low.id})`,
    inputs: [high, low],
    scalars: 9,
    does: ({ cells, out, state: s }) => {
      const confirm = (bar: number, price: number, turnedAt: number, direction: number, reached: number): void => {
        cells[s + 8] = price
        cells[s] = direction
        cells[s + 1] = reached
        cells[s + 2] = bar
        cells[s + 5] = direction
        cells[s + 6] = turnedAt
      }
      const reach = (cell: number, price: number, bar: number): void => {
        cells[cell] = price
        cells[cell + 1] = bar
      }
      const search = (bar: number, h: number, l: number): void => {
        if (bar === 0 || h > at(cells, s + 1)) reach(s + 1, h, bar)
        if (bar === 0 || l < at(cells, s + 3)) reach(s + 3, l, bar)
        const top = at(cells, s + 1)
        const bottom = at(cells, s + 3)
        if (at(cells, s + 2) < bar && top - l >= share * Math.abs(top)) confirm(bar, top, at(cells, s + 2), -1, l)
        else if (at(cells, s + 4) < bar && h - bottom >= share * Math.abs(bottom)) confirm(bar, bottom, at(cells, s + 4), 1, h)
      }
      return (bar) => {
        const h = at(cells, high.id)
        const l = at(cells, low.id)
        const direction = at(cells, s)
        if (direction === 0) search(bar, h, l)
        else {
          const extreme = at(cells, s + 1)
          const onward = direction > 0 ? h : l
          const backward = direction > 0 ? l : h
          if (direction * (onward - extreme) > 0) reach(s + 1, onward, bar)
          else if (direction * (extreme - backward) >= share * Math.abs(extreme)) confirm(
            bar, extreme, at(cells, s + 2), -direction, backward,
          )
        }
        cells[s + 7] = bar - at(cells, s + 6)
        cells[out] = at(cells, s + 5) === 0 ? Number.NaN : at(cells, s + 8)
      }
    },
  })
  // Before the first turn there is neither direction nor age.
  const direction = map1(g, 'turned', tap(g, pivot, 5), (x) => (x === 0 ? Number.NaN : x))
  const age = g.place({
    key: `age(${pivot.id})`,
    inputs: [pivot, direction],
    does: ({ cells, out, stateOf }) => {
      const cell = stateOf(pivot) + 7
      return () => void (cells[out] = Number.isNaN(at(cells, direction.id)) ? Number.NaN : at(cells, cell))
    },
  })
  return [pivot, direction, age]
}
