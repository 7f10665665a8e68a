import { assert } from './invariant.ts'
import { fail, ok } from './result.ts'
import type { Result } from './result.ts'

/**
 * Ids are branded strings: a plain string where it is printed or stored, but an order's id never stands for an account's.
 * Deriving an id needs a cryptographic hash, which this folder does not have; it gives the shapes, and `bytes-text.ts` renders
 * the bytes that a hash gave.
 */
declare const idName: unique symbol

export type Id<Name extends string> = string & { readonly [idName]: Name }

export type IdFailure = 'empty' | 'tooLong' | 'notOfShape'

export interface IdShape<Name extends string> {
  readonly name: Name
  /** For what comes from outside. */
  readonly parse: (text: string) => Result<Id<Name>, IdFailure>
  /** For what we made ourselves: another shape is a bug. */
  readonly ensure: (text: string) => Id<Name>
}

/** Letters, digits and the marks that venues and symbols use; no space, quote or comma that a log line or a CSV would bend. */
export const tokenPattern = /^[A-Za-z0-9][A-Za-z0-9._:/-]*$/
/** 16 bytes as lower-case hex. */
export const hex16Pattern = /^[0-9a-f]{32}$/
export const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
/** 16 bytes in Crockford's base 32: 26 characters, the first at most 7 because 130 bits hold 128. */
export const crockford16Pattern = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/

export interface IdGrammar {
  readonly pattern: RegExp
  readonly lengthMax: number
}

export const defineId = <const Name extends string>(name: Name, { pattern, lengthMax }: IdGrammar): IdShape<Name> => {
  assert(!pattern.global && !pattern.sticky, 'expected a pattern that keeps no state between calls')
  const parse = (text: string): Result<Id<Name>, IdFailure> => {
    if (text === '') return fail('empty')
    if (text.length > lengthMax) return fail('tooLong')
    // The pattern has just been checked; the brand exists for the compiler only.
    return pattern.test(text) ? ok(text as Id<Name>) : fail('notOfShape')
  }
  const ensure = (text: string): Id<Name> => {
    const parsed = parse(text)
    assert(parsed.ok, `expected a text of the shape of ${name}`)
    return parsed.value
  }
  return { name, parse, ensure }
}
