import { describe, expect, it } from 'vitest'
import { statisticsEntries } from '../../../../src-main/quant/statistics/index.ts'
import { differencesOf, readFixtures } from '../fixture-cases.ts'

const file = readFixtures('statistics')

describe('the statistics agree with their references', () => {
  it.each(
    file.cases.filter((each) => !each.informative).map((each) => [each.id, each] as const),
  )('meets the reference case %s', (_id, fixtureCase) => {
    expect(differencesOf(file, fixtureCase, statisticsEntries)).toEqual([])
  })

  it('has a case for every function, so that none goes unchecked', () => {
    const covered = new Set(file.cases.map(({ fn }) => fn))
    expect(statisticsEntries.map(({ name }) => name).filter((name) => !covered.has(name))).toEqual([])
  })
})
