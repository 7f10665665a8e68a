import { describe, expect, it } from 'vitest'
import { InvariantError } from '../../../../src-main/base/index.ts'
import {
  at, bestOfStarts, bfgs, boundedFrom, brentMinimum, brentRoot, centralGradient, centralHessian, entryOf, freeFrom, logistic,
  logit, minimiseWithin, nelderMead,
} from '../../../../src-main/quant/numeric/index.ts'

const rosenbrock = (point: Float64Array): number => (1 - at(point, 0)) ** 2 + 100 * (at(point, 1) - at(point, 0) ** 2) ** 2
const far = Float64Array.of(-1.2, 1)

describe('Brent’s root', () => {
  it.each([
    ['a cube root', (x: number) => x ** 3 - 2, 0, 2, Math.cbrt(2)],
    ['a root at an end', (x: number) => x, 0, 1, 0],
    ['a root at the other end', (x: number) => x - 1, 0, 1, 1],
    ['a steep function', (x: number) => Math.exp(50 * x) - 1e10, -1, 2, Math.log(1e10) / 50],
    ['a flat function', (x: number) => (x - 0.3) ** 9, -1, 2, 0.3],
    ['a falling function', (x: number) => 1 / x - 4, 0.01, 10, 0.25],
  ])('finds %s', (_what, of, from, to, root) => {
    const found = brentRoot(of, from, to)
    expect(found.ok && found.value.root).toBeCloseTo(root, _what === 'a flat function' ? 1 : 13)
  })

  it('says that it has no bracket, and that a function is not finite', () => {
    expect(brentRoot((x) => x * x + 1, -1, 1)).toMatchObject({ ok: false, error: { code: 'degenerate' } })
    expect(brentRoot(() => Number.NaN, -1, 1)).toMatchObject({ ok: false, error: { code: 'degenerate' } })
    expect(
      brentRoot((x) => (Math.abs(x) < 0.9 ? Number.NaN : x), -1, 1),
    ).toMatchObject({ ok: false, error: { code: 'degenerate' } })
  })

  it('says that it did not converge', () => {
    expect(
      brentRoot((x) => x ** 3 - 2, 0, 2, { evaluationsMost: 4 }),
    ).toMatchObject({ ok: false, error: { code: 'not-converged' } })
  })

  it('stops at the tolerance that is asked for', () => {
    const rough = brentRoot((x) => x ** 3 - 2, 0, 2, { tolerance: 1e-2 })
    const exact = brentRoot((x) => x ** 3 - 2, 0, 2)
    expect(rough.ok && exact.ok && rough.value.evaluations < exact.value.evaluations).toBe(true)
  })
})

describe('Brent’s minimum', () => {
  it('finds a smooth and a sharp minimum', () => {
    const smooth = brentMinimum((x) => Math.cosh(x - 1.5), -4, 5)
    expect(smooth.ok && smooth.value.point).toBeCloseTo(1.5, 7)
    const sharp = brentMinimum((x) => Math.abs(x - 0.3), -1, 5)
    expect(sharp.ok && sharp.value.point).toBeCloseTo(0.3, 7)
  })

  it('goes to the end of the interval where the function only falls', () => {
    const found = brentMinimum((x) => -x, 0, 1)
    expect(found.ok && found.value.point).toBeCloseTo(1, 6)
  })

  it('says that a function is not finite, and that it did not converge', () => {
    expect(brentMinimum(() => Number.NaN, 0, 1)).toMatchObject({ ok: false, error: { code: 'degenerate' } })
    expect(
      brentMinimum((x) => Math.cosh(x), -1, 2, { evaluationsMost: 3 }),
    ).toMatchObject({ ok: false, error: { code: 'not-converged' } })
  })
})

