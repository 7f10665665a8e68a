/**
 * A bug of ours: something the code promised does not hold. The engine answers it by halting.
 *
 * Messages name what was expected and never quote the value that broke it: that value may be a key, a token or an
 * account number, and the message ends up in logs and on the screen.
 */
export class InvariantError extends Error {
  readonly kind = 'bug'

  constructor(message: string) {
    super(message)
    this.name = new.target.name
  }
}

/** Assertions stay on in production. */
export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) throw new InvariantError(message)
}

/** In place of a non-null assertion: the value, or a bug that names what was missing. */
export const ensureDefined = <Value>(value: Value | null | undefined, what: string): Value => {
  if (value === null || value === undefined) throw new InvariantError(`expected ${what} to be there`)
  return value
}

/** The end of an exhaustive switch: it does not compile while a case is missing. */
export const unreachable = (_value: never, what: string): never => {
  throw new InvariantError(`met an unknown case of ${what}`)
}
