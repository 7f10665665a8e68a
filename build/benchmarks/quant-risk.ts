import { createRandom } from '../../src-main/base/index.ts'
import { samplerOf } from '../../src-main/quant/distributions/index.ts'
import { drawdown, tailRisk, varCornishFisher, varHistorical } from '../../src-main/quant/risk-measures/index.ts'
import { resultOf, spreadOf, type Benchmark } from './measure.ts'

const returnsCount = 10_000
const rounds = 200

/** What the risk panel computes at each refresh, on ten thousand heavy-tailed returns. */
export const quantRisk: Benchmark = async () => {
  const samples = Array.from({ length: 16 }, (_each, seed) => heavyTailedReturns(seed + 1))
  const historical = (returns: Float64Array): unknown => tailRisk(returns, { level: 0.975, tail: 'rockafellar-uryasev' })
  const everything = (returns: Float64Array): unknown => [
    historical(returns), varHistorical(returns, { level: 0.99 }), varCornishFisher(returns, { level: 0.99, ddof: 0 }), drawdown(returns),
  ]
  const sorting = (returns: Float64Array): unknown => Float64Array.from(returns).sort()
  for (const work of [historical, everything, sorting]) timesOf(work, samples)
  const baseline = spreadOf(timesOf(sorting, samples))
  const baselineIs = `sorting ${returnsCount} numbers`
  return {
    varAndEs: resultOf(spreadOf(timesOf(historical, samples)), baseline, baselineIs, { statistic: 'p99', atMost: 5 }),
    riskPanel: resultOf(spreadOf(timesOf(everything, samples)), baseline, baselineIs),
  }
}

function heavyTailedReturns(seed: number): Float64Array {
  const sampler = samplerOf({ law: 't', df: 4 })
  if (!sampler.ok) throw new Error(sampler.error.message)
  const random = createRandom(seed)
  return Float64Array.from({ length: returnsCount }, () => 0.01 * sampler.value(random))
}

/** In milliseconds; another sample each time, so that no branch is learnt by heart. */
function timesOf(work: (returns: Float64Array) => unknown, samples: readonly Float64Array[]): readonly number[] {
  return Array.from({ length: rounds }, (_each, round) => {
    const returns = samples[round % samples.length] ?? new Float64Array(returnsCount)
    const start = performance.now()
    work(returns)
    return performance.now() - start
  })
}
