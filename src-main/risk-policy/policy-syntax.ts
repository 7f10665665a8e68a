import { isAlias, LineCounter, parseDocument, visit, type Document, type ErrorCode } from 'yaml'
import { fail, ok, type Result } from '../base/index.ts'
import type { PolicyProblem, PolicyProblemCode } from './policy-problem.ts'

export type PlaceOf = (offset: number) => { readonly line: number; readonly column: number }

export interface PolicyDocument {
  readonly contents: Document['contents']
  readonly place: PlaceOf
}

/** The parser's own sentences are English and quote the file; ours say the few things that people do. */
const codes: Partial<Record<ErrorCode, PolicyProblemCode>> = {
  TAB_AS_INDENT: 'syntax-tab',
  BAD_INDENT: 'syntax-indent',
  DUPLICATE_KEY: 'syntax-twice',
  MISSING_CHAR: 'syntax-missing',
  BLOCK_IN_FLOW: 'syntax-missing',
  BAD_COLLECTION_TYPE: 'syntax-tag',
  MULTIPLE_TAGS: 'syntax-tag',
  TAG_RESOLVE_FAILED: 'syntax-tag',
  ALIAS_PROPS: 'alias',
  BAD_ALIAS: 'alias',
  MULTIPLE_ANCHORS: 'alias',
}

/** Every value comes as the text that stands there: nothing is made into a float on the way. It never throws, whatever the text is. */
export function parsePolicyDocument(text: string): Result<PolicyDocument, readonly PolicyProblem[]> {
  const lines = new LineCounter()
  const document = parseDocument(text, { schema: 'failsafe', lineCounter: lines, prettyErrors: false, logLevel: 'error', stringKeys: true })
  const place: PlaceOf = (offset) => {
    const { line, col } = lines.linePos(offset)
    return { line, column: col }
  }
  const problems = [...document.errors, ...document.warnings].map(({ pos, code }) => ({ ...place(pos[0]), path: '', code: codes[code] ?? ('syntax' as const), details: {} }))
  if (problems.length > 0) return fail(problems)
  const alias = firstAlias(document)
  if (alias !== undefined) return fail([{ ...place(alias), path: '', code: 'alias', details: {} }])
  return ok({ contents: document.contents, place })
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
