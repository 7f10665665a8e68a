import { arch, cpus, platform, totalmem } from 'node:os'

/** What every benchmark prints beside its figures: without it they mean nothing. */
export interface Machine {
  readonly cpu: string
  readonly cores: number
  readonly memoryGiB: number
  readonly system: string
  readonly node: string
}

export const machine = (): Machine => ({
  cpu: cpus()[0]?.model.trim() ?? 'unknown',
  cores: cpus().length,
  memoryGiB: Math.round(totalmem() / 2 ** 30),
  system: `${platform()} ${arch()}`,
  node: process.versions.node,
})

export interface Spread {
  readonly median: number
  readonly p99: number
  readonly max: number
  readonly samples: number
}

export function spreadOf(samples: readonly number[]): Spread {
  const sorted = [...samples].sort((a, b) => a - b)
  const at = (share: number): number => round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN)
  return { median: at(0.5), p99: at(0.99), max: round(sorted.at(-1) ?? Number.NaN), samples: sorted.length }
}

export const round = (value: number): number => Math.round(value * 1_000) / 1_000

/** One figure with what it is compared to, measured in the same run on the same machine. */
export interface Result {
  readonly unit: 'ms'
  readonly figure: Spread
  /** The simplest thing that does the same job. */
  readonly baseline: Spread
  readonly baselineIs: string
  /** figure.median / baseline.median: what the committed baselines hold, for it survives a change of machine. */
  readonly ratio: number
  /** The medians for one of many things that a run works through. */
  readonly each?: { readonly of: string; readonly nanoseconds: number; readonly baselineNanoseconds: number }
  /** What belongs to the figure and is not a time. */
  readonly notes?: Readonly<Record<string, number>>
  /** The mission's figure, if there is one. */
  readonly target?: { readonly statistic: 'median' | 'p99'; readonly atMost: number; readonly isMet: boolean }
}

export function resultOf(
  figure: Spread,
  baseline: Spread,
  baselineIs: string,
  target?: { readonly statistic: 'median' | 'p99'; readonly atMost: number },
): Result {
  return {
    unit: 'ms',
    figure,
    baseline,
    baselineIs,
    ratio: round(figure.median / baseline.median),
    ...(target === undefined ? {} : { target: { ...target, isMet: figure[target.statistic] <= target.atMost } }),
  }
}

/** `isLong`: also what takes minutes. */
export type Benchmark = (isLong?: boolean) => Promise<Readonly<Record<string, Result>>>
