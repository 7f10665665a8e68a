import { describe, expect, it } from 'vitest'
import { entries, MatchingCore } from '../../../../../src-main/venues/sim/index.ts'

const rest = (core: MatchingCore, lots: number, peak = 0): number => core.submit(false, 100, lots, entries.rest, peak)

/** Who trades, in which order, when somebody takes so many lots. */
function take(core: MatchingCore, lots: number): readonly (readonly [row: number, lots: number])[] {
  core.submit(true, 100, lots, entries.immediate, 0)
  return Array.from({ length: core.fillCount }, (_each, at) => [core.fillMakers[at] as number, core.fillLots[at] as number] as const)
}

describe('the queue at one price', () => {
  it.each([[0, [1, 2, 3]], [1, [0, 2, 3]], [2, [0, 1, 3]], [3, [0, 1, 2]]])('closes up when number %i of four leaves it', (leaves, stay) => {
    const core = new MatchingCore()
    const rows = [1, 2, 3, 4].map((lots) => rest(core, lots))
    expect(core.cancel(rows[leaves] as number)).toBe(leaves + 1)
    expect(core.rowsAt(false, 100)).toEqual(stay.map((index) => rows[index]))
    expect(take(core, 20)).toEqual(stay.map((index) => [rows[index], index + 1]))
    expect(core.bestAsk()).toBe(Infinity)
  })

  it('holds together when its middle leaves, then its end, and somebody new comes', () => {
    const core = new MatchingCore()
    const [first, middle, last] = [rest(core, 1), rest(core, 2), rest(core, 3)]
    core.cancel(middle)
    core.cancel(last)
    expect(core.rowsAt(false, 100)).toEqual([first])
    expect(core.lastAt(false, 100)).toBe(first)
    const late = rest(core, 5)
    expect(core.rowsAt(false, 100)).toEqual([first, late])
    expect(take(core, 6)).toEqual([[first, 1], [late, 5]])
  })

  it('lets an iceberg that shows its next part wait behind all others', () => {
    const core = new MatchingCore()
    const [iceberg, plain, other] = [rest(core, 7, 3), rest(core, 4), rest(core, 4)]
    expect(take(core, 3)).toEqual([[iceberg, 3]])
    expect(core.rowsAt(false, 100)).toEqual([plain, other, iceberg])
    expect(take(core, 12)).toEqual([[plain, 4], [other, 4], [iceberg, 3], [iceberg, 1]])
  })

  it('gives rows of orders that are gone to new ones, and grows when there are none', () => {
    const core = new MatchingCore()
    const rows = Array.from({ length: 1_000 }, () => rest(core, 1))
    expect(new Set(rows).size).toBe(1_000)
    expect(take(core, 500).map(([row]) => row)).toEqual(rows.slice(0, 500))
    const later = Array.from({ length: 500 }, () => rest(core, 2))
    expect(later.toSorted((a, b) => a - b)).toEqual(rows.slice(0, 500))
    expect(core.totalAt(false, 100)).toBe(1_500)
  })
})
