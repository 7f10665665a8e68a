import { readFileSync } from 'node:fs'
import type { QuantEntry, QuantOutputs, QuantValue } from '../../../src-main/quant/catalogue-entry.ts'

/** One case of the reference files: see the README beside them. */
export interface FixtureCase {
  readonly id: string
  readonly fn: string
  readonly params: Readonly<Record<string, QuantValue>>
  readonly inputs: readonly string[]
  readonly expected: QuantOutputs
  readonly tolerance: { readonly abs: number; readonly rel: number }
  readonly informative: boolean
}

export interface FixtureFile {
  readonly series: Readonly<Record<string, QuantValue>>
  readonly cases: readonly FixtureCase[]
}

export type FixtureTopic = 'indicators' | 'statistics' | 'risk' | 'portfolio' | 'microstructure' | 'distributions'

export function readFixtures(topic: FixtureTopic): FixtureFile {
  return JSON.parse(readFileSync(new URL(`../../fixtures/quant/${topic}.json`, import.meta.url), 'utf8')) as FixtureFile
}

/** Every difference, in words; none when the case is met. */
export function differencesOf(file: FixtureFile, fixtureCase: FixtureCase, entries: readonly QuantEntry[]): readonly string[] {
  const entry = entries.find((candidate) => candidate.name === fixtureCase.fn)
  if (entry === undefined) return [`there is no function ${fixtureCase.fn}`]
  const inputs = fixtureCase.inputs.map((name) => file.series[name] ?? null)
  const evaluated = entry.evaluate({ params: fixtureCase.params, inputs })
  if (!evaluated.ok) return [`${evaluated.error.code}: ${evaluated.error.message}`]
  return differ(fixtureCase.expected, evaluated.value, fixtureCase.tolerance, '')
}

function differ(expected: QuantValue, got: QuantValue | undefined, tolerance: FixtureCase['tolerance'], where: string): readonly string[] {
  // Not available in the reference: ours must not have a number either.
  if (expected === null) return got === null || got === undefined ? [] : [`${where}: expected nothing, got ${JSON.stringify(got)}`]
  if (typeof expected === 'number') {
    const isNear = typeof got === 'number' && Math.abs(got - expected) <= tolerance.abs + tolerance.rel * Math.abs(expected)
    return isNear ? [] : [`${where}: expected ${expected}, got ${JSON.stringify(got)}`]
  }
  if (typeof expected === 'string' || typeof expected === 'boolean') return got === expected ? [] : [`${where}: expected ${expected}`]
  if (Array.isArray(expected)) {
    if (!Array.isArray(got) || got.length < expected.length) return [`${where}: expected ${expected.length} values`]
    return expected.flatMap((value: QuantValue, index) => differ(value, got[index], tolerance, `${where}[${index}]`))
  }
  if (typeof got !== 'object' || got === null || Array.isArray(got)) return [`${where}: expected a record`]
  const record = got as Readonly<Record<string, QuantValue>>
  return Object.entries(expected).flatMap(([name, value]) => differ(value, record[name], tolerance, `${where}.${name}`))
}
