import { describe, expect, it } from 'vitest'
import { portfolioEntries } from '../../../../src-main/quant/portfolio/index.ts'
import { differencesOf, readFixtures } from '../fixture-cases.ts'

const file = readFixtures('portfolio')
const cases = file.cases.filter(({ informative }) => !informative)

describe('the portfolio methods', () => {
  it('have reference cases for every function', () => {
    expect([...new Set(cases.map(({ fn }) => fn))].toSorted()).toEqual(portfolioEntries.map(({ name }) => name).toSorted())
  })

  it.each(cases.map((fixtureCase) => [fixtureCase.id, fixtureCase] as const))('agree with the reference of %s', (_id, fixtureCase) => {
    expect(differencesOf(file, fixtureCase, portfolioEntries)).toEqual([])
  })
})
