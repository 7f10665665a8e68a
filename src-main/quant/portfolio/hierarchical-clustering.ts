import { at, columnOf, entryOf, matrixOf, type Matrix } from '../numeric/index.ts'

export const linkages = ['single', 'complete', 'average', 'ward'] as const
export type Linkage = (typeof linkages)[number]

/** One joining of two clusters. Below the number of leaves a cluster is a leaf; above it, the result of an earlier joining. */
export interface Joining {
  readonly left: number
  readonly right: number
  readonly height: number
}

/** How far a cluster is from the one that two others become (Lance and Williams 1967). */
const updates: Readonly<Record<Linkage, (parts: UpdateParts) => number>> = {
  single: ({ one, other }) => Math.min(one, other),
  complete: ({ one, other }) => Math.max(one, other),
  average: ({ one, other, sizeOne, sizeOther }) => (sizeOne * one + sizeOther * other) / (sizeOne + sizeOther),
  ward: ({ one, other, between, sizeOne, sizeOther, size }) => {
    const whole = size + sizeOne + sizeOther
    return Math.sqrt(((size + sizeOne) * one * one + (size + sizeOther) * other * other - size * between * between) / whole)
  },
}

interface UpdateParts {
  /** From the third cluster to each of the two, and between the two. */
  readonly one: number
  readonly other: number
  readonly between: number
  readonly sizeOne: number
  readonly sizeOther: number
  readonly size: number
}

/** The joinings from the lowest to the highest, found by chains of nearest neighbours (Murtagh 1983). */
export function joinClusters(distances: Matrix, linkage: Linkage): readonly Joining[] {
  const count = distances.rows
  const work = { ...distances, values: distances.values.slice() }
  const sizes = new Float64Array(count).fill(1)
  const found: Joining[] = []
  const chain: number[] = []
  while (found.length < count - 1) {
    if (chain.length === 0) chain.push(sizes.findIndex((size) => size > 0))
    const end = chain.at(-1) ?? 0
    const before = chain.at(-2)
    const nearest = nearestTo(work, sizes, end, before)
    if (nearest !== before) {
      chain.push(nearest)
      continue
    }
    chain.length -= 2
    found.push({ left: Math.min(end, nearest), right: Math.max(end, nearest), height: entryOf(work, end, nearest) })
    join(work, sizes, Math.min(end, nearest), Math.max(end, nearest), linkage)
  }
  return named(found.toSorted((one, other) => one.height - other.height), count)
}

/** Of two that are equally near the one before in the chain is taken, so that a chain ends. */
function nearestTo(distances: Matrix, sizes: Float64Array, cluster: number, before: number | undefined): number {
  let nearest = before
  let least = before === undefined ? Infinity : entryOf(distances, cluster, before)
  for (let other = 0; other < sizes.length; other++) {
    if (other === cluster || at(sizes, other) === 0 || entryOf(distances, cluster, other) >= least) continue
    nearest = other
    least = entryOf(distances, cluster, other)
  }
  return nearest ?? cluster
}

/** The second takes the place of both. */
function join(distances: Matrix, sizes: Float64Array, gone: number, kept: number, linkage: Linkage): void {
  const between = entryOf(distances, gone, kept)
  const sizeOne = at(sizes, gone)
  const sizeOther = at(sizes, kept)
  sizes[gone] = 0
  sizes[kept] = sizeOne + sizeOther
  for (let third = 0; third < sizes.length; third++) {
    const size = at(sizes, third)
    if (third === kept || size === 0) continue
    const parts = {
      one: entryOf(distances, gone, third), other: entryOf(distances, kept, third), between, sizeOne, sizeOther, size,
    }
    const distance = updates[linkage](parts)
    distances.values[third * sizes.length + kept] = distance
    distances.values[kept * sizes.length + third] = distance
  }
}

/** Until here a cluster was called by one of its leaves. */
function named(joinings: readonly Joining[], leaves: number): readonly Joining[] {
  const parents = Array.from({ length: 2 * leaves - 1 }, (_each, index) => index)
  const rootOf = (cluster: number): number => {
    let root = cluster
    while (parents[root] !== root) root = parents[root] ?? root
    return root
  }
  return joinings.map(({ left, right, height }, index) => {
    const one = rootOf(left)
    const other = rootOf(right)
    parents[one] = leaves + index
    parents[other] = leaves + index
    return { left: Math.min(one, other), right: Math.max(one, other), height }
  })
}

/** The leaves as they stand below the tree, the older branch on the left. */
export function leafOrder(joinings: readonly Joining[], leaves: number): readonly number[] {
  const order: number[] = []
  const waiting = [leaves + joinings.length - 1]
  for (let cluster = waiting.pop(); cluster !== undefined; cluster = waiting.pop()) {
    const joining = joinings[cluster - leaves]
    if (joining === undefined) order.push(cluster)
    else waiting.push(joining.right, joining.left)
  }
  return order
}

/** Between the columns of a matrix, as points. */
export function distancesBetweenColumns(matrix: Matrix): Matrix {
  const columns = Array.from({ length: matrix.columns }, (_each, index) => columnOf(matrix, index))
  return matrixOf(columns.length, columns.length, (row, column) => {
    const one = columns[row] ?? new Float64Array()
    const other = columns[column] ?? one
    return Math.sqrt(one.reduce((sum, value, index) => sum + (value - at(other, index)) ** 2, 0))
  })
}
