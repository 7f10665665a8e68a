import { describe, expect, it } from 'vitest'
import { assert, ensureDefined, InvariantError, OverflowError, unreachable } from '../../../src-main/base/index.ts'

describe('invariants', () => {
  it('hold silently, and break as a bug with its message', () => {
    expect(() => assert(true, 'unused')).not.toThrow()
    expect(() => assert(false, 'expected two legs')).toThrow(new InvariantError('expected two legs'))
  })

  it('carry kind and name as data, for whoever receives them from another thread', () => {
    expect(new InvariantError('x')).toMatchObject({ kind: 'bug', name: 'InvariantError', message: 'x' })
    expect(new OverflowError('x')).toMatchObject({ kind: 'bug', name: 'OverflowError' })
    expect(new OverflowError('x')).toBeInstanceOf(InvariantError)
  })

  it.each([0, '', false, NaN])('take %j for a value that is there', (value) => {
    expect(ensureDefined(value, 'the value')).toBe(value)
  })

  it.each([null, undefined])('name what is missing when it is %j', (value) => {
    expect(() => ensureDefined(value, 'the order')).toThrow(new InvariantError('expected the order to be there'))
  })

  it('do not quote the unknown case, which may hold a secret', () => {
    // Data from outside can break a type that the compiler trusts.
    const fromOutside = 'sk-12345' as never
    expect(() => unreachable(fromOutside, 'side')).toThrow(/^met an unknown case of side$/)
  })
})
