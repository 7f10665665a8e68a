import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Random } from '../../../src-main/base/index.ts'
import { entryOf, matrixOf, type Matrix } from '../../../src-main/quant/numeric/index.ts'
import { linkages, type Linkage } from '../../../src-main/quant/portfolio/index.ts'
import { joinClusters, leafOrder } from '../../../src-main/quant/portfolio/hierarchical-clustering.ts'
import { anyRandom } from './returns-of-markets.ts'

interface Points {
  readonly coordinates: readonly (readonly number[])[]
  readonly distances: Matrix
}

function drawPoints(random: Random, count: number): Points {
  const coordinates = Array.from({ length: count }, () => [random.nextNormal(), random.nextNormal(), random.nextNormal()])
  return { coordinates, distances: matrixOf(count, count, (row, column) => apart(coordinates[row] ?? [], coordinates[column] ?? [])) }
}

const apart = (one: readonly number[], other: readonly number[]): number => Math.sqrt(
  one.reduce((sum, value, index) => sum + (value - (other[index] ?? 0)) ** 2, 0),
)

/** By what each linkage means, from the points themselves. */
function distanceBetween({ coordinates, distances }: Points, one: readonly number[], other: readonly number[], linkage: Linkage): number {
  const all = one.flatMap((left) => other.map((right) => entryOf(distances, left, right)))
  if (linkage === 'single') return Math.min(...all)
  if (linkage === 'complete') return Math.max(...all)
  if (linkage === 'average') return all.reduce((sum, value) => sum + value, 0) / all.length
  const centre = (members: readonly number[]): readonly number[] => [0, 1, 2].map(
    (axis) => members.reduce((sum, member) => sum + (coordinates[member]?.[axis] ?? 0), 0) / members.length,
  )
  return Math.sqrt((2 * one.length * other.length) / (one.length + other.length)) * apart(centre(one), centre(other))
}

interface Cluster {
  readonly id: number
  readonly leaves: readonly number[]
}

/** Looks at every pair of clusters before every joining. */
function joinSlowly(points: Points, count: number, linkage: Linkage): readonly {
  readonly left: number; readonly right: number; readonly height: number
}[] {
  let clusters: readonly Cluster[] = Array.from({ length: count }, (_each, leaf) => ({ id: leaf, leaves: [leaf] }))
  return Array.from({ length: count - 1 }, (_each, step) => {
    const pairs = clusters.flatMap(
      (one, index) => clusters.slice(index + 1).map(
        (other) => ({ one, other, height: distanceBetween(points, one.leaves, other.leaves, linkage) }),
      ),
    )
    const nearest = pairs.reduce((best, pair) => (pair.height < best.height ? pair : best))
    const { one, other, height } = nearest
    clusters = [
      ...clusters.filter((cluster) => cluster !== one && cluster !== other), { id: count + step, leaves: [...one.leaves, ...other.leaves] }
    ]
    return { left: Math.min(one.id, other.id), right: Math.max(one.id, other.id), height }
  })
}

describe('clustering', () => {
  it.each(linkages)('joins by %s linkage what looking at every pair joins', (linkage) => {
    fc.assert(
      fc.property(anyRandom(), fc.integer({ min: 2, max: 10 }), (random, count) => {
        const points = drawPoints(random, count)
        const joinings = joinClusters(points.distances, linkage)
        const slow = joinSlowly(points, count, linkage)
        expect(joinings.map(({ left, right }) => [left, right])).toEqual(slow.map(({ left, right }) => [left, right]))
        for (const [index, { height }] of slow.entries()) expect(joinings[index]?.height).toBeCloseTo(height, 9)
      }),
      { numRuns: 200 },
    )
  })

  it('has every leaf once below the tree, and what was joined first side by side', () => {
    fc.assert(
      fc.property(anyRandom(), fc.integer({ min: 1, max: 10 }), fc.constantFrom(...linkages), (random, count, linkage) => {
        const joinings = joinClusters(drawPoints(random, count).distances, linkage)
        const order = leafOrder(joinings, count)
        expect(order.toSorted((one, other) => one - other)).toEqual(Array.from({ length: count }, (_each, leaf) => leaf))
        const first = joinings[0]
        if (first !== undefined) expect(order.indexOf(first.right) - order.indexOf(first.left)).toBe(1)
      }),
      { numRuns: 200 },
    )
  })
})
