import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createRandom, ensureOk } from '../../../../src-main/base/index.ts'
import { runCli } from '../../../../src-main/cli/index.ts'
import { distributions } from '../../../../src-main/quant/index.ts'
import { fakeProgram, fakeSurroundings } from '../fake-surroundings.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ballast-sim-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

interface Answer {
  readonly law: string
  readonly params: Record<string, number>
  readonly ks: { readonly d: number; readonly p: number }
  readonly of: string
  readonly values: number
  readonly fits: boolean
  readonly error?: { readonly code: string; readonly message: string }
}

async function calibrate(lines: readonly (string | number)[], flags: readonly string[] = []): Promise<{ readonly exitCode: number; readonly answer: Answer; readonly stderr: string }> {
  writeFileSync(join(folder, 'sample.csv'), lines.join('\n'))
  const surroundings = fakeSurroundings(['sim', 'calibrate', 'sample.csv', ...flags, '--json'], { BALLAST_HOME: folder, INIT_CWD: folder }, false)
  const exitCode = await runCli(surroundings, fakeProgram(() => Promise.reject(new Error('nothing here may start an engine'))))
  return { exitCode, answer: JSON.parse(surroundings.written.stdout) as Answer, stderr: surroundings.written.stderr }
}

function draws(law: distributions.Law, count: number, seed: number): readonly number[] {
  const random = createRandom(seed)
  const draw = ensureOk(distributions.samplerOf(law), 'a sampler')
  return Array.from({ length: count }, () => draw(random))
}

function paretoDraws(scale: number, alpha: number, count: number): readonly number[] {
  const random = createRandom(5)
  return Array.from({ length: count }, () => scale / (1 - random.nextFloat53()) ** (1 / alpha))
}

const near = (actual: number | undefined, expected: number): void => expect(Math.abs((actual ?? NaN) - expected)).toBeLessThanOrEqual(0.05 * Math.abs(expected))

