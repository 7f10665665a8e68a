import { isMap, isScalar, isSeq, type Node } from 'yaml'
import { compare, ensureOk, isPositive, type Quantity, type Result } from '../base/index.ts'
import { parseQuantity, type QuantityFailure } from './policy-kinds.ts'
import { problemWithoutPlace, type PolicyProblem, type PolicyProblemCode } from './policy-problem.ts'
import { createPolicyReader, shown, type PolicyEntry, type PolicyReader } from './policy-reader.ts'
import { parsePolicyDocument } from './policy-syntax.ts'
import {
  instrumentValueNames, instrumentValues, policyGroups, policyPaths, policyValues, quantitiesFrom, standardQuantities, warnings,
  type InstrumentRules, type PolicyPath, type PolicyValue,
} from './policy-values.ts'
import { standardCurrency, type RiskPolicy } from './risk-policy.ts'
import { always, never, parseWindow, united, type TradingWindows } from './trading-windows.ts'

/**
 * Makes a policy of a text. It must never make one of a text with a fault.
 *
 * Invariants:
 * 1. A text with a fault is no policy, and every fault is told with its line and its column.
 * 2. A number is what its digits say: none goes through a float, and none is rounded.
 * 3. A limit that is not above zero, and a name that nobody knows, are faults.
 */
export type ReadPolicy =
  | { readonly ok: true; readonly policy: RiskPolicy }
  | { readonly ok: false; readonly problems: readonly PolicyProblem[] }

/** Written by hand, it is never near to it. */
export const policyBytesMax = 64 * 1024
/** Whoever has so many has them from one cause. */
const problemsMax = 20

const topNames = ['version', 'currency', ...Object.keys(policyGroups), 'instruments', 'hours'] as const

export function readPolicy(text: string): ReadPolicy {
  const document = parsePolicyDocument(text)
  if (!document.ok) return refused(document.error)
  const { contents, place } = document.value
  if (contents === null) return refused([problemWithoutPlace('empty-file')])
  if (!isMap(contents)) return refused([{ ...place(contents.range?.[0] ?? 0), path: '', code: 'not-a-policy', details: {} }])
  const reader = createPolicyReader(place)
  const entries = reader.entries(contents, '', topNames)
  const named = (name: string): PolicyEntry | undefined => entries.find((entry) => entry.name === name)
  readVersion(reader, contents, named('version'))
  const given = new Map(Object.keys(policyGroups).flatMap((group) => readGroup(reader, named(group))))
  const policy: RiskPolicy = {
    currency: readCurrency(reader, named('currency')),
    values: quantitiesFrom((path) => given.get(path)?.quantity ?? standardQuantities[path]),
    instruments: readInstruments(reader, named('instruments')),
    windows: readHours(reader, named('hours')),
  }
  if (reader.problems.length === 0) tellContradictions(reader, policy, given)
  return reader.problems.length === 0 ? { ok: true, policy } : refused(reader.problems)
}

/** Of bytes: first it has to be text, and not too much of it. */
export function readPolicyBytes(text: Result<string, 'too-large' | 'not-text'>): ReadPolicy {
  if (text.ok) return readPolicy(text.value)
  return refused([problemWithoutPlace(text.error === 'too-large' ? 'too-large-file' : 'not-text')])
}

const refused = (problems: readonly PolicyProblem[]): ReadPolicy =>
  ({ ok: false, problems: problems.toSorted((left, right) => left.line - right.line || left.column - right.column).slice(0, problemsMax) })

function readVersion(reader: PolicyReader, contents: unknown, entry: PolicyEntry | undefined): void {
  if (entry === undefined) return reader.tell(contents, 'version', 'missing-version')
  const text = reader.text(entry)
  if (text === undefined || text === '1') return undefined
  return reader.tell(entry.node, entry.path, /^[1-9]\d{0,8}$/.test(text) ? 'newer-version' : 'wrong-version', { given: shown(text) })
}

function readCurrency(reader: PolicyReader, entry: PolicyEntry | undefined): string {
  if (entry === undefined) return standardCurrency
  const text = reader.text(entry)
  if (text === undefined || /^[A-Z][A-Z\d]{1,9}$/.test(text)) return text ?? standardCurrency
  reader.tell(entry.node, entry.path, 'wrong-currency', { given: shown(text) })
  return standardCurrency
}

interface GivenQuantity {
  readonly node: unknown
  readonly quantity: Quantity
}

