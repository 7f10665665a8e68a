import { monotoneRoot } from './monotone-root.ts'

const squareOfPi = Math.PI * Math.PI

/** P(K > x) of the limit of √n times the largest gap between an empirical and the true distribution. */
export function kolmogorovSurvival(x: number): number {
  if (Number.isNaN(x)) return Number.NaN
  if (x <= 0) return 1
  return x < 1 ? 1 - smallArgumentCdf(x) : largeArgumentSurvival(x)
}

export function kolmogorovCdf(x: number): number {
  if (Number.isNaN(x)) return Number.NaN
  if (x <= 0) return 0
  return x < 1 ? smallArgumentCdf(x) : 1 - largeArgumentSurvival(x)
}

/** The x that is exceeded with the given probability: the critical value of the test is this over √n. */
export function kolmogorovCritical(probability: number): number {
  if (!(probability > 0 && probability < 1)) return Number.NaN
  return monotoneRoot(
    { valueAt: (x) => Math.log(probability) - Math.log(kolmogorovSurvival(x)), slopeAt: (x) => density(x) / kolmogorovSurvival(x) },
    [1e-3, 20],
    Math.sqrt(-0.5 * Math.log(probability / 2)),
  )
}

function largeArgumentSurvival(x: number): number {
  let sum = 0
  for (let k = 8; k >= 1; k -= 1) sum = Math.exp(-2 * k * k * x * x) - sum
  return 2 * sum
}

/** The same sum after Jacobi's transformation, which converges where the other does not. */
function smallArgumentCdf(x: number): number {
  let sum = 0
  for (let odd = 9; odd >= 1; odd -= 2) sum += Math.exp((-odd * odd * squareOfPi) / (8 * x * x))
  return (Math.sqrt(2 * Math.PI) / x) * sum
}

function density(x: number): number {
  if (x < 1) return smallArgumentDensity(x)
  let sum = 0
  for (let k = 8; k >= 1; k -= 1) sum = k * k * Math.exp(-2 * k * k * x * x) - sum
  return 8 * x * sum
}

function smallArgumentDensity(x: number): number {
  let sum = 0
  for (let odd = 9; odd >= 1; odd -= 2) {
    const part = (odd * odd * squareOfPi) / (4 * x * x)
    sum += (part - 1) * Math.exp(-part / 2)
  }
  return (Math.sqrt(2 * Math.PI) / (x * x)) * sum
}
