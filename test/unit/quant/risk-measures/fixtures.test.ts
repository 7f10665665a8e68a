import { describe, expect, it } from 'vitest'
import { performanceEntries } from '../../../../src-main/quant/performance/index.ts'
import { riskEntries } from '../../../../src-main/quant/risk-measures/index.ts'
import { differencesOf, readFixtures } from '../fixture-cases.ts'

const file = readFixtures('risk')
const cases = file.cases.filter((fixtureCase) => !fixtureCase.informative)
const entries = [...riskEntries, ...performanceEntries]

describe('the measures of risk and of performance agree with the reference', () => {
  it('of which there are many cases', () => {
    expect(cases.length).toBeGreaterThan(30)
  })

  it.each(cases.map((fixtureCase) => [fixtureCase.id, fixtureCase] as const))('%s', (_id, fixtureCase) => {
    expect(differencesOf(file, fixtureCase, entries)).toEqual([])
  })
})
