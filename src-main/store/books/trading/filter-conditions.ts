import type { Condition } from '../specification/specification.ts'

/** Parts of a filter as conditions; a part that is not given matches everything. */
export const allOf = (...parts: readonly (Condition | undefined)[]): Condition => {
  const given = parts.filter((part) => part !== undefined)
  return {
    sql: given.length === 0 ? '1' : given.map(({ sql }) => `(${sql})`).join(' AND '),
    parameters: given.flatMap(({ parameters }) => parameters),
  }
}

export const oneOf = (column: string, values: readonly (string | number)[] | undefined): Condition | undefined =>
  values === undefined ? undefined : { sql: `${column} IN (${values.map(() => '?').join(', ')})`, parameters: values }

/** From the first to just before the second. */
export const between = (column: string, range: Span | undefined): Condition | undefined => {
  if (range === undefined) return undefined
  const { from, to } = range
  return allOf(
    from === undefined ? undefined : { sql: `${column} >= ?`, parameters: [from] },
    to === undefined ? undefined : { sql: `${column} < ?`, parameters: [to] },
  )
}

/** Every word must be somewhere in it; capitals do not matter. */
export const hasWords = (column: string, search: string | undefined): Condition | undefined =>
  allOf(...wordsOf(search).map((word) => ({ sql: `instr(${column}, ?) > 0`, parameters: [word] })))

export const wordsOf = (search: string | undefined): readonly string[] => (search ?? '').toLowerCase().split(/\s+/u).filter((word) => word !== '')

export interface Span {
  readonly from?: number
  readonly to?: number
}
