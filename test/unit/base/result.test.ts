import { describe, expect, it } from 'vitest'
import {
  andThen, collect, ensureOk, fail, InvariantError, mapError, mapValue, ok, unwrapOr,
} from '../../../src-main/base/index.ts'
import type { Result } from '../../../src-main/base/index.ts'

const half = (n: number): Result<number, 'odd'> => (n % 2 === 0 ? ok(n / 2) : fail('odd'))

describe('a result', () => {
  it('changes its value, and leaves a failure alone', () => {
    expect(mapValue(ok(2), (n) => n + 1)).toEqual(ok(3))
    expect(mapValue(fail('late'), () => 1)).toEqual(fail('late'))
  })

  it('changes its failure, and leaves a value alone', () => {
    expect(mapError(fail('late'), (error) => `too ${error}`)).toEqual(fail('too late'))
    expect(mapError(ok(2), () => 'never')).toEqual(ok(2))
  })

  it('goes on to the next step until one fails', () => {
    expect(andThen(half(12), half)).toEqual(ok(3))
    expect(andThen(half(6), half)).toEqual(fail('odd'))
    expect(andThen(half(3), () => ok('unreached'))).toEqual(fail('odd'))
  })

  it('falls back to another value', () => {
    expect([unwrapOr(half(4), 0), unwrapOr(half(5), 0)]).toEqual([2, 0])
  })

  it('collects all values, or stops at the first failure', () => {
    expect(collect([half(2), half(4)])).toEqual(ok([1, 2]))
    const seen: number[] = []
    const lazily = function* (): Generator<Result<number, string>> {
      for (const n of [2, 3, 4]) {
        seen.push(n)
        yield half(n)
      }
    }
    expect(collect(lazily())).toEqual(fail('odd'))
    expect(seen).toEqual([2, 3])
  })

  it('is a bug when it was promised and failed, and the message does not repeat the error', () => {
    expect(ensureOk(ok(7), 'seven')).toBe(7)
    const message = 'expected reading the constant to succeed, but it failed'
    expect(() => ensureOk(fail('key sk-12345'), 'reading the constant')).toThrow(new InvariantError(message))
  })
})
