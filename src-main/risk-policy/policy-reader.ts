import { isMap, isScalar, type Node } from 'yaml'
import { didYouMean } from '../base/index.ts'
import type { PolicyProblem, PolicyProblemCode } from './policy-problem.ts'
import type { PlaceOf } from './policy-syntax.ts'

/** A name in the file, with what stands behind it. */
export interface PolicyEntry {
  readonly name: string
  readonly path: string
  readonly key: unknown
  readonly node: unknown
}

/** Walks over the file and keeps what is wrong with it, each fault with its place. */
export interface PolicyReader {
  readonly problems: readonly PolicyProblem[]
  /** The names of a group that are known; of every other it is told. A group with nothing in it is an empty one. */
  entries(node: unknown, path: string, known: readonly string[] | 'any'): readonly PolicyEntry[]
  /** The text of one value, or none where there is no such thing. */
  text(entry: PolicyEntry): string | undefined
  tell(at: unknown, path: string, code: PolicyProblemCode, details?: PolicyProblem['details']): void
}

export function createPolicyReader(place: PlaceOf): PolicyReader {
  const problems: PolicyProblem[] = []
  const tell: PolicyReader['tell'] = (at, path, code, details = {}) => void problems.push({ ...place(startOf(at) ?? 0), path, code, details: { path, ...details } })
  const entries: PolicyReader['entries'] = (node, path, known) => {
    if (isEmpty(node)) return []
    if (!isMap(node)) {
      tell(node, path, 'not-names')
      return []
    }
    return node.items.flatMap(({ key, value }): readonly PolicyEntry[] => {
      const name = isScalar(key) ? String(key.value) : ''
      const inner = path === '' ? name : `${path}.${name}`
      if (known === 'any' || known.includes(name)) return [{ name, path: inner, key, node: value }]
      tellUnknown(tell, key, { name, path: inner, known })
      return []
    })
  }
  const text: PolicyReader['text'] = ({ node, key, path }) => {
    if (isEmpty(node)) tell(startOf(node) === undefined ? key : node, path, 'no-value')
    else if (isScalar(node)) return String(node.value)
    else tell(node, path, 'not-one-value')
    return undefined
  }
  return { problems, entries, text, tell }
}

function tellUnknown(tell: PolicyReader['tell'], key: unknown, { name, path, known }: { readonly name: string; readonly path: string; readonly known: readonly string[] }): void {
  const meant = didYouMean(name, known)
  if (meant === undefined) tell(key, path, 'unknown-name', { name: shown(name) })
  else tell(key, path, 'unknown-name-meant', { name: shown(name), meant })
}

/** What is said again is short and of one line. */
export const shown = (text: string): string => (/^[^\p{C}]{0,32}$/u.test(text) ? text : `${text.replaceAll(/\p{C}/gu, '?').slice(0, 31)}…`)

const isEmpty = (node: unknown): boolean => node === null || node === undefined || (isScalar(node) && node.type === 'PLAIN' && node.value === '')

const startOf = (node: unknown): number | undefined => (node as Partial<Node> | null | undefined)?.range?.[0]