function readGroup(reader: PolicyReader, group: PolicyEntry | undefined): readonly (readonly [PolicyPath, GivenQuantity])[] {
  if (group === undefined) return []
  const known = policyPaths.filter((path) => path.startsWith(`${group.name}.`))
  return reader.entries(group.node, group.path, known.map((path) => path.slice(group.name.length + 1))).flatMap((entry) => {
    const path = known.find((candidate) => candidate === entry.path)
    const quantity = path === undefined ? undefined : readQuantity(reader, entry, policyValues[path])
    return path === undefined || quantity === undefined ? [] : [[path, { node: entry.node, quantity }] as const]
  })
}

function readQuantity(reader: PolicyReader, entry: PolicyEntry, value: PolicyValue): Quantity | undefined {
  const text = reader.text(entry)
  if (text === undefined) return undefined
  const { kind, least, most, standard } = value
  const parsed = parseQuantity(kind, text)
  const told = { given: shown(text), least, most, example: standard }
  if (!parsed.ok) {
    reader.tell(entry.node, entry.path, codeOf(value, parsed.error), told)
    return undefined
  }
  const [low, high] = [least, most].map((bound) => ensureOk(parseQuantity(kind, bound), 'a bound that can be read')) as [Quantity, Quantity]
  if (!isPositive(parsed.value)) reader.tell(entry.node, entry.path, 'not-positive', told)
  else if (compare(parsed.value, low) < 0) reader.tell(entry.node, entry.path, 'too-small', told)
  else if (compare(parsed.value, high) > 0) reader.tell(entry.node, entry.path, 'too-large', told)
  else return parsed.value
  return undefined
}

function codeOf({ kind }: PolicyValue, failure: QuantityFailure): PolicyProblemCode {
  if (failure === 'percent-sign' || failure === 'too-large') return failure
  // Half an order is not written too finely: it is no number of orders.
  return failure === 'too-fine' && kind !== 'count' ? 'too-fine' : `wrong-${kind}`
}

function readInstruments(reader: PolicyReader, entry: PolicyEntry | undefined): ReadonlyMap<string, InstrumentRules> {
  if (entry === undefined) return new Map()
  return new Map(reader.entries(entry.node, entry.path, 'any').flatMap((instrument) => {
    const { name, key, path, node } = instrument
    // What may be an instrument's name: whether it is one is known where instruments are.
    if (!/^[\w.:/-]{1,64}$/.test(name)) {
      reader.tell(key, path, 'wrong-instrument', { name: shown(name) })
      return []
    }
    const rules = reader.entries(node, path, instrumentValueNames).flatMap((rule) => {
      const known = instrumentValueNames.find((candidate) => candidate === rule.name)
      const quantity = known === undefined ? undefined : readQuantity(reader, rule, policyValues[instrumentValues[known]])
      return quantity === undefined ? [] : [[rule.name, quantity] as const]
    })
    return [[name, Object.fromEntries(rules) as InstrumentRules] as const]
  }))
}

function readHours(reader: PolicyReader, group: PolicyEntry | undefined): TradingWindows {
  const entry = group === undefined ? undefined : reader.entries(group.node, group.path, ['windowsUtc'])[0]
  if (entry === undefined) return always
  if (isSeq(entry.node)) {
    if (entry.node.items.length === 0) reader.tell(entry.node, entry.path, 'no-windows')
    return united(entry.node.items.flatMap((item, index) => readWindow(reader, item, `${entry.path}.${index}`)))
  }
  const text = reader.text(entry)
  if (text === 'never') return never
  if (text !== undefined && text !== 'always') reader.tell(entry.node, entry.path, 'wrong-windows', { given: shown(text) })
  return always
}

function readWindow(reader: PolicyReader, node: unknown, path: string): TradingWindows {
  const text = isScalar(node) ? String(node.value) : ''
  const window = parseWindow(text)
  if (window === 'malformed') reader.tell(node, path, 'wrong-window', { given: shown(text) })
  else if (window === 'never-opens') reader.tell(node, path, 'window-never-opens', { given: text })
  else return window
  return []
}

/** Told where the warning stands, or else the limit that moved below it. */
function tellContradictions(reader: PolicyReader, { values }: RiskPolicy, given: ReadonlyMap<PolicyPath, GivenQuantity>): void {
  for (const { warn, max } of warnings) {
    if (compare<Quantity>(values[warn], values[max]) < 0) continue
    const path = given.has(warn) ? warn : max
    reader.tell(given.get(path)?.node as Node | undefined, path, 'warn-above', { warn, max })
  }
}