describe('ballast sim calibrate', () => {
  const cases: readonly (readonly [string, readonly number[], string, Readonly<Record<string, number>>])[] = [
    ['arrivals', draws({ law: 'exponential', rate: 0.02 }, 6_000, 1), 'exponential', { rate: 0.02 }],
    ['arrivals', draws({ law: 'gamma', shape: 2.4, rate: 0.05 }, 8_000, 2), 'gamma', { shape: 2.4, rate: 0.05 }],
    ['arrivals', draws({ law: 'lognormal', mu: 3, sigma: 1.1 }, 6_000, 3), 'lognormal', { mu: 3, sigma: 1.1 }],
    ['sizes', draws({ law: 'lognormal', mu: 1.5, sigma: 0.8 }, 6_000, 4), 'lognormal', { mu: 1.5, sigma: 0.8 }],
    ['sizes', paretoDraws(10, 1.7, 6_000), 'pareto', { scale: 10, alpha: 1.7 }],
    ['latency', draws({ law: 'lognormal', mu: 3.9, sigma: 0.3 }, 6_000, 6), 'lognormal', { mu: 3.9, sigma: 0.3 }],
    ['ratio', draws({ law: 'beta', a: 2, b: 5 }, 8_000, 7), 'beta', { a: 2, b: 5 }],
    ['counts', draws({ law: 'poisson', lambda: 3 }, 8_000, 8), 'poisson', { lambda: 3 }],
  ]
  it.each(cases)('finds the law of generated %s and its parameters within 5 of 100 (case %#)', async (of, values, law, params) => {
    for (const flags of [['--of', of], []]) {
      const { exitCode, answer } = await calibrate(values, flags)
      expect({ exitCode, law: answer.law, fits: answer.fits }).toEqual({ exitCode: 0, law, fits: true })
      expect(answer.ks.p).toBeGreaterThan(0.05)
      expect(Object.keys(answer.params)).toEqual(Object.keys(params))
      for (const [name, value] of Object.entries(params)) near(answer.params[name], value)
    }
  })

  const wrong: readonly (readonly [string, readonly number[], string])[] = [
    ['gamma numbers that are said to be exponential', draws({ law: 'gamma', shape: 2.4, rate: 0.05 }, 2_000, 11), 'exponential'],
    ['exponential numbers that are said to be lognormal', draws({ law: 'exponential', rate: 0.02 }, 2_000, 12), 'lognormal'],
    ['lognormal numbers that are said to be of a Pareto law', draws({ law: 'lognormal', mu: 1.5, sigma: 0.8 }, 2_000, 13), 'pareto'],
    ['uniform numbers that are said to be of a beta law with two humps', Array.from({ length: 2_000 }, (_each, index) => (index % 2 === 0 ? 0.2 : 0.8) + ((index * 7) % 100) / 1_000), 'beta'],
    ['counts that vary more than a Poisson law lets them', draws({ law: 'nbinom', size: 2, prob: 0.4 }, 2_000, 14), 'poisson'],
  ]
  it.each(wrong)('turns down %s', async (_words, values, law) => {
    const { exitCode, answer } = await calibrate(values, ['--law', law])
    expect({ exitCode, law: answer.law, fits: answer.fits }).toEqual({ exitCode: 1, law, fits: false })
    expect(answer.ks.p).toBeLessThan(0.05)
  })

  it('reads the gaps and the sizes of recorded trades, and takes trades of one moment for one arrival', async () => {
    const gaps = draws({ law: 'exponential', rate: 0.01 }, 5_000, 21)
    const sizes = draws({ law: 'lognormal', mu: 2, sigma: 0.5 }, 5_000, 22)
    let time = 1_741_014_000_000
    const lines = gaps.flatMap((gap, index) => {
      time += gap
      const line = `${time},64000.5,${sizes[index]}`
      return index % 10 === 0 ? [line, line] : [line]
    })
    const arrivals = await calibrate(['Time,Price,Size', ...lines])
    expect(arrivals.answer).toMatchObject({ law: 'exponential', of: 'arrivals', values: 4_999 })
    near(arrivals.answer.params['rate'], 0.01)
    const found = await calibrate(lines, ['--of', 'sizes'])
    expect(found.answer).toMatchObject({ law: 'lognormal', of: 'sizes', values: 5_500 })
    near(found.answer.params['mu'], 2)
  })

  it('keeps to the distance and the chance that the tables of Kolmogorov and Smirnov give', async () => {
    // Twenty numbers spread evenly over the quantiles of an exponential law: no gap can be smaller than half a step.
    const even = Array.from({ length: 20 }, (_each, index) => -Math.log(1 - (index + 0.5) / 20))
    const { answer } = await calibrate(even, ['--law', 'exponential'])
    expect(answer.ks.d).toBeGreaterThanOrEqual(0.025)
    expect(answer.ks.d).toBeLessThan(0.05)
    expect(answer.ks.p).toBeGreaterThan(0.99)
  })

  const enough = Array.from({ length: 30 }, (_each, index) => index + 1)
  it.each([
    ['a word among the numbers', [...enough, 'x'], [], 'cli.sim-not-a-number', 'Line 31 of the file sample.csv holds "x"'],
    ['too few numbers', [1, 2, 3], [], 'cli.sim-too-few', 'holds 3 values; a law needs 20'],
    ['an empty file', [], [], 'cli.sim-too-few', 'holds 0 values'],
    ['a time that goes back', ['time,size', ...enough.map((n) => `${100 - n},1`)], [], 'cli.sim-time-back', 'On line 3 '],
    ['no column of that name', ['price,fee', ...enough.map((n) => `${n},1`)], [], 'cli.sim-no-column', 'none of them is called time'],
    ['numbers that no law of the kind can be of', enough.map(() => 5), ['--of', 'latency'], 'cli.sim-no-law', 'constant'],
    ['parts beyond the whole', enough, ['--of', 'ratio'], 'cli.sim-no-law', 'between 0 and 1'],
  ] as const)('says in one sentence what is wrong with %s', async (_words, lines, flags, code, message) => {
    const { exitCode, answer } = await calibrate(lines, flags)
    expect({ exitCode, code: answer.error?.code }).toEqual({ exitCode: 2, code })
    expect(answer.error?.message).toContain(message)
  })
})
