import { describe, expect, expectTypeOf, it } from 'vitest'
import {
  crockford16Pattern, defineId, hex16Pattern, InvariantError, tokenPattern, uuidPattern,
} from '../../../src-main/base/index.ts'
import type { Id } from '../../../src-main/base/index.ts'

const instrument = defineId('InstrumentId', { pattern: tokenPattern, lengthMax: 12 })
const order = defineId('OrderId', { pattern: crockford16Pattern, lengthMax: 26 })

describe('an id', () => {
  it('is the text itself', () => {
    expect(instrument.parse('BTC/USD:spot')).toEqual({ ok: true, value: 'BTC/USD:spot' })
    expect(instrument.ensure('BTC/USD')).toBe('BTC/USD')
    expect(instrument.name).toBe('InstrumentId')
  })

  it.each([
    ['', 'empty'], ['BTC/USD:spots', 'tooLong'], ['BTC USD', 'notOfShape'], ['-BTC', 'notOfShape'], ['../etc', 'notOfShape'],
    ['BTC\n', 'notOfShape'], ['BTC,USD', 'notOfShape'], ['é', 'notOfShape'],
  ])('%j is refused as %s', (text, error) => expect(instrument.parse(text)).toEqual({ ok: false, error }))

  it('of another shape is a bug where we made it ourselves, and the message does not quote it', () => {
    expect(() => instrument.ensure('no spaces')).toThrow(new InvariantError('expected a text of the shape of InstrumentId'))
  })

  it('never stands for an id of another name, nor a plain text for an id', () => {
    expectTypeOf(order.ensure('00000000000000000000000000')).toEqualTypeOf<Id<'OrderId'>>()
    expectTypeOf<Id<'OrderId'>>().not.toExtend<Id<'InstrumentId'>>()
    expectTypeOf<string>().not.toExtend<Id<'OrderId'>>()
    expectTypeOf<Id<'OrderId'>>().toExtend<string>()
  })

  it('may not use a pattern that remembers where it stopped', () => {
    expect(() => defineId('X', { pattern: /a/g, lengthMax: 3 })).toThrow(InvariantError)
    expect(() => defineId('X', { pattern: /a/y, lengthMax: 3 })).toThrow(InvariantError)
  })
})

describe('the shapes of sixteen bytes', () => {
  it.each([
    [hex16Pattern, '00112233445566778899aabbccddeeff', '00112233445566778899AABBCCDDEEFF'],
    [uuidPattern, '00112233-4455-8677-8899-aabbccddeeff', '001122334455867788-99aabbccddeeff'],
    [crockford16Pattern, '7ZZZZZZZZZZZZZZZZZZZZZZZZZ', '80000000000000000000000000'],
    [crockford16Pattern, '01ARZ3NDEKTSV4RRFFQ69G5FAV', '01ARZ3NDEKTSV4RRFFQ69G5FAU'],
  ])('%s knows its own', (pattern, good, bad) => {
    expect([pattern.test(good), pattern.test(bad)]).toEqual([true, false])
  })
})
