import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { keep, keptPlaceOf, readKept, unreadableKey, type KeptPlace } from '../../../../src-renderer/stores/kept-text.ts'
import {
  defaultPreferences, parsePreferences, preferencesFor, preferencesKey, printPreferences, type Preferences,
} from '../../../../src-renderer/stores/preferences.ts'

function placeWith(texts: Readonly<Record<string, string>>): KeptPlace & { readonly texts: Map<string, string> } {
  const kept = new Map(Object.entries(texts))
  return {
    texts: kept,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, text) => void kept.set(key, text),
    removeItem: (key) => void kept.delete(key),
  }
}

describe('what is kept between visits', () => {
  it('comes back as it was', () => {
    const preferences: Preferences = { theme: 'system', palette: 'cb', language: 'fr' }
    const place = placeWith({ [preferencesKey]: printPreferences(preferences) })
    expect(readKept(place, preferencesKey, parsePreferences)).toEqual(preferences)
  })

  it.each(['{', '[]', '"dark"', '{"version":2,"theme":"dark","palette":"cb","language":"en"}', '{"version":1,"theme":"pink"}'])(
    'is put aside and not lost when it is %j',
    (text) => {
      const place = placeWith({ [preferencesKey]: text })
      expect(readKept(place, preferencesKey, parsePreferences)).toBeUndefined()
      expect(place.texts.get(unreadableKey(preferencesKey))).toBe(text)
      expect(place.texts.has(preferencesKey)).toBe(false)
    },
  )

  it('never throws, whatever JSON it is', () => {
    fc.assert(fc.property(fc.jsonValue(), (json) => {
      const parsed = parsePreferences(json)
      expect(parsed === undefined || Object.keys(parsed).length === 3).toBe(true)
    }))
  })

  it('is forgotten without complaint where the browser keeps nothing', () => {
    const full: KeptPlace = { ...placeWith({}), setItem: () => { throw new Error('quota') } }
    expect(keep(full, 'a', 'b')).toBe(false)
    const place = keptPlaceOf(() => { throw new Error('denied') })
    expect(keep(place, 'a', 'b')).toBe(true)
    expect(place.getItem('a')).toBe('b')
  })
})

describe('the first preferences', () => {
  it('follow the browser’s language and nothing else', () => {
    expect(preferencesFor('fr-CA')).toEqual({ ...defaultPreferences, language: 'fr' })
    expect(preferencesFor('de')).toEqual(defaultPreferences)
  })
})
