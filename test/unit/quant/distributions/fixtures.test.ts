import { describe, expect, it } from 'vitest'
import { distributionEntries } from '../../../../src-main/quant/distributions/index.ts'
import { differencesOf, readFixtures } from '../fixture-cases.ts'

const file = readFixtures('distributions')
const cases = file.cases.filter((fixtureCase) => !fixtureCase.informative)
const entries = distributionEntries

describe('the probability laws agree with the reference', () => {
  it('of which there are many cases', () => {
    expect(cases.length).toBeGreaterThan(18)
  })

  it.each(cases.map((fixtureCase) => [fixtureCase.id, fixtureCase] as const))('%s', (_id, fixtureCase) => {
    expect(differencesOf(file, fixtureCase, entries)).toEqual([])
  })
})
