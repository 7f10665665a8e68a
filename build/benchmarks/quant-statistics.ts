import { createRandom, ensureOk } from '../../src-main/base/index.ts'
import { columnOf, matrixFromRows, type Matrix } from '../../src-main/quant/numeric/index.ts'
import { dccFit, filterDcc, filterVariance, garchFit, standardise, type VarianceModel } from '../../src-main/quant/statistics/index.ts'
import { resultOf, spreadOf, type Benchmark } from './measure.ts'

const rows = 2_500
const columns = 8
const model: VarianceModel = {
  omega: 0.05, alphas: Float64Array.of(0.08), betas: Float64Array.of(0.87), gammas: new Float64Array(0),
}

/** Fits of volatility as the risk panel makes them, beside one look at the likelihood, which every search repeats. */
export const quantStatistics: Benchmark = async () => {
  const returns = simulate()
  const first = columnOf(returns, 0)
  const standardised = ensureOk(standardise(returns, Array.from({ length: columns }, () => model)), 'a standardised series')
  const oneFilter = timesOf(100, () => ensureOk(filterVariance(first, model, { dist: 'normal' }), 'a filter'))
  const oneWalk = timesOf(20, () => ensureOk(filterDcc(standardised, { a: 0.02, b: 0.95 }), 'a filter'))
  const garch = timesOf(20, () => ensureOk(garchFit(first), 'a fit'))
  const student = timesOf(20, () => ensureOk(garchFit(first, { dist: 't', mean: 'constant' }), 'a fit'))
  const dcc = timesOf(5, () => ensureOk(dccFit(returns), 'a fit'))
  const filterIs = `one GARCH filter over ${rows} returns`
  return {
    garchFit: resultOf(garch, oneFilter, filterIs, { statistic: 'median', atMost: 100 }),
    garchFitStudent: resultOf(student, oneFilter, filterIs, { statistic: 'median', atMost: 100 }),
    dccFit: resultOf(dcc, oneWalk, `one DCC filter over ${columns} columns of ${rows} returns`, { statistic: 'median', atMost: 2_000 }),
  }
}

function timesOf(rounds: number, run: () => unknown): ReturnType<typeof spreadOf> {
  run()
  return spreadOf(Array.from({ length: rounds }, () => {
    const start = performance.now()
    run()
    return performance.now() - start
  }))
}

function simulate(): Matrix {
  const random = createRandom(17)
  const variance = Array.from({ length: columns }, () => 1)
  const shock = Array.from({ length: columns }, () => 0)
  return matrixFromRows(Array.from({ length: rows }, (_each, time) => {
    const common = random.nextNormal()
    const share = 0.35 + 0.25 * Math.sin(time / 150)
    return variance.map((before, column) => {
      const now = 0.05 + 0.08 * (shock[column] ?? 0) ** 2 + 0.87 * before
      variance[column] = now
      shock[column] = Math.sqrt(now) * (Math.sqrt(share) * common + Math.sqrt(1 - share) * random.nextNormal())
      return shock[column] ?? 0
    })
  }))
}
