import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, expectTypeOf, it } from 'vitest'
import { bridgeError } from '../../../src-preload/contract/errors.ts'
import { catalogue, locales, messageKeys, translate, translateError } from '../../../src-preload/contract/text/index.ts'
import type { LooseParameters, MessageKey, ParametersAfter } from '../../../src-preload/contract/text/index.ts'

describe('translating', () => {
  it('says the message in the language that was asked for', () => {
    expect(translate('en', 'engine.mode.halted.meaning')).toBe('Nothing new is sent; cancels pass.')
    expect(translate('fr', 'engine.mode.halted.meaning')).toBe('Rien de nouveau ne part\u00a0; les annulations passent.')
  })

  it('fills in what the message names', () => {
    expect(translate('en', 'error.engine.mode-refused', { mode: 'killed', wanted: 'active' })).toBe(
      'The engine is “killed” and does not go from there to “active”. Its mode is unchanged.',
    )
    expect(translate('en', 'error.bridge.too-many-calls', { limit: 64 })).toContain('More than 64 questions')
  })

  it('takes values for text, whatever they hold', () => {
    const details = { name: '$& {problem} $1', problem: '{name}' }
    expect(translate('en', 'error.bridge.malformed-input', details)).toBe(
      '$& {problem} $1 was given what it does not take ({name}). Nothing was done.',
    )
  })

  it('asks the compiler for exactly what the message names', () => {
    expectTypeOf<ParametersAfter<'error.engine.stopping'>>().toEqualTypeOf<[]>()
    type Refused = ParametersAfter<'error.engine.mode-refused'>[0]
    expectTypeOf<keyof Refused>().toEqualTypeOf<'mode' | 'wanted'>()
    expectTypeOf<{ mode: 'halted' }>().not.toExtend<Refused>()
    type Either = ParametersAfter<'error.engine.mode-refused' | 'error.bridge.too-many-calls'>[0]
    expectTypeOf<keyof Either>().toEqualTypeOf<'mode' | 'wanted' | 'limit'>()
    expectTypeOf<ParametersAfter<MessageKey>>().toEqualTypeOf<[parameters?: LooseParameters]>()
  })

  it('never throws for a key that it knows, whatever is missing or too much', () => {
    const parameters = fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.double(), fc.boolean()))
    fc.assert(
      fc.property(fc.constantFrom(...messageKeys), fc.constantFrom(...locales), parameters, (key: MessageKey, locale, given) => {
        expect(translate(locale, key, given)).not.toBe('')
      }),
      { numRuns: 500 },
    )
  })

  it('marks what is missing, and shows a key that nobody knows as it is', () => {
    // Both get past the compiler when a code or its details come from another version.
    expect(translateError('en', { code: 'bridge.too-many-streams', details: {} })).toContain('More than ? streams')
    expect(translate('fr', 'error.venue.unheard-of' as MessageKey)).toBe('error.venue.unheard-of')
    expect(translate('en', 'toString' as MessageKey)).toBe('toString')
    const inherited: LooseParameters = Object.create({ name: 'inherited' })
    expect(translate('en', 'error.bridge.unknown-name' as MessageKey, inherited)).toContain('called ?')
  })

  it('says an error with its details', () => {
    const error = bridgeError('bridge.access-denied', { name: 'trading.resume', needs: 'trade' })
    expect(translateError('fr', error)).toBe('trading.resume demande l’accès «\u00a0trade\u00a0», que cette connexion n’a pas.')
  })
})

describe('a plural', () => {
  // A message of the catalogue, changed for the length of these tests: they must not hang on which plurals there are.
  const key: MessageKey = 'error.engine.stopping'
  const kept = locales.map((locale) => [locale, catalogue[locale][key]] as const)
  const plant = (locale: 'en' | 'fr', message: unknown): void => {
    Object.assign(catalogue[locale], { [key]: message })
  }

  beforeAll(() => {
    plant('en', { one: '{count} order', other: '{count} orders' })
    plant('fr', { one: '{count} ordre', other: '{count} ordres' })
  })
  afterAll(() => kept.forEach(([locale, message]) => plant(locale, message)))

  const counts = [[0, '0 orders', '0 ordre'], [1, '1 order', '1 ordre'], [2, '2 orders', '2 ordres']] as const
  it.each(counts)('of %d', (count, english, french) => {
    const spoken = locales.map((locale) => translate(locale, key as MessageKey, { count }))
    expect(spoken).toEqual([english, french])
  })

  it('takes a count that is missing for many', () => {
    expect(translate('en', key as MessageKey)).toBe('? orders')
  })
})
