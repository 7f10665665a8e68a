import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import {
  dropTemplate, legRate, legTicks, parseTemplates, printTemplates, saveTemplate, templatesMax, useTemplates,
} from '../../../../src-renderer/stores/bracket-templates.ts'

beforeEach(() => useTemplates.setState({ templates: [] }))

describe('a bracket that is kept under a name', () => {
  it('leads to the same prices again for the same entry', () => {
    fc.assert(fc.property(fc.constantFrom('stop', 'target'), fc.constantFrom('buy', 'sell'), fc.integer({ min: 2, max: 100_000_000 }), fc.integer({ min: 1, max: 100_000_000 }), (leg, side, entry, away) => {
      fc.pre(away < entry)
      const ticks = (leg === 'target') === (side === 'buy') ? entry + away : entry - away
      const rate = legRate(leg, side, entry, ticks)
      if (rate === undefined) throw new Error('no rate')
      expect(legTicks(leg, side, entry, rate)).toBe(ticks)
    }))
  })

  it('never puts a leg further away than it says', () => {
    expect(legTicks('stop', 'buy', 1_003, 10_000_000)).toBe(993)
    expect(legTicks('target', 'buy', 1_003, 10_000_000)).toBe(1_013)
    expect(legTicks('stop', 'sell', 1_003, 10_000_000)).toBe(1_013)
  })

  it('is none with a leg on the wrong side of its entry', () => {
    expect(legRate('stop', 'buy', 100, 101)).toBeUndefined()
    expect(legRate('stop', 'buy', 100, 100)).toBeUndefined()
    expect(legRate('target', 'sell', 100, 101)).toBeUndefined()
  })

  it('comes back from the browser’s memory as it was, and takes the place of one of its name', () => {
    saveTemplate({ name: 'wide', stop: 5, target: 6 })
    saveTemplate({ name: 'near', stop: 1, target: undefined })
    saveTemplate({ name: 'wide', stop: 7, target: 8 })
    const kept = useTemplates.getState().templates
    expect(kept).toEqual([{ name: 'near', stop: 1, target: undefined }, { name: 'wide', stop: 7, target: 8 }])
    expect(parseTemplates(JSON.parse(printTemplates(kept)))).toEqual(kept)
    dropTemplate('near')
    expect(useTemplates.getState().templates.map(({ name }) => name)).toEqual(['wide'])
  })

  it('is refused where there is no room for more', () => {
    for (let nth = 0; nth < templatesMax; nth++) expect(saveTemplate({ name: `n${nth}`, stop: 1, target: undefined })).toBe(true)
    expect(saveTemplate({ name: 'one more', stop: 1, target: undefined })).toBe(false)
    expect(saveTemplate({ name: 'n0', stop: 2, target: undefined })).toBe(true)
  })

  it.each([
    ['another version', { version: 2, templates: [] }],
    ['a share that is none', { version: 1, templates: [{ name: 'a', stop: -1 }] }],
    ['a stop that is none beside a good target', { version: 1, templates: [{ name: 'a', stop: '2 %', target: 5 }] }],
    ['no leg at all', { version: 1, templates: [{ name: 'a' }] }],
    ['one name twice', { version: 1, templates: [{ name: 'a', stop: 1 }, { name: 'a', stop: 2 }] }],
    ['nonsense', { version: 1, templates: 'many' }],
  ])('is not taken with %s', (_what, json) => {
    expect(parseTemplates(json)).toBeUndefined()
  })
})
