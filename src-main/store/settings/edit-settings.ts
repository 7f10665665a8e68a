import { isDeepStrictEqual } from 'node:util'
import { isMap, isScalar, parseDocument, stringify, type Document, type Node, type Scalar } from 'yaml'
import { assert } from '../../base/index.ts'
import type { SettingScalar } from './setting-values.ts'

/** New values by their paths; `null` takes one out, or a whole group. */
export type SettingsPatch = Readonly<Record<string, SettingScalar | null>>

/**
 * The same text with other values. Where a value stands already nothing else is touched, to the byte; a value that is new comes
 * in a line of its own at the end of its group. Only where neither can be done is the text laid out anew, and then too comments
 * and order stay.
 */
export function editSettings(text: string, patch: SettingsPatch): string {
  return Object.entries(patch).reduce((edited, [path, value]) => editOne(edited, path.split('.'), value), text)
}

function editOne(text: string, names: readonly string[], value: SettingScalar | null): string {
  const document = parseDocument(text)
  const wanted = plainWith(document.toJS(), names, value)
  const says = (candidate: string): boolean => {
    const parsed = parseDocument(candidate)
    return parsed.errors.length === 0 && isDeepStrictEqual(parsed.toJS() ?? {}, wanted)
  }
  if (value !== null) {
    const kept = [replacedInPlace(text, document.getIn(names, true), value), insertedAfter(text, document, names, value)]
    const fitting = kept.find((candidate) => candidate !== undefined && says(candidate))
    if (fitting !== undefined) return fitting
  }
  if (value !== null) setIn(document, names, value)
  else if (document.hasIn(names)) document.deleteIn(names)
  else return text
  const rewritten = document.toString({ lineWidth: 0, singleQuote: true })
  assert(says(rewritten), 'expected the edited settings to say what was asked')
  return rewritten
}

function replacedInPlace(text: string, node: unknown, value: SettingScalar): string | undefined {
  if (!isScalar(node) || !isOneLine(node) || node.range === null || node.range === undefined) return undefined
  const [from, to] = node.range
  // Nothing stands there: what is to be written needs a space that may not be there either.
  if (from === to) return undefined
  return text.slice(0, from) + scalarText(value) + text.slice(to)
}

/** As lines of its own after the last ones of its group, if that group is written in lines. */
function insertedAfter(text: string, document: Document, names: readonly string[], value: SettingScalar): string | undefined {
  const depth = names.findLastIndex((_name, index) => isMap(groupAt(document, names.slice(0, index))))
  const group = groupAt(document, names.slice(0, depth))
  if (depth < 0 || !isMap(group) || group.flow === true) return undefined
  const [first, last] = [group.items[0], group.items.at(-1)]
  const begin = (first?.key as Partial<Node> | undefined)?.range?.[0]
  const end = ((last?.value ?? last?.key) as Partial<Node> | undefined)?.range?.[1]
  if (begin === undefined || end === undefined) return undefined
  const before = text.slice(text.lastIndexOf('\n', begin - 1) + 1, begin).replace('\uFEFF', '')
  const newline = text.includes('\r\n') ? '\r\n' : '\n'
  const lines = names.slice(depth).map((name, index, left) => {
    const isLast = index === left.length - 1
    return `${before}${'  '.repeat(index)}${scalarText(name)}:${isLast ? ` ${scalarText(value)}` : ''}${newline}`
  })
  const lineEnd = text.indexOf('\n', end - 1)
  return lineEnd < 0 ? `${text}${newline}${lines.join('')}` : text.slice(0, lineEnd + 1) + lines.join('') + text.slice(lineEnd + 1)
}

const groupAt = (document: Document, names: readonly string[]): unknown =>
  names.length === 0 ? document.contents : document.getIn(names, true)

const isOneLine = ({ type, anchor, tag }: Scalar): boolean =>
  (type === 'PLAIN' || type === 'QUOTE_SINGLE' || type === 'QUOTE_DOUBLE') && anchor === undefined && tag === undefined

const scalarText = (value: SettingScalar): string =>
  stringify(value, { lineWidth: 0, blockQuote: false, singleQuote: true }).trimEnd()

function setIn(document: Document, names: readonly string[], value: SettingScalar): void {
  for (let depth = 0; depth < names.length; depth++) {
    const group = names.slice(0, depth)
    // A group's name with nothing behind it holds nothing yet.
    const old = groupAt(document, group)
    if (isMap(old)) continue
    const map = document.createNode({})
    if (isScalar(old)) map.commentBefore = old.comment ?? old.commentBefore ?? null
    if (depth === 0) document.contents = map as never
    else document.setIn(group, map)
  }
  document.setIn(names, value)
}

function plainWith(plain: unknown, names: readonly string[], value: SettingScalar | null): unknown {
  const [name, ...inner] = names
  if (name === undefined) return value
  const members = typeof plain === 'object' && plain !== null && !Array.isArray(plain) ? Object.entries(plain) : []
  const others = members.filter(([other]) => other !== name)
  if (value === null && inner.length === 0) return Object.fromEntries(others)
  const old = members.find(([other]) => other === name)?.[1] as unknown
  if (value === null && old === undefined) return Object.fromEntries(others)
  return Object.fromEntries([...others, [name, plainWith(old, inner, value)]])
}
