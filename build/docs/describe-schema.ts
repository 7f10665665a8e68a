import { z } from 'zod'
import * as alerts from '../../src-preload/contract/alert-entries.ts'
import * as books from '../../src-preload/contract/books-entries.ts'
import * as engine from '../../src-preload/contract/engine-entries.ts'
import * as health from '../../src-preload/contract/health-entries.ts'
import * as primitives from '../../src-preload/contract/primitives.ts'
import * as settings from '../../src-preload/contract/setting-entries.ts'

/** The schemas that the contract gives a name: described once, linked from wherever they are used. */
export const shapes: ReadonlyMap<string, z.ZodType> = new Map(
  [primitives, engine, books, alerts, settings, health]
    .flatMap((entries) => Object.entries(entries))
    .flatMap(([name, value]): readonly (readonly [string, z.ZodType])[] => (value instanceof z.ZodType ? [[name, value]] : []))
    // A module's exports come in another order from each program that loads it.
    .toSorted(([left], [right]) => (left < right ? -1 : 1)),
)

const named = z.registry<{ id: string }>()
for (const [id, schema] of shapes) named.add(schema, { id })

/** As much of JSON Schema as zod writes for the schemas here. */
interface Json {
  readonly $ref?: string
  readonly $defs?: Readonly<Record<string, Json>>
  readonly type?: string | readonly string[]
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly minimum?: number
  readonly maximum?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly pattern?: string
  readonly items?: Json
  readonly oneOf?: readonly Json[]
  readonly anyOf?: readonly Json[]
  readonly properties?: Readonly<Record<string, Json>>
  readonly required?: readonly string[]
  readonly additionalProperties?: boolean | Json
}

/** Lines of Markdown. `linkTo` is the document that describes the named shapes, '' for the same one. */
export function describeSchema(schema: z.ZodType, linkTo: string): readonly string[] {
  return describe(jsonOf(schema), linkTo)
}

/** A named shape itself: not a link to itself. */
export function describeShape(name: string): readonly string[] {
  const schema = shapes.get(name)
  if (schema === undefined) throw new Error(`the contract names no shape ${name}`)
  const json = jsonOf(schema)
  return describe(json.$defs?.[name] ?? json, '')
}

// zod's own type names every version of JSON Schema; what it writes is checked by the shape of what is printed.
const jsonOf = (schema: z.ZodType): Json => z.toJSONSchema(schema, { metadata: named }) as Json

function describe(json: Json, linkTo: string): readonly string[] {
  const choices = json.oneOf ?? json.anyOf
  if (choices !== undefined && choices.every(({ properties }) => properties !== undefined)) {
    return choices.flatMap((choice, index) => [`${index === 0 ? 'Either' : 'Or'}:`, '', ...describe(choice, linkTo), ''])
  }
  if (json.properties === undefined) return [`${capitalised(phraseOf(json, linkTo))}.`]
  const rows = rowsOf(json, '', linkTo)
  if (rows.length === 0) return [isOpen(json) ? 'An object of any fields.' : 'Nothing: an empty object.']
  const more = isOpen(json) ? ['', 'Further fields may follow.'] : []
  return ['| field | is |', '| --- | --- |', ...rows.map(([field, phrase]) => `| \`${field}\` | ${phrase} |`), ...more]
}

const isOpen = (json: Json): boolean => json.additionalProperties !== false

function rowsOf(json: Json, before: string, linkTo: string): readonly (readonly [field: string, phrase: string])[] {
  return Object.entries(json.properties ?? {}).flatMap(([name, field]) => {
    const path = `${before}${name}`
    const absent = json.required?.includes(name) === true ? '' : '; may be absent'
    const inner = field.properties === undefined ? field.items : field
    const rows = inner?.properties === undefined ? [] : rowsOf(inner, inner === field ? `${path}.` : `${path}[].`, linkTo)
    return [[path, phraseOf(field, linkTo) + absent] as const, ...rows]
  })
}

function phraseOf(json: Json, linkTo: string): string {
  if (json.$ref !== undefined) return linkOf(json.$ref, linkTo)
  if (json.const !== undefined) return `\`${JSON.stringify(json.const)}\``
  if (json.enum !== undefined) return `one of ${json.enum.map((value) => `\`${JSON.stringify(value)}\``).join(', ')}`
  const choices = json.oneOf ?? json.anyOf
  if (choices !== undefined) return choices.map((choice) => phraseOf(choice, linkTo)).join(' or ')
  if (json.type === 'array') return `list of ${json.items === undefined ? 'anything' : phraseOf(json.items, linkTo)}`
  if (json.type === 'object') return json.properties === undefined ? 'object of any fields' : 'object'
  if (json.type === 'integer' || json.type === 'number') return numberPhrase(json)
  if (json.type === 'string') return stringPhrase(json)
  return json.type === undefined ? 'any JSON' : [json.type].flat().join(' or ')
}

/** The heading says `Shape` first: an entry and a shape may differ only in their dot. */
export const headingOfShape = (name: string): string => `### Shape ${name}`

const anchorOfShape = (name: string): string => `shape-${name.toLowerCase()}`

function linkOf(ref: string, linkTo: string): string {
  const name = ref.slice(ref.lastIndexOf('/') + 1)
  return `[${name}](${linkTo}#${anchorOfShape(name)})`
}

function numberPhrase({ type, minimum, maximum }: Json): string {
  const kind = type === 'integer' ? 'whole number' : 'number'
  // Every whole number of the contract is safe: that is not a limit worth printing.
  const from = minimum === undefined || minimum <= Number.MIN_SAFE_INTEGER ? '' : `, at least ${minimum}`
  const to = maximum === undefined || maximum >= Number.MAX_SAFE_INTEGER ? '' : `, at most ${maximum}`
  return kind + from + to
}

function stringPhrase({ minLength, maxLength, pattern }: Json): string {
  const from = minLength === undefined ? '' : `, at least ${minLength} ${minLength === 1 ? 'character' : 'characters'}`
  const to = maxLength === undefined ? '' : `, at most ${maxLength}`
  return `text${from}${to}${pattern === undefined ? '' : `, of the pattern \`${pattern.replaceAll('|', '\\|')}\``}`
}

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
