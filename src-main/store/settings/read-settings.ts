import { isAlias, isMap, isScalar, LineCounter, parseDocument, visit, type Document, type Node } from 'yaml'
import type { z } from 'zod'
import { fail, ok, type Result } from '../../base/index.ts'
import { settingsSchema, type Settings } from './settings-schema.ts'
import { problemWithoutPlace, type SettingsProblem, type SettingsProblemCode } from './settings-problem.ts'
import { isGroup, meaningOf } from './setting-values.ts'
import { syntaxReason } from './syntax-reasons.ts'

export type ReadSettings = Result<Settings, readonly SettingsProblem[]>

/** Written by hand, it is never near to it; and a parser has its limits. */
export const settingsBytesMax = 64 * 1024
/** Whoever has so many has them from one cause. */
const problemsMax = 20

export function readSettingsBytes(bytes: Uint8Array): Result<string, readonly SettingsProblem[]> {
  if (bytes.length > settingsBytesMax) return fail([problemWithoutPlace('too-large', 'Expected a file of at most 64 KB.')])
  try {
    // The mark at the beginning stays: what is written back begins with it again.
    return ok(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes))
  } catch {
    return fail([problemWithoutPlace('not-text', 'Expected text in UTF-8.')])
  }
}

/** What a settings file says, or everything that is wrong with it. It never throws, whatever the text is. */
export function readSettings(text: string): ReadSettings {
  const lines = new LineCounter()
  // Also what is nested deeper than the stack is an error of the document, and no throw.
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'error', stringKeys: true })
  const place = (offset: number): { readonly line: number; readonly column: number } => {
    const { line, col } = lines.linePos(offset)
    return { line, column: col }
  }
  const syntax = [...document.errors, ...document.warnings].map(({ pos, code }) => ({
    ...place(pos[0]), path: '', code: 'syntax' as const, reason: syntaxReason(code),
  }))
  if (syntax.length > 0) return fail(syntax.slice(0, problemsMax))
  const alias = firstAlias(document)
  if (alias !== undefined) return fail([{ ...place(alias), path: '', code: 'alias', reason: 'Expected no aliases.' }])
  const settings = settingsSchema.safeParse(withoutNulls(document.toJS() as unknown) ?? {})
  if (settings.success) return ok(settings.data)
  return fail(settings.error.issues.flatMap((issue) => problemsOf(issue, document, place)).slice(0, problemsMax))
}

function firstAlias(document: Document): number | undefined {
  let found: number | undefined
  visit(document, {
    Node: (_key, node) => {
      if (!isAlias(node)) return undefined
      found = node.range?.[0] ?? 0
      return visit.BREAK
    },
  })
  return found
}

/** A name with nothing behind it is as good as no name. */
function withoutNulls(value: unknown): unknown {
  if (value === null) return undefined
  if (typeof value !== 'object' || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).flatMap(([name, inner]) => (inner === null ? [] : [[name, withoutNulls(inner)]])))
}

type Issue = z.core.$ZodIssue
type PlaceOf = (offset: number) => { readonly line: number; readonly column: number }

function problemsOf(issue: Issue, document: Document, place: PlaceOf): readonly SettingsProblem[] {
  const names = issue.path.map(String)
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      ...place(offsetOf(document, [...names, key], 'name')),
      path: [...names, ...(isNameLike(key) ? [key] : [])].join('.'),
      code: 'unknown-name',
      reason: `There is no ${isNameLike(key) ? `setting "${key}"` : 'such setting'}${names.length === 0 ? '' : ` in ${names.join('.')}`}.`,
    }))
  }
  const path = names.join('.')
  const value = document.getIn(names)
  const [code, reason] = meaningOfIssue(path, value)
  return [{ ...place(offsetOf(document, names, 'value')), path, code, reason }]
}

function meaningOfIssue(path: string, value: unknown): readonly [SettingsProblemCode, string] {
  if (path === 'version' && (value === undefined || value === null)) return ['missing-version', 'Expected the line "version: 1".']
  if (path === 'version' && typeof value === 'number' && value > 1) {
    return ['newer-version', `This file is of version ${value}; this version of Ballast reads version 1.`]
  }
  const meaning = meaningOf(path)
  const expected = meaning?.expected ?? 'names with values'
  const name = path === '' ? 'The file' : path
  if (value === undefined || value === null) return ['missing-value', `${name}: expected ${expected}.`]
  const said = typeof value === 'string' ? `"${value}"` : String(value)
  return ['wrong-value', `${name}: expected ${expected}, was ${isQuotable(path, value) ? said : 'something else'}.`]
}

/** A secret that was written at a wrong place must not get into a log: only what cannot be one is said again. */
function isQuotable(path: string, value: unknown): boolean {
  const { isPrivate, isWord } = meaningOf(path) ?? {}
  if (isGroup(path) || isPrivate === true) return false
  if (typeof value === 'number' || typeof value === 'boolean') return true
  return isWord === true && typeof value === 'string' && /^[A-Za-z0-9:]{1,12}$/.test(value)
}

/** A name that is mistyped looks like this; an address or a token does not. */
const isNameLike = (key: string): boolean => /^[A-Za-z_]{1,24}$/.test(key)

/** Where a value stands, or its name; where it is missing, the place in which it is missing. */
function offsetOf(document: Document, names: readonly string[], wanted: 'name' | 'value'): number {
  let node: unknown = document.contents
  let offset = startOf(node) ?? 0
  for (const [index, name] of names.entries()) {
    const pair = isMap(node) ? node.items.find(({ key }) => isScalar(key) && String(key.value) === name) : undefined
    if (pair === undefined) return offset
    const isWanted = index === names.length - 1 && wanted === 'name'
    offset = (isWanted ? undefined : startOf(pair.value)) ?? startOf(pair.key) ?? offset
    node = pair.value
  }
  return offset
}

const startOf = (node: unknown): number | undefined => (node as Partial<Node> | null)?.range?.[0]
