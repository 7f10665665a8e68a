import { fail, ok, type Result } from '../../base/index.ts'
import type { SampleSubject } from './sample-subjects.ts'

/** Why a file gives no sample; `line` counts from 1. */
export type SampleTrouble =
  | { readonly kind: 'no-column'; readonly column: string }
  | { readonly kind: 'not-a-number'; readonly line: number; readonly text: string }
  | { readonly kind: 'time-back'; readonly line: number }
  | { readonly kind: 'too-few'; readonly count: number }

export const sampleLeast = 20

const columnNames = {
  time: ['time', 'timestamp', 'at', 'ts'],
  size: ['size', 'quantity', 'qty', 'volume', 'lots'],
  latency: ['latency', 'delay', 'ms'],
  ratio: ['ratio', 'part'],
  count: ['count', 'counts', 'fills'],
} as const

const columnFor = { arrivals: 'time', any: 'time', sizes: 'size', latency: 'latency', ratio: 'ratio', counts: 'count' } as const satisfies Record<SampleSubject, string>
/** Where time, price and size stand in a file of trades without titles. */
const placeWithoutTitle: Readonly<Partial<Record<string, number>>> = { time: 0, size: 2 }

export interface Sample {
  readonly of: SampleSubject
  readonly values: Float64Array
}

/**
 * The numbers of a recording: either one column of them, with or without a title, or several of which one is called after what is
 * asked for: `time` (milliseconds, ascending), `size`, `latency`, `ratio`, `count`. Trades of the same moment are one arrival. Where it
 * is not said what the numbers are, those of trades are arrivals, and those of one column may be anything.
 */
export function readSample(text: string, asked: SampleSubject | undefined): Result<Sample, SampleTrouble> {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/).map((line) => line.trim())
  const rows = lines.flatMap((line, index) => (line === '' ? [] : [{ line: index + 1, cells: cellsOf(line) }]))
  const [head] = rows
  const hasTitles = head !== undefined && head.cells.some((cell) => !isNumber(cell))
  const body = hasTitles ? rows.slice(1) : rows
  if (head === undefined || head.cells.length === 1) return enough(numbersAt(body, 0), asked ?? 'any')
  const of = asked === undefined || asked === 'any' ? 'arrivals' : asked
  const wanted = columnFor[of]
  const titles: readonly string[] = columnNames[wanted]
  const column = hasTitles ? head.cells.findIndex((cell) => titles.includes(cell.toLowerCase())) : (placeWithoutTitle[wanted] ?? -1)
  if (column < 0 || column >= head.cells.length) return fail({ kind: 'no-column', column: wanted })
  const numbers = numbersAt(body, column)
  return enough(numbers.ok && wanted === 'time' ? gapsBetween(numbers.value, body) : numbers, of)
}

const cellsOf = (line: string): readonly string[] => line.split(/[,;\t]/).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'))

interface Row {
  readonly line: number
  readonly cells: readonly string[]
}

const isNumber = (text: string): boolean => /^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/.test(text)

function numbersAt(rows: readonly Row[], column: number): Result<readonly number[], SampleTrouble> {
  const numbers: number[] = []
  for (const { line, cells } of rows) {
    const cell = cells[column] ?? ''
    if (!isNumber(cell)) return fail({ kind: 'not-a-number', line, text: cell })
    numbers.push(Number(cell))
  }
  return ok(numbers)
}

function gapsBetween(times: readonly number[], rows: readonly Row[]): Result<readonly number[], SampleTrouble> {
  const gaps: number[] = []
  for (const [index, time] of times.entries()) {
    const gap = time - (times[index - 1] ?? time)
    if (gap < 0) return fail({ kind: 'time-back', line: rows[index]?.line ?? 0 })
    if (gap > 0) gaps.push(gap)
  }
  return ok(gaps)
}

function enough(numbers: Result<readonly number[], SampleTrouble>, of: SampleSubject): Result<Sample, SampleTrouble> {
  if (!numbers.ok) return numbers
  if (numbers.value.length < sampleLeast) return fail({ kind: 'too-few', count: numbers.value.length })
  return ok({ of, values: Float64Array.from(numbers.value) })
}
