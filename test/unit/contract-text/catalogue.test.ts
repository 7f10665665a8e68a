import { describe, expect, it } from 'vitest'
import { errorCodes } from '../../../src-preload/contract/errors.ts'
import { englishAreas } from '../../../src-preload/contract/text/en/index.ts'
import { catalogue, isMessageKey, locales, messageKeys } from '../../../src-preload/contract/text/index.ts'
import type { Message, MessageKey } from '../../../src-preload/contract/text/index.ts'
import { intentionallyEqual } from './intentionally-equal.ts'

const textsOf = (message: Message): readonly string[] => (typeof message === 'string' ? [message] : [message.one, message.other])
const namesIn = (message: Message): readonly string[] =>
  [...new Set(textsOf(message).flatMap((text) => [...text.matchAll(/\{([^}]*)\}/g)].map((match) => String(match[1]))))].sort()
const wrong = (isWrong: (message: Message) => boolean): readonly string[] =>
  locales.flatMap((locale) => messageKeys.filter((key) => isWrong(catalogue[locale][key])).map((key) => `${locale}: ${key}`))

describe('the catalogue', () => {
  it('has the same messages in every language', () => {
    for (const locale of locales) expect(Object.keys(catalogue[locale]).sort()).toEqual([...messageKeys].sort())
  })

  it('has the same placeholders in every language, and the same choice between one and many', () => {
    const shape = (message: Message) => ({ names: namesIn(message), isPlural: typeof message !== 'string' })
    for (const key of messageKeys) expect([key, shape(catalogue.fr[key])]).toEqual([key, shape(catalogue.en[key])])
  })

  it('has a sentence for every error code, in every language', () => {
    expect(errorCodes.length).toBeGreaterThan(0)
    for (const locale of locales) {
      const sentences = errorCodes.map((code) => catalogue[locale][`error.${code}`])
      expect(sentences.filter((text) => !/^[\p{Lu}{].*\.$/u.test(text as string))).toEqual([])
    }
    expect(messageKeys.filter((key) => key.startsWith('error.'))).toHaveLength(errorCodes.length)
  })

  it('says nothing twice: no area overwrites a message of another', () => {
    const counted = Object.values(englishAreas).reduce((sum, area) => sum + Object.keys(area).length, 0)
    expect(counted).toBe(messageKeys.length)
  })

  it('knows its own keys, and no others', () => {
    expect(messageKeys.every(isMessageKey)).toBe(true)
    expect(['', 'error', 'toString', '__proto__', 'error.bridge.nonsense'].filter(isMessageKey)).toEqual([])
  })
})

describe('the wording', () => {
  it('is never empty and has no space at either end', () => {
    expect(wrong((message) => textsOf(message).some((text) => text === '' || text !== text.trim()))).toEqual([])
  })

  it('has well-formed placeholders and no brace besides', () => {
    const isWellFormed = (text: string) => !/[{}]/.test(text.replace(/\{[a-z][A-Za-z]*\}/g, ''))
    expect(wrong((message) => !textsOf(message).every(isWellFormed))).toEqual([])
  })

  it('is translated: French differs from English, except where it is meant to be the same', () => {
    const hasWords = (message: Message) => textsOf(message).some((text) => /\p{L}/u.test(text.replace(/\{\w+\}/g, '')))
    const isEqual = (key: MessageKey) => textsOf(catalogue.en[key]).join() === textsOf(catalogue.fr[key]).join()
    const equal = messageKeys.filter((key) => hasWords(catalogue.en[key]) && isEqual(key))
    expect(equal.sort()).toEqual([...intentionallyEqual].sort())
  })

  it('uses typographic apostrophes', () => {
    expect(wrong((message) => textsOf(message).some((text) => text.includes('\'')))).toEqual([])
  })

  it('keeps French double marks on the line of their word, by a no-break space', () => {
    const isLoose = (text: string) => /(?<!\u00a0)[;:?!»](?=\s|$)/.test(text) || /«(?!\u00a0)/.test(text)
    expect(messageKeys.filter((key) => textsOf(catalogue.fr[key]).some(isLoose))).toEqual([])
  })

  it('leaves no English quotation mark in French, and no French one in English', () => {
    expect(messageKeys.filter((key) => textsOf(catalogue.fr[key]).some((text) => /[“”]/.test(text)))).toEqual([])
    expect(messageKeys.filter((key) => textsOf(catalogue.en[key]).some((text) => /[«»]/.test(text)))).toEqual([])
  })
})