describe('searches in several variables', () => {
  it.each(
    [['BFGS', bfgs, 7], ['Nelder and Mead', nelderMead, 4]] as const,
  )('by %s find the end of a curved valley', (_name, search, digits) => {
    const found = search(rosenbrock, far)
    expect(found.ok && found.value.point[0]).toBeCloseTo(1, digits)
    expect(found.ok && found.value.point[1]).toBeCloseTo(1, digits)
  })

  it('by BFGS need fewer evaluations with a gradient', () => {
    let calls = 0
    const counted = (point: Float64Array): number => {
      calls++
      return rosenbrock(point)
    }
    const gradient = (point: Float64Array): Float64Array => {
      const [x, y] = [at(point, 0), at(point, 1)]
      return Float64Array.of(-2 * (1 - x) - 400 * x * (y - x * x), 200 * (y - x * x))
    }
    const found = bfgs(counted, far, { gradient })
    expect(found.ok && found.value.point[0]).toBeCloseTo(1, 7)
    expect(calls).toBeLessThan(120)
  })

  it('keep away from where the function is not defined', () => {
    const walled = (point: Float64Array): number => (at(point, 0) <= 0 ? Number.NaN : at(point, 0) - Math.log(at(point, 0)))
    const found = nelderMead(walled, Float64Array.of(5))
    expect(found.ok && found.value.point[0]).toBeCloseTo(1, 4)
    const climbed = bfgs((point) => (at(point, 0) <= 0 ? Infinity : at(point, 0) - Math.log(at(point, 0))), Float64Array.of(30))
    expect(climbed.ok && climbed.value.point[0]).toBeCloseTo(1, 6)
  })

  it('say that they did not converge and where they stopped', () => {
    const stopped = bfgs(rosenbrock, far, { iterationsMost: 3 })
    expect(stopped).toMatchObject({ ok: false, error: { code: 'not-converged' } })
    expect(!stopped.ok && stopped.error.best !== undefined && stopped.error.best.value < rosenbrock(far)).toBe(true)
    const tired = nelderMead(rosenbrock, far, { evaluationsMost: 30 })
    expect(tired).toMatchObject({ ok: false, error: { code: 'not-converged' } })
    expect(nelderMead(rosenbrock, far, { restarts: 0 })).toMatchObject({ ok: false, error: { code: 'not-converged' } })
  })

  it('call a slope without an end no minimum', () => {
    expect(bfgs((point) => -at(point, 0), Float64Array.of(0)).ok).toBe(false)
    expect(nelderMead((point) => -at(point, 0), Float64Array.of(0)).ok).toBe(false)
  })

  it('call a wall at the end of a slope no minimum', () => {
    expect(
      bfgs((point) => (at(point, 0) <= 0 ? Infinity : at(point, 0)), Float64Array.of(1)),
    ).toMatchObject({ ok: false, error: { code: 'not-converged' } })
  })

  it('refuse to start where there is no value', () => {
    expect(bfgs(() => Number.NaN, far)).toMatchObject({ ok: false, error: { code: 'degenerate' } })
    expect(nelderMead(() => Number.NaN, far)).toMatchObject({ ok: false, error: { code: 'degenerate' } })
  })

  it('give the same twice', () => {
    expect(bfgs(rosenbrock, far)).toEqual(bfgs(rosenbrock, far))
    expect(nelderMead(rosenbrock, far)).toEqual(nelderMead(rosenbrock, far))
  })

  it('take the best of several starts, and the first failure when all fail', () => {
    const wavy = (point: Float64Array): number => Math.sin(3 * at(point, 0)) + 0.1 * at(point, 0) ** 2
    const starts = [Float64Array.of(3.5), Float64Array.of(-0.6)]
    const best = bestOfStarts(starts, (start) => bfgs(wavy, start))
    expect(best.ok && best.value.point[0]).toBeCloseTo(-0.5122, 3)
    expect(bestOfStarts(starts, () => bfgs(() => Number.NaN, far)).ok).toBe(false)
    expect(() => bestOfStarts([], (start) => bfgs(wavy, start))).toThrow(InvariantError)
  })
})

describe('bounds', () => {
  it.each([
    [{}, 3], [{ above: 2 }, 2.5], [{ below: 2 }, -7], [{ above: -1, below: 1 }, 0.3],
  ])('%o take a value to the whole line and back', (bound, value) => {
    expect(boundedFrom(freeFrom(value, bound), bound)).toBeCloseTo(value, 12)
  })

  it('refuse a value outside as a bug', () => {
    expect(() => freeFrom(2, { above: 2 })).toThrow(InvariantError)
    expect(() => freeFrom(2, { below: 1 })).toThrow(InvariantError)
  })

  it('are never left by a search', () => {
    const asked: number[] = []
    const found = minimiseWithin(
      (point) => {
        asked.push(at(point, 0))
        return (at(point, 0) - 0.7) ** 2
      },
      [{ above: 0.5, below: 0.9 }],
      Float64Array.of(0.55),
    )
    expect(found.ok && found.value.point[0]).toBeCloseTo(0.7, 5)
    expect(Math.min(...asked)).toBeGreaterThanOrEqual(0.5)
    expect(Math.max(...asked)).toBeLessThanOrEqual(0.9)
  })

  it('hold where a search stops early, too', () => {
    const stopped = minimiseWithin((point) => rosenbrock(point), [{ above: -2 }, { below: 3 }], far, { iterationsMost: 2 })
    expect(!stopped.ok && (stopped.error.best?.point[0] ?? -3) > -2).toBe(true)
    expect(minimiseWithin(() => Number.NaN, [{}], Float64Array.of(0)).ok).toBe(false)
  })

  it('turn shares to the line without loss at both ends', () => {
    expect(logistic(logit(1e-12))).toBeCloseTo(1e-12, 24)
    expect(logistic(-800)).toBe(0)
    expect(logistic(800)).toBe(1)
  })
})

describe('derivatives by differences', () => {
  it('agree with those by hand', () => {
    const of = (point: Float64Array): number => at(point, 0) ** 3 * at(point, 1) + Math.exp(at(point, 1))
    const point = Float64Array.of(1.5, 0.4)
    const gradient = centralGradient(of, point)
    expect(gradient[0]).toBeCloseTo(3 * 1.5 ** 2 * 0.4, 8)
    expect(gradient[1]).toBeCloseTo(1.5 ** 3 + Math.exp(0.4), 8)
    const hessian = centralHessian(of, point)
    expect(entryOf(hessian, 0, 0)).toBeCloseTo(6 * 1.5 * 0.4, 5)
    expect(entryOf(hessian, 0, 1)).toBeCloseTo(3 * 1.5 ** 2, 5)
    expect(entryOf(hessian, 1, 0)).toBe(entryOf(hessian, 0, 1))
    expect(entryOf(hessian, 1, 1)).toBeCloseTo(Math.exp(0.4), 5)
  })
})
