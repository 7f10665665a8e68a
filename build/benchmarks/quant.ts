import type { Benchmark, Result } from './measure.ts'
import { barCount, quantIndicators } from './quant-indicators.ts'
import { quantPortfolio } from './quant-portfolio.ts'
import { quantRisk } from './quant-risk.ts'
import { quantStatistics } from './quant-statistics.ts'

type Results = Awaited<ReturnType<Benchmark>>

/** All of the quant library, one part after the other: each would disturb the next. */
export const quant: Benchmark = async () => {
  const indicators = await quantIndicators()
  return {
    ...Object.fromEntries(Object.entries(indicators).map(([name, result]) => [name, withEach(result)])),
    ...(await quantStatistics()),
    ...(await quantRisk()),
    ...(await quantPortfolio()),
  } satisfies Results
}

/** Indicators are spoken of by the bar. */
const withEach = (result: Result): Result => ({
  ...result,
  each: { of: 'bar', nanoseconds: eachOf(result.figure.median), baselineNanoseconds: eachOf(result.baseline.median) },
})

const eachOf = (milliseconds: number): number => Math.round((milliseconds * 1e6) / barCount)
