import { createRandom } from '../../src-main/base/index.ts'
import { portfolio } from '../../src-main/quant/index.ts'
import { resultOf, spreadOf, type Benchmark } from './measure.ts'

const periods = 2_500
const assets = 8
const rounds = 5
const runsPerRound = 20

/** From returns to weights: ten years of days of eight assets. */
export const quantPortfolio: Benchmark = () => {
  const random = createRandom(20_240_611)
  const returns = {
    rows: periods, columns: assets, values: Float64Array.from({ length: periods * assets }, () => 0.01 * random.nextNormal()),
  }
  const moments = (): ReturnType<typeof portfolio.sampleMoments> => portfolio.sampleMoments(returns)
  const hrp = (): boolean => {
    const sampled = moments()
    return sampled.ok && portfolio.hierarchicalRiskParity(
      sampled.value.covariance, { linkage: 'ward', distance: 'euclidean-of-distance' },
    ).ok
  }
  const cvar = (): boolean => portfolio.minimumCvar(returns, { level: 0.95 }).ok
  if (!hrp() || !cvar()) throw new Error('the portfolio that is measured has no weights')
  const covariances = spreadOf(time(moments))
  return Promise.resolve({
    hierarchicalRiskParity: resultOf(
      spreadOf(time(hrp)), covariances, 'the covariances alone', { statistic: 'median', atMost: 20 },
    ),
    minimumCvar: resultOf(spreadOf(time(cvar, 1)), covariances, 'the covariances alone', { statistic: 'median', atMost: 250 }),
  })
}

/** Milliseconds for each run; the first round warms up and is not counted. */
function time(work: () => unknown, runs = runsPerRound): readonly number[] {
  const samples: number[] = []
  for (let round = 0; round <= rounds; round++) {
    const began = performance.now()
    for (let run = 0; run < runs; run++) work()
    if (round > 0) samples.push((performance.now() - began) / runs)
  }
  return samples
}
