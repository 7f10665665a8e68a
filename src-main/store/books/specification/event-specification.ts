import type { JournalRecord } from '../../../ports/index.ts'
import { problemOfRange } from './check-specification.ts'
import type { LeafMeaning, Specification } from './specification.ts'

export type EventSpecification = Specification<EventLeaf>

export type EventLeaf =
  | { readonly is: 'kind'; readonly kind: string }
  | { readonly is: 'area'; readonly area: string }
  | { readonly is: 'at'; readonly from: number; readonly to: number }
  | { readonly is: 'sequence'; readonly from: number; readonly to: number }
  | { readonly is: 'correlation'; readonly correlation: string }
  | { readonly is: 'text'; readonly text: string }
  | { readonly is: 'body'; readonly path: readonly string[]; readonly value: BodyScalar }

export type BodyScalar = null | boolean | number | string

export const kindIs = (kind: string): EventLeaf => ({ is: 'kind', kind })
/** All kinds of one area: `alert` for `alert.raised` and the others. */
export const areaIs = (area: string): EventLeaf => ({ is: 'area', area })
/** From the first moment to just before the second. */
export const atBetween = (from: number, to: number): EventLeaf => ({ is: 'at', from, to })
/** From the first sequence to just before the second. */
export const sequenceBetween = (from: number, to: number): EventLeaf => ({ is: 'sequence', from, to })
export const correlationIs = (correlation: string): EventLeaf => ({ is: 'correlation', correlation })
/** The body has these characters somewhere, in a name or a value; large and small letters differ. */
export const textContains = (text: string): EventLeaf => ({ is: 'text', text })
/** The body has exactly this value under these names, outermost first. */
export const bodyHas = (path: readonly string[], value: BodyScalar): EventLeaf => ({ is: 'body', path, value })

/** Only such names are asked for: SQLite's paths have signs of their own. */
const namePattern = /^[A-Za-z0-9_-]{1,64}$/

export const eventMeaning: LeafMeaning<EventLeaf, JournalRecord> = {
  toSql: (leaf) => {
    switch (leaf.is) {
      case 'kind':
        return { sql: 'kind = ?', parameters: [leaf.kind] }
      case 'area':
        // The slash follows the dot, so this is every text that begins with the area and a dot, found by the index.
        return { sql: 'kind >= ? AND kind < ?', parameters: [`${leaf.area}.`, `${leaf.area}/`] }
      case 'at':
        return { sql: 'at >= ? AND at < ?', parameters: [leaf.from, leaf.to] }
      case 'sequence':
        return { sql: 'sequence >= ? AND sequence < ?', parameters: [leaf.from, leaf.to] }
      case 'correlation':
        return { sql: 'correlation IS ?', parameters: [leaf.correlation] }
      case 'text':
        return { sql: 'instr(body, ?) > 0', parameters: [insideJson(leaf.text)] }
      case 'body':
        // A body that SQLite finds too deep holds nothing; asked without the guard it would end the whole query.
        return {
          sql: 'ifnull(CASE WHEN json_valid(body) THEN (body -> ?) = ? END, 0)',
          parameters: [`$${leaf.path.map((name) => `."${name}"`).join('')}`, JSON.stringify(leaf.value)],
        }
    }
  },
  matches: (leaf, record) => {
    switch (leaf.is) {
      case 'kind':
        return same(record.kind, leaf.kind)
      case 'area':
        return record.kind.toWellFormed().startsWith(`${leaf.area.toWellFormed()}.`)
      case 'at':
        return record.at >= leaf.from && record.at < leaf.to
      case 'sequence':
        return record.sequence >= leaf.from && record.sequence < leaf.to
      case 'correlation':
        return record.correlation !== undefined && same(record.correlation, leaf.correlation)
      case 'text':
        return JSON.stringify(record.body).includes(insideJson(leaf.text))
      case 'body':
        return JSON.stringify(valueAt(record.body, leaf.path)) === JSON.stringify(leaf.value)
    }
  },
  problemOf: (leaf) => {
    if (leaf.is === 'at' || leaf.is === 'sequence') return problemOfRange(leaf.from, leaf.to)
    if (leaf.is !== 'body') return undefined
    const isPath = leaf.path.length > 0 && leaf.path.length <= 8 && leaf.path.every((name) => namePattern.test(name))
    return isPath ? undefined : 'expected one to eight names of letters, digits, hyphens and underscores'
  },
}

/** UTF-8 has no half characters: in the file they have become the sign for an unknown one. */
const same = (left: string, right: string): boolean => left.toWellFormed() === right.toWellFormed()

/** As the text stands in a body, without the quotes around it. */
const insideJson = (text: string): string => JSON.stringify(text).slice(1, -1)

function valueAt(body: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, name) => {
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value) && Object.hasOwn(value, name)
    return isObject ? (value as Readonly<Record<string, unknown>>)[name] : undefined
  }, body)
}
