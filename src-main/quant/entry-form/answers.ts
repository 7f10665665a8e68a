import type { QuantValue } from '../catalogue-entry.ts'
import { rowsFromMatrix, type Matrix } from '../numeric/index.ts'

/** What a function may answer: beside JSON also arrays of doubles, matrices, and nothing. */
type Answer = undefined | null | boolean | number | string | Float64Array | Matrix | readonly Answer[] | {
  readonly [name: string]: Answer,
}
export type Answers = Readonly<Record<string, Answer>>

/** Not available is null: a ratio over nothing, a number that overflowed. */
export const available = (value: number): number | null => (Number.isFinite(value) ? value : null)

/** What is no finite number is not available. */
export function jsonOf(answer: Answer): QuantValue {
  if (answer === undefined) return null
  if (typeof answer === 'number') return available(answer)
  if (answer instanceof Float64Array) return Array.from(answer, available)
  if (Array.isArray(answer)) return (answer as readonly Answer[]).map(jsonOf)
  if (typeof answer !== 'object' || answer === null) return answer as QuantValue
  if (isMatrix(answer)) return rowsFromMatrix(answer).map((row) => row.map(available))
  return Object.fromEntries(Object.entries(answer).map(([name, value]) => [name, jsonOf(value as Answer)]))
}

const isMatrix = (answer: object): answer is Matrix =>
  'values' in answer && answer.values instanceof Float64Array && 'columns' in answer
