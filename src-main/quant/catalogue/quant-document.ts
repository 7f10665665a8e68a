import { collect, fail, mapValue, ok, type Result } from '../../base/index.ts'
import type { QuantValue } from '../catalogue-entry.ts'

/** What is to be computed: named series, and cases that each ask one function. The form of the reference files. */
export interface QuantDocument {
  readonly series: ReadonlyMap<string, QuantValue>
  readonly cases: readonly QuantCase[]
}

export interface QuantCase {
  readonly id: string
  readonly fn: string
  readonly params: Readonly<Record<string, QuantValue>>
  /** Names of series. */
  readonly inputs: readonly string[]
}

/** Where a document is not one, as a path, and what belongs there. */
export interface MalformedPlace {
  readonly path: string
  readonly expected: Expected
}

export type Expected = 'record' | 'list' | 'name' | 'new-name' | 'names' | 'numbers' | 'row'

type Read<Value> = Result<Value, MalformedPlace>

/** Fields that it does not know are left alone; such a file may hold what its reader expects as well. */
export function parseQuantDocument(value: unknown): Read<QuantDocument> {
  if (!isRecord(value)) return malformed('', 'record')
  const series = parseSeries(value['series'])
  if (!series.ok) return series
  const cases = parseCases(value['cases'])
  return mapValue(cases, (read) => ({ series: series.value, cases: read }))
}

function parseSeries(value: unknown): Read<ReadonlyMap<string, QuantValue>> {
  if (value === undefined) return ok(new Map())
  if (!isRecord(value)) return malformed('series', 'record')
  const read = collect(
    Object.entries(value).map(
      ([name, values]) => mapValue(parseValues(values, `series.${name}`), (parsed) => [name, parsed] as const),
    ),
  )
  return mapValue(read, (pairs) => new Map(pairs))
}

/** Numbers, each of which may be missing, or rows of them. */
function parseValues(value: unknown, path: string): Read<QuantValue> {
  if (!Array.isArray(value)) return malformed(path, 'list')
  const isMatrix = Array.isArray(value[0])
  for (const [index, entry] of (value as readonly unknown[]).entries()) {
    if (!isMatrix && !isCell(entry)) return malformed(`${path}[${index}]`, 'numbers')
    if (isMatrix && !(Array.isArray(entry) && entry.every(isCell))) return malformed(`${path}[${index}]`, 'row')
  }
  // Every cell has been looked at.
  return ok(value as QuantValue)
}

function parseCases(value: unknown): Read<readonly QuantCase[]> {
  if (!Array.isArray(value)) return malformed('cases', 'list')
  const ids = new Set<string>()
  return collect((value as readonly unknown[]).map((entry, index) => parseCase(entry, `cases[${index}]`, ids)))
}

function parseCase(value: unknown, path: string, ids: Set<string>): Read<QuantCase> {
  if (!isRecord(value)) return malformed(path, 'record')
  const { id, fn, params = {}, inputs = [] } = value
  if (!isName(id)) return malformed(`${path}.id`, 'name')
  if (ids.has(id)) return malformed(`${path}.id`, 'new-name')
  ids.add(id)
  if (!isName(fn)) return malformed(`${path}.fn`, 'name')
  if (!isRecord(params)) return malformed(`${path}.params`, 'record')
  if (!Array.isArray(inputs) || !inputs.every(isName)) return malformed(`${path}.inputs`, 'names')
  // What JSON gives is a QuantValue already; what each function makes of it is checked there.
  return ok({ id, fn, params: params as QuantCase['params'], inputs })
}

const malformed = (path: string, expected: Expected): Result<never, MalformedPlace> => fail({ path, expected })

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isName = (value: unknown): value is string => typeof value === 'string' && value !== ''
const isCell = (value: unknown): boolean => value === null || typeof value === 'number'
