import { collect, fail, ok, type Result } from '../../base/index.ts'
import type { QuantEntry, QuantError, QuantOutputs, QuantValue } from '../catalogue-entry.ts'
import { findQuantEntry } from './catalogue.ts'
import type { QuantCase, QuantDocument } from './quant-document.ts'

export interface EvaluatedDocument {
  /** By the ids of the cases. */
  readonly results: ReadonlyMap<string, QuantOutputs>
  /** Cases that ask a function which is not there. */
  readonly unknown: readonly string[]
  readonly failed: readonly FailedCase[]
}

export interface FailedCase {
  readonly id: string
  readonly code: FailureCode
  readonly message: string
}

export type FailureCode = QuantError['code'] | 'bug'

type Evaluated = Result<QuantOutputs, Omit<FailedCase, 'id'>>

/** Each case by itself: what one of them holds, or what is wrong in one function, takes nothing from the others. */
export function evaluateDocument(
  { series, cases }: QuantDocument, find: (name: string) => QuantEntry | undefined = findQuantEntry,
): EvaluatedDocument {
  const results = new Map<string, QuantOutputs>()
  const unknown: string[] = []
  const failed: FailedCase[] = []
  for (const asked of cases) {
    const entry = find(asked.fn)
    if (entry === undefined) {
      unknown.push(asked.id)
      continue
    }
    const evaluated = evaluateCase(entry, asked, series)
    if (evaluated.ok) results.set(asked.id, evaluated.value)
    else failed.push({ id: asked.id, ...evaluated.error })
  }
  return { results, unknown, failed }
}

function evaluateCase(entry: QuantEntry, { params, inputs }: QuantCase, series: QuantDocument['series']): Evaluated {
  const resolved = collect(
    inputs.map((name): Result<QuantValue, QuantError> => {
      const values = series.get(name)
      return values === undefined ? fail({ code: 'bad-input', message: `There is no series ${name}.` }) : ok(values)
    }),
  )
  if (!resolved.ok) return resolved
  try {
    const evaluated = entry.evaluate({ params, inputs: resolved.value })
    return evaluated.ok ? ok(available(evaluated.value) as QuantOutputs) : evaluated
  } catch (error) {
    // A bug in one function, and it is told as one; a file of sixty questions is still worth fifty-nine answers.
    return fail({ code: 'bug', message: `${entry.name} broke: ${error instanceof Error ? error.message : String(error)}.` })
  }
}

/** JSON has no NaN and no infinity: what is not a number is not available. */
function available(value: QuantValue): QuantValue {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  if (value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) return (value as readonly QuantValue[]).map(available)
  return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, available(entry)]))
}
