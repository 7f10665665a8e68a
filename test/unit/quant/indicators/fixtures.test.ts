import { describe, expect, it } from 'vitest'
import { indicatorEntries } from '../../../../src-main/quant/indicators/index.ts'
import { differencesOf, readFixtures } from '../fixture-cases.ts'

const file = readFixtures('indicators')

describe('the indicators agree with the reference', () => {
  it('of which there are many cases', () => {
    expect(file.cases.length).toBeGreaterThan(60)
  })

  it.each(file.cases.map((fixtureCase) => [fixtureCase.id, fixtureCase] as const))('%s', (_id, fixtureCase) => {
    expect(differencesOf(file, fixtureCase, indicatorEntries)).toEqual([])
  })
})
