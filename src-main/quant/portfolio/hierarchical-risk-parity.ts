import { ok, type Result } from '../../base/index.ts'
import type { QuantError } from '../catalogue-entry.ts'
import { refuse } from '../entry-form/index.ts'
import { at, correlationFrom, entryOf, matrixOf, type Matrix } from '../numeric/index.ts'
import { distancesBetweenColumns, joinClusters, leafOrder, type Linkage } from './hierarchical-clustering.ts'
import { deviationsOf } from './moments.ts'

/**
 * What is clustered: √((1 − ρ)/2) itself, or the Euclidean distance between the columns of the matrix of it. Both are in use;
 * the second is that of the paper.
 */
export const hierarchyDistances = ['correlation', 'euclidean-of-distance'] as const
export type HierarchyDistance = (typeof hierarchyDistances)[number]

export interface HierarchyChoice {
  readonly linkage: Linkage
  readonly distance: HierarchyDistance
}

export interface HierarchicalWeights {
  readonly weights: Float64Array
  /** The assets as they stand below the tree. */
  readonly order: readonly number[]
}

/** Hierarchical risk parity (López de Prado 2016): cluster, put like beside like, and halve the budget from the top down. */
export function hierarchicalRiskParity(
  covariance: Matrix, { linkage, distance }: HierarchyChoice,
): Result<HierarchicalWeights, QuantError> {
  const deviations = deviationsOf(covariance)
  if (!deviations.ok) return deviations
  const assets = covariance.rows
  const correlation = correlationFrom(covariance)
  const apart = matrixOf(assets, assets, (row, column) => Math.sqrt(Math.max(0, (1 - entryOf(correlation, row, column)) / 2)))
  const distances = distance === 'correlation' ? apart : distancesBetweenColumns(apart)
  const order = leafOrder(joinClusters(distances, linkage), assets)
  const weights = new Float64Array(assets).fill(1)
  bisect(covariance, order, weights)
  if (!weights.every((weight) => weight > 0)) return refuse('degenerate', 'A cluster of assets has no risk.')
  return ok({ weights, order })
}

function bisect(covariance: Matrix, order: readonly number[], weights: Float64Array): void {
  if (order.length < 2) return
  const middle = Math.floor(order.length / 2)
  const halves = [order.slice(0, middle), order.slice(middle)]
  const [left = 0, right = 0] = halves.map((half) => clusterVariance(covariance, half))
  for (const [index, half] of halves.entries()) {
    const share = (index === 0 ? right : left) / (left + right)
    for (const asset of half) weights[asset] = at(weights, asset) * share
    bisect(covariance, half, weights)
  }
}

/** Of the cluster's inverse-variance portfolio. */
function clusterVariance(covariance: Matrix, members: readonly number[]): number {
  const inverse = members.map((member) => 1 / entryOf(covariance, member, member))
  const whole = inverse.reduce((sum, value) => sum + value, 0)
  let variance = 0
  for (const [row, one] of members.entries()) {
    for (const [column, other] of members.entries()) {
      variance += ((inverse[row] ?? 0) / whole) * ((inverse[column] ?? 0) / whole) * entryOf(covariance, one, other)
    }
  }
  return variance
}
