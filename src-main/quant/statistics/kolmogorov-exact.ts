import { at, createMatrix, entryOf, multiplyMatrices, type Matrix } from '../numeric/index.ts'

/**
 * Up to here the law is computed exactly, above by its expansion: the choice of Simard and L'Ecuyer (2011), which scipy follows.
 */
const sizeMost = 140
const pathsMost = 1e8

/** P(D ≥ d) of n uniform values: exact for a small sample, to some 1e-6 for a large one. */
export function oneSampleExactP(d: number, n: number): number {
  if (d <= 1 / (2 * n)) return 1
  if (d >= 1) return 0
  const square = n * d * d
  const isSmall = n <= sizeMost
  // Both sides cannot be far out together: twice the one-sided tail is exact from d = 1/2, and nearly so from here.
  if (d >= 0.5 || square >= (isSmall ? 4.5 : 2.2)) return Math.min(1, 2 * oneSidedTail(d, n))
  const cdf = isSmall || n * d ** 1.5 <= 1.4 ? matrixCdf(d, n) : expandedCdf(Math.sqrt(square), n)
  return Math.min(1, Math.max(0, 1 - cdf))
}

/** Pelz and Good (1976): the limit of Kolmogorov with terms in n^-½, n^-1 and n^-3/2. `z` is √n·d. */
function expandedCdf(z: number, n: number): number {
  const s = z * z
  let [limit, first, second, third] = [0, 0, 0, 0]
  for (let k = 0; k < 20; k++) {
    const odd = (Math.PI * (k + 0.5)) ** 2
    const weight = 2 * Math.exp(-odd / (2 * s))
    limit += weight
    first += (odd - s) * weight
    second += (6 * s ** 3 + 2 * s * s + odd * (2 * s * s - 5 * s) + odd * odd * (1 - 2 * s)) * weight
    third += (
      odd ** 3 * (5 - 30 * s) + odd * odd * (212 * s * s - 60 * s) + odd * (135 * s * s - 96 * s ** 3) - 30 * s ** 3 - 90 * s ** 4
    ) * weight
  }
  let [secondEven, thirdEven] = [0, 0]
  for (let k = 1; k < 20; k++) {
    const even = (Math.PI * k) ** 2
    const weight = 2 * Math.exp(-even / (2 * s))
    secondEven += even * weight
    thirdEven += (3 * even * s - even * even) * weight
  }
  const terms = [
    limit / z,
    first / (6 * s * s),
    second / (72 * z ** 7) - secondEven / (36 * z ** 3),
    third / (6480 * s ** 5) + thirdEven / (216 * s ** 3),
  ]
  return Math.sqrt(Math.PI / 2) * terms.reduceRight((sum, term) => sum / Math.sqrt(n) + term, 0)
}

/** Smirnov's sum for P(D⁺ ≥ d), in logarithms because the binomials overflow. */
function oneSidedTail(d: number, n: number): number {
  let sum = 0
  let logBinomial = 0
  for (let j = 0; j <= Math.floor(n * (1 - d)); j++) {
    if (j > 0) logBinomial += Math.log((n - j + 1) / j)
    const below = d + j / n
    if (below >= 1) {
      if (j === n) sum += d * Math.exp(logBinomial)
      break
    }
    sum += d * Math.exp(logBinomial + (n - j) * Math.log1p(-below) + (j - 1) * Math.log(below))
  }
  return sum
}

/** P(D < d) by the power of a matrix: Marsaglia, Tsang and Wang (2003). The exponent is kept apart. */
function matrixCdf(d: number, n: number): number {
  const k = Math.floor(n * d) + 1
  const size = 2 * k - 1
  const power = powerOf(stepMatrix(size, k - n * d), n)
  let value = entryOf(power.matrix, k - 1, k - 1)
  let exponent = power.exponent
  for (let factor = 1; factor <= n; factor++) {
    value = (value * factor) / n
    if (value < 1e-140) {
      value *= 1e140
      exponent -= 140
    }
  }
  return value * 10 ** exponent
}

function stepMatrix(size: number, h: number): Matrix {
  const matrix = createMatrix(size, size)
  const set = (row: number, column: number, value: number): void => void (matrix.values[row * size + column] = value)
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) set(row, column, row - column + 1 < 0 ? 0 : 1)
  }
  for (let index = 0; index < size; index++) {
    set(index, 0, entryOf(matrix, index, 0) - h ** (index + 1))
    set(size - 1, index, entryOf(matrix, size - 1, index) - h ** (size - index))
  }
  set(size - 1, 0, entryOf(matrix, size - 1, 0) + (2 * h - 1 > 0 ? (2 * h - 1) ** size : 0))
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      for (let factor = 2; factor <= row - column + 1; factor++) set(row, column, entryOf(matrix, row, column) / factor)
    }
  }
  return matrix
}

interface Scaled {
  readonly matrix: Matrix
  /** Of ten. */
  readonly exponent: number
}

function powerOf(matrix: Matrix, n: number): Scaled {
  if (n === 1) return { matrix, exponent: 0 }
  const half = powerOf(matrix, Math.floor(n / 2))
  const squared = multiplyMatrices(half.matrix, half.matrix)
  const product = n % 2 === 0 ? squared : multiplyMatrices(matrix, squared)
  const middle = (matrix.rows - 1) / 2
  const exponent = 2 * half.exponent
  if (entryOf(product, middle, middle) <= 1e140) return { matrix: product, exponent }
  return { matrix: { ...product, values: product.values.map((value) => value * 1e-140) }, exponent: exponent + 140 }
}

/** P(D ≥ d) of two samples without ties: the share of lattice paths that leave the band. Nothing where there are too many. */
export function twoSampleExactP(d: number, n: number, m: number): number | undefined {
  if (n * m > pathsMost) return undefined
  // d is a multiple of 1/(n·m): compared as whole numbers, for the sum must not miss its own statistic.
  const reach = Math.round(d * n * m)
  if (reach === 0) return 1
  const inside = new Float64Array(m + 1)
  inside[0] = 1
  let outside = 0
  for (let i = 0; i <= n; i++) {
    for (let j = 0; j <= m; j++) {
      if (i + j === 0) continue
      const fromLeft = i > 0 ? (at(inside, j) * (n - i + 1)) / (n + m - i - j + 1) : 0
      const fromBelow = j > 0 ? (at(inside, j - 1) * (m - j + 1)) / (n + m - i - j + 1) : 0
      const mass = fromLeft + fromBelow
      const hasLeft = Math.abs(i * m - j * n) >= reach
      if (hasLeft) outside += mass
      inside[j] = hasLeft ? 0 : mass
    }
  }
  return Math.min(1, outside)
}
