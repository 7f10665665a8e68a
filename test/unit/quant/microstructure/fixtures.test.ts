import { describe, expect, it } from 'vitest'
import { microstructureEntries } from '../../../../src-main/quant/microstructure/index.ts'
import { differencesOf, readFixtures } from '../fixture-cases.ts'

const file = readFixtures('microstructure')
const cases = file.cases.filter((fixtureCase) => !fixtureCase.informative)
const entries = microstructureEntries

describe('the microstructure functions agree with the reference', () => {
  it('of which there are many cases', () => {
    expect(cases.length).toBeGreaterThan(13)
  })

  it.each(cases.map((fixtureCase) => [fixtureCase.id, fixtureCase] as const))('%s', (_id, fixtureCase) => {
    expect(differencesOf(file, fixtureCase, entries)).toEqual([])
  })
})
