import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fuzzyMatch } from '../../../../src-renderer/format/fuzzy-match.ts'

const best = (query: string, texts: readonly string[]): string | undefined =>
  texts
    .map((text) => ({ text, score: fuzzyMatch(query, text)?.score ?? -Infinity }))
    .toSorted((left, right) => right.score - left.score)[0]?.text

describe('the fuzzy match', () => {
  it('finds any text by letters left in their order, and marks them', () => {
    const texts = fc.string({ unit: fc.constantFrom(...'abc de'), minLength: 1 })
    fc.assert(fc.property(texts, fc.infiniteStream(fc.boolean()), (text, keep) => {
      const query = [...text].filter(() => keep.next().value).join('')
      const match = fuzzyMatch(query, text)
      expect(match).toBeDefined()
      expect(match?.hits.map((at) => text[at]).join('')).toBe(query.replaceAll(' ', ''))
    }))
  })

  it('does not find letters in another order', () => {
    expect(fuzzyMatch('tlah', 'Halt now')).toBeUndefined()
  })

  it('prefers letters that begin words and letters that follow one another', () => {
    expect(best('rl', ['Export layout', 'Reset layout', 'Colour-blind'])).toBe('Reset layout')
    expect(best('halt', ['Show all that', 'Halt now'])).toBe('Halt now')
  })

  it('looks past accents and case', () => {
    expect(fuzzyMatch('reglages', 'Réglages…')?.hits).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
  })

  it('takes everything for an empty query', () => {
    expect(fuzzyMatch(' ', 'Halt now')).toEqual({ score: 0, hits: [] })
  })
})
