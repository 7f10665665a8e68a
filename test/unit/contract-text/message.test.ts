import { describe, expect, expectTypeOf, it } from 'vitest'
import { isSingular } from '../../../src-preload/contract/text/message.ts'
import { withNoBreakSpaces } from '../../../src-preload/contract/text/no-break.ts'
import type { Agreeing, PlaceholderOf } from '../../../src-preload/contract/text/message.ts'

describe('the compiler', () => {
  it('reads the placeholders out of a message', () => {
    expectTypeOf<PlaceholderOf<'nothing to fill in'>>().toEqualTypeOf<never>()
    expectTypeOf<PlaceholderOf<'{name} is over the limit {limit} by {name}'>>().toEqualTypeOf<'name' | 'limit'>()
    expectTypeOf<PlaceholderOf<{ one: 'one order'; other: '{count} orders at {venue}' }>>().toEqualTypeOf<'count' | 'venue'>()
  })

  it('takes a translation with the same keys and placeholders, in any order', () => {
    interface Source { readonly a: '{x} of {y}'; readonly b: 'plain' }
    interface Target { readonly a: '{y} : {x}'; readonly b: 'simple' }
    expectTypeOf<Target>().toExtend<Agreeing<{ [K in keyof Source]: Source[K] }, { [K in keyof Target]: Target[K] }>>()
  })

  it('refuses one that lacks a message, has one too many, or fills in something else', () => {
    type Source = { readonly a: '{x}' }
    expectTypeOf<Record<never, never>>().not.toExtend<Agreeing<Source, Record<never, never>>>()
    type Surplus = { readonly a: '{x}'; readonly b: 'plus' }
    expectTypeOf<Surplus>().not.toExtend<Agreeing<Source, Surplus>>()
    type Foreign = { readonly a: '{z}' }
    expectTypeOf<Foreign>().not.toExtend<Agreeing<Source, Foreign>>()
    type Silent = { readonly a: 'x' }
    expectTypeOf<Silent>().not.toExtend<Agreeing<Source, Silent>>()
  })
})

describe('French spaces', () => {
  it('do not let a line break before a double mark or inside quotation marks', () => {
    const spaced = withNoBreakSpaces({ a: 'Quoi ? « {x} » : a ; b !', b: { one: 'un : a', other: 'deux : a' } })
    const b = { one: 'un\u00a0: a', other: 'deux\u00a0: a' }
    expect(spaced).toEqual({ a: 'Quoi\u00a0? «\u00a0{x}\u00a0»\u00a0: a\u00a0; b\u00a0!', b })
  })

  it('leave all other spaces, and marks without one, as they are', () => {
    const plain = { a: 'voir http://localhost:8080 à 14:32 (ou non), etc.' }
    expect(withNoBreakSpaces(plain)).toEqual(plain)
  })
})

describe('singular', () => {
  it.each([
    [0, false, true], [0.5, false, true], [1, true, true], [1.5, false, true], [2, false, false], [21, false, false],
    [-1, true, true], [-2, false, false], [NaN, false, false],
  ])('%d is one thing in English: %s, in French: %s', (count, english, french) => {
    expect([isSingular('en', count), isSingular('fr', count)]).toEqual([english, french])
  })
})
