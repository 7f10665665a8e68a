import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ok } from '../../../src-main/base/index.ts'
import type { QuantEntry, QuantOutputs } from '../../../src-main/quant/index.ts'
import { differencesOf, readFixtures, type FixtureTopic } from '../../unit/quant/fixture-cases.ts'
import { BallastHome } from './ballast-process.ts'

let home: BallastHome
beforeEach(() => {
  home = new BallastHome()
})
afterEach(() => home.dispose())

const topics: readonly FixtureTopic[] = ['indicators', 'statistics', 'risk', 'portfolio', 'microstructure', 'distributions']

describe('ballast quant', () => {
  it.each(topics)('computes every reference case of %s within its tolerance', async (topic) => {
    const file = readFixtures(topic)
    const answer = await home.json('quant', join(import.meta.dirname, `../../fixtures/quant/${topic}.json`))
    const results = answer['results'] as Readonly<Record<string, QuantOutputs>>
    const told = file.cases.filter(({ informative }) => !informative).flatMap((asked) => {
      const got = results[asked.id]
      return got === undefined ? [`${asked.id}: no answer`] : differencesOf(file, asked, [answering(asked.fn, got)]).map((difference) => `${asked.id}${difference}`)
    })
    expect(told).toEqual([])
    // Informative cases may fail, but each is told of.
    const failed = (answer['failed'] as readonly { readonly id: string }[]).map(({ id }) => id)
    expect([...Object.keys(results), ...(answer['unknown'] as readonly string[]), ...failed].toSorted()).toEqual(file.cases.map(({ id }) => id).toSorted())
  })
})

/** What the process said, in place of the function that it asked. */
const answering = (name: string, outputs: QuantOutputs): QuantEntry => ({
  name, title: name, category: 'statistics', formula: '', convention: '', source: '', parameters: [], inputs: [], outputs: [],
  evaluate: () => ok(outputs),
})
