import { unreachable } from '../../base/index.ts'
import type { Law } from './law.ts'

/** Null where the moment does not exist or is infinite. */
export interface LawMoments {
  readonly mean: number | null
  readonly variance: number | null
  readonly skew: number | null
  /** Kurtosis less 3. */
  readonly exKurtosis: number | null
}

/** The exact moments of a law that was checked. */
export function lawMoments(law: Law): LawMoments {
  switch (law.law) {
    case 'normal': return { mean: law.mean, variance: law.sd ** 2, skew: 0, exKurtosis: 0 }
    case 'lognormal': return lognormalMoments(law.mu, law.sigma)
    case 'gamma': return gammaMoments(law.shape, law.rate)
    case 'exponential': return gammaMoments(1, law.rate)
    case 'beta': return betaMoments(law.a, law.b)
    case 't': return studentMoments(law.df)
    case 'poisson': return { mean: law.lambda, variance: law.lambda, skew: 1 / Math.sqrt(law.lambda), exKurtosis: 1 / law.lambda }
    case 'nbinom': return negativeBinomialMoments(law.size, law.prob)
    default: return unreachable(law, 'law')
  }
}

/** With e^(σ²) - 1 as the variable, so that a small σ keeps its digits. */
function lognormalMoments(mu: number, sigma: number): LawMoments {
  const excess = Math.expm1(sigma * sigma)
  const w = 1 + excess
  return {
    mean: Math.exp(mu + (sigma * sigma) / 2),
    variance: excess * Math.exp(2 * mu + sigma * sigma),
    skew: (w + 2) * Math.sqrt(excess),
    exKurtosis: excess * (((w + 3) * w + 6) * w + 6),
  }
}

const gammaMoments = (shape: number, rate: number): LawMoments => ({
  mean: shape / rate, variance: shape / rate / rate, skew: 2 / Math.sqrt(shape), exKurtosis: 6 / shape,
})

function betaMoments(a: number, b: number): LawMoments {
  const n = a + b
  return {
    mean: a / n,
    variance: ((a / n) * (b / n)) / (n + 1),
    skew: (2 * (b - a) * Math.sqrt(n + 1)) / ((n + 2) * Math.sqrt(a * b)),
    exKurtosis: (6 * ((a - b) ** 2 * (n + 1) - a * b * (n + 2))) / (a * b * (n + 2) * (n + 3)),
  }
}

const studentMoments = (df: number): LawMoments => ({
  mean: df > 1 ? 0 : null,
  variance: df > 2 ? df / (df - 2) : null,
  skew: df > 3 ? 0 : null,
  exKurtosis: df > 4 ? 6 / (df - 4) : null,
})

const negativeBinomialMoments = (size: number, prob: number): LawMoments => ({
  mean: (size * (1 - prob)) / prob,
  variance: (size * (1 - prob)) / (prob * prob),
  skew: (2 - prob) / Math.sqrt(size * (1 - prob)),
  exKurtosis: 6 / size + (prob * prob) / (size * (1 - prob)),
})
