import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ensureOk } from '../../../src-main/base/index.ts'
import {
  computeIndicator, createFeatureVector, createIndicator, indicatorDefinitions, warmUp, type Bar, type BarMachine,
  type IndicatorParams,
} from '../../../src-main/quant/indicators/index.ts'
import { columnsOf, randomBars, shortParams } from '../../unit/quant/indicators/random-bars.ts'

const valuesOf = (machine: BarMachine): Float64Array => {
  const values = new Float64Array(machine.outputs.length)
  machine.read(values)
  return values
}

/** As bits, for NaN and the sign of zero count too. */
const bits = (values: Float64Array): string => new BigUint64Array(values.slice().buffer).join()

const disturbed = (bar: Bar, share: number): Bar => ({
  open: bar.open * (1 + share), high: bar.high * (
    1 + 2 * share
  ), low: bar.low * (1 - share), close: bar.close * (1 - share / 2), volume: bar.volume * (2 + share), session: bar.session ?? 0,
})

/** Takes each bar after a random number of wrong ones that it then replaces, and moves to another machine at random points. */
function streamUnsteadily(create: () => BarMachine, bars: readonly Bar[], noise: readonly number[]): readonly string[] {
  let machine = create()
  return bars.map((bar, index) => {
    const turn = noise[index % noise.length] ?? 0
    if (turn % 3 === 0) ensureOk(machine.update(bar), 'update')
    else {
      ensureOk(machine.update(disturbed(bar, 0.01 * turn)), 'update')
      for (let times = 0; times < turn % 3; times++) ensureOk(
        machine.replace(disturbed({ ...bar, session: -turn }, -0.02 * turn)), 'replace',
      )
      ensureOk(machine.replace(bar), 'replace')
    }
    if (turn === 7) {
      const moved = create()
      ensureOk(moved.restore(JSON.parse(JSON.stringify(machine.snapshot())) as ReturnType<BarMachine['snapshot']>), 'restore')
      machine = moved
    }
    return bits(valuesOf(machine))
  })
}

describe.each(indicatorDefinitions.map((definition) => [definition.name, definition] as const))('%s', (_name, definition) => {
  it('streams what it computes at once, bit for bit, through replaced bars and restored snapshots', () => {
    fc.assert(fc.property(
      fc.nat(), fc.nat(2), fc.array(fc.nat(9), { minLength: 5, maxLength: 40 }), fc.integer({ min: 1, max: 130 }),
      (seed, variant, noise, count) => {
        const params: IndicatorParams = shortParams(definition, variant)
        const bars = randomBars(seed, count)
        const batch = ensureOk(
          computeIndicator(definition, params, columnsOf(bars)), `batch of ${definition.name} ${JSON.stringify(params)}`,
        )
        const streamed = streamUnsteadily(() => ensureOk(createIndicator(definition, params), 'streaming'), bars, noise)
        const arrays = definition.outputs.map(({ name }) => batch[name] ?? new Float64Array())
        expect(streamed).toEqual(bars.map((_bar, index) => bits(Float64Array.from(arrays, (array) => array[index] ?? 0))))
      },
    ), { numRuns: 12 })
  })

  it('has no value before its warm-up and none that is infinite', () => {
    fc.assert(fc.property(fc.nat(), fc.nat(2), (seed, variant) => {
      const params = shortParams(definition, variant)
      const batch = ensureOk(computeIndicator(definition, params, columnsOf(randomBars(seed, 120))), 'batch')
      const first = ensureOk(warmUp(definition, params), 'warm-up')
      for (const [name, values] of Object.entries(batch)) {
        expect(values.subarray(0, first[name]).every(Number.isNaN)).toBe(true)
        expect(values.some((value) => Math.abs(value) === Infinity)).toBe(false)
      }
    }), { numRuns: 4 })
  })
})

describe('a vector of all indicators', () => {
  it('gives each what it gives alone, whatever is shared with its neighbours', () => {
    const features = indicatorDefinitions.flatMap((definition) => [0, 1, 2].flatMap((variant) => definition.outputs.map((output) => ({
      name: `${definition.name}.${output.name}.${variant}`, indicator: definition.name, output: output.name, params: shortParams(
        definition, variant,
      ),
    }))))
    const bars = randomBars(11, 160)
    const vector = ensureOk(createFeatureVector(features), 'vector')
    const streamed = bars.map((bar) => {
      ensureOk(vector.update(bar), 'update')
      return valuesOf(vector)
    })
    const alone = new Map<string, Float64Array>()
    for (const definition of indicatorDefinitions) {
      for (const variant of [0, 1, 2]) {
        const batch = ensureOk(computeIndicator(definition, shortParams(definition, variant), columnsOf(bars)), definition.name)
        for (const [name, values] of Object.entries(batch)) alone.set(`${definition.name}.${name}.${variant}`, values)
      }
    }
    features.forEach(({ name }, index) => {
      expect(
        [name, bits(Float64Array.from(streamed, (values) => values[index] ?? 0))],
      ).toEqual([name, bits(alone.get(name) ?? new Float64Array())])
    })
    expect(vector.nodeCount).toBeLessThan(features.length * 3)
  })

  it('streams bit for bit too, through replaced bars and restored snapshots', () => {
    const features = indicatorDefinitions.map(
      (definition) => ({ name: definition.name, indicator: definition.name, params: shortParams(definition, 1) }),
    )
    const create = (): BarMachine => ensureOk(createFeatureVector(features), 'vector')
    fc.assert(fc.property(fc.nat(), fc.array(fc.nat(9), { minLength: 5, maxLength: 40 }), (seed, noise) => {
      const bars = randomBars(seed, 90)
      const steady = create()
      const expected = bars.map((bar) => {
        ensureOk(steady.update(bar), 'update')
        return bits(valuesOf(steady))
      })
      expect(streamUnsteadily(create, bars, noise)).toEqual(expected)
    }), { numRuns: 10 })
  })
})
