import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRandom } from '../../../src-main/base/index.ts'
import { centralGradient } from '../../../src-main/quant/numeric/index.ts'
import { garchObjective, shapeOf, type GarchOptions } from '../../../src-main/quant/statistics/garch-objective.ts'

const options: fc.Arbitrary<GarchOptions> = fc.record({
  p: fc.integer({ min: 1, max: 3 }), q: fc.integer({ min: 0, max: 3 }), mean: fc.constantFrom('zero', 'constant'),
  dist: fc.constantFrom('normal', 't'), isAsymmetric: fc.boolean(),
})
const free = fc.double({ min: -2.5, max: 2.5, noNaN: true })

describe('the slopes of the likelihood of a GARCH model', () => {
  it('are those that central differences show, for all orders, means and laws', () => {
    fc.assert(fc.property(options, fc.array(free, { minLength: 12, maxLength: 12 }), fc.nat(), (asked, point, seed) => {
      const shape = shapeOf(asked)
      const random = createRandom(seed)
      const scaled = Float64Array.from({ length: 120 }, () => random.nextNormal() * (1 + random.nextFloat53()))
      const { value, gradient } = garchObjective(scaled, shape)
      const at = Float64Array.from(point.slice(0, shape.size))
      const exact = gradient(at)
      const shown = centralGradient(value, at)
      expect(exact).toHaveLength(shape.size)
      const largest = shown.reduce((most, slope) => Math.max(most, Math.abs(slope)), Math.abs(value(at)))
      exact.forEach((slope, index) => expect(Math.abs(slope - (shown[index] ?? 0))).toBeLessThan(1e-7 * largest))
    }))
  })
})
