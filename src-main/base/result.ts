import { InvariantError } from './invariant.ts'

/** Expected trouble is a value: a refused order, a torn frame, a text that is no number. */
export type Result<Value, Failure> = Ok<Value> | Failed<Failure>

export interface Ok<Value> {
  readonly ok: true
  readonly value: Value
}

export interface Failed<Failure> {
  readonly ok: false
  readonly error: Failure
}

export const ok = <Value>(value: Value): Ok<Value> => ({ ok: true, value })

export const fail = <Failure>(error: Failure): Failed<Failure> => ({ ok: false, error })

export const mapValue = <Value, Next, Failure>(
  result: Result<Value, Failure>,
  change: (value: Value) => Next,
): Result<Next, Failure> => (result.ok ? ok(change(result.value)) : result)

export const mapError = <Value, Failure, Next>(
  result: Result<Value, Failure>,
  change: (error: Failure) => Next,
): Result<Value, Next> => (result.ok ? result : fail(change(result.error)))

export const andThen = <Value, Next, Failure, NextFailure>(
  result: Result<Value, Failure>,
  next: (value: Value) => Result<Next, NextFailure>,
): Result<Next, Failure | NextFailure> => (result.ok ? next(result.value) : result)

export const unwrapOr = <Value, Failure>(result: Result<Value, Failure>, otherwise: Value): Value =>
  result.ok ? result.value : otherwise

/** All the values, or the first failure. */
export const collect = <Value, Failure>(results: Iterable<Result<Value, Failure>>): Result<readonly Value[], Failure> => {
  const values: Value[] = []
  for (const result of results) {
    if (!result.ok) return result
    values.push(result.value)
  }
  return ok(values)
}

/**
 * For a result that can only fail through a bug, such as a constant in the source. The error itself is kept out of the
 * message, because it may quote what came from outside.
 */
export const ensureOk = <Value>(result: Result<Value, unknown>, what: string): Value => {
  if (!result.ok) throw new InvariantError(`expected ${what} to succeed, but it failed`)
  return result.value
}
