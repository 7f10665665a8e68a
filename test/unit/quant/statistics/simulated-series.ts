import { createRandom, type Random } from '../../../../src-main/base/index.ts'

export interface GarchTruth {
  readonly omega: number
  readonly alpha: number
  readonly beta: number
  readonly gamma?: number
  /** Whole degrees of freedom of Student's law; normal when absent. */
  readonly nu?: number
  readonly mu?: number
}

const burnIn = 300

export function garchSeries(
  seed: number, length: number, { omega, alpha, beta, gamma = 0, nu, mu = 0 }: GarchTruth,
): Float64Array {
  const random = createRandom(seed)
  const series = new Float64Array(length)
  let variance = omega / (1 - alpha - beta - gamma / 2)
  let shock = 0
  for (let time = -burnIn; time < length; time++) {
    variance = omega + (alpha + (shock < 0 ? gamma : 0)) * shock ** 2 + beta * variance
    shock = Math.sqrt(variance) * (nu === undefined ? random.nextNormal() : unitStudent(random, nu))
    if (time >= 0) series[time] = mu + shock
  }
  return series
}

/** Student's law with the variance of one. */
export function unitStudent(random: Random, nu: number): number {
  let squares = 0
  for (let index = 0; index < nu; index++) squares += random.nextNormal() ** 2
  return (random.nextNormal() / Math.sqrt(squares / nu)) * Math.sqrt((nu - 2) / nu)
}

export interface ArmaTruth {
  readonly ar: readonly number[]
  readonly ma: readonly number[]
  readonly d?: number
  readonly mean?: number
}

export function armaSeries(seed: number, length: number, { ar, ma, d = 0, mean = 0 }: ArmaTruth): Float64Array {
  const random = createRandom(seed)
  const shocks: number[] = []
  const values: number[] = []
  for (let time = 0; time < length + burnIn; time++) {
    shocks.push(random.nextNormal())
    let value = shocks[time] ?? 0
    ar.forEach((weight, lag) => (value += weight * (values[time - 1 - lag] ?? 0)))
    ma.forEach((weight, lag) => (value += weight * (shocks[time - 1 - lag] ?? 0)))
    values.push(value)
  }
  let series = values.slice(burnIn).map((value) => value + mean)
  for (let time = 0; time < d; time++) series = running(series)
  return Float64Array.from(series)
}

function running(values: readonly number[]): number[] {
  let sum = 0
  return values.map((value) => (sum += value))
}

export function normalSeries(seed: number, length: number): Float64Array {
  const random = createRandom(seed)
  return Float64Array.from({ length }, () => random.nextNormal())
}

/** Columns with GARCH variances whose correlation drifts slowly. */
export function correlatedRows(seed: number, rows: number, columns: number): number[][] {
  const random = createRandom(seed)
  const variance = Array.from({ length: columns }, () => 1)
  const shock = Array.from({ length: columns }, () => 0)
  return Array.from({ length: rows }, (_each, time) => {
    const common = random.nextNormal()
    const share = 0.35 + 0.25 * Math.sin(time / 60)
    return variance.map((before, column) => {
      const now = 0.05 + 0.08 * (shock[column] ?? 0) ** 2 + 0.87 * before
      variance[column] = now
      shock[column] = Math.sqrt(now) * (Math.sqrt(share) * common + Math.sqrt(1 - share) * random.nextNormal())
      return shock[column] ?? 0
    })
  })
}
