import { spansOf, tableRows, type TableRow } from './markdown.ts'
import type { Problem } from './problem.ts'
import { documentAt, type Repository } from './repository.ts'

const file = 'docs/invariants.md'
const columns = ['Number', 'Invariant', 'Code', 'Test', 'Its name'] as const

/**
 * The invariants that a file numbers at its head are all in the list, and each is held by a test that is there under the
 * name that the list gives.
 */
export function checkInvariants(repository: Repository): readonly Problem[] {
  const document = documentAt(repository, file)
  const rows = document === undefined ? [] : tableRows(document, columns)
  if (rows.length === 0) return [{ file, line: 1, problem: `has no table with the columns ${columns.join(', ')}` }]
  const listed = rows.map((row) => ({ number: Number(row.cells['Number']), code: spansOf(row.cells['Code'] ?? '')[0] }))
  const missing = [...numberedInCode(repository)].flatMap(([code, count]) =>
    Array.from({ length: count }, (_each, index) => index + 1)
      .filter((number) => !listed.some((row) => row.code === code && row.number === number))
      .map((number) => ({ file, line: 1, problem: `invariant ${number} of ${code} is not listed` })),
  )
  const wrong = rows.flatMap((row) => rowProblems(repository, row).map((problem) => ({ file, line: row.line, problem })))
  return [...missing, ...wrong]
}

function rowProblems(repository: Repository, { cells }: TableRow): readonly string[] {
  const code = spansOf(cells['Code'] ?? '')[0] ?? ''
  const number = Number(cells['Number'])
  const count = repository.files.has(code) ? invariantsIn(repository.read(code)) : 0
  const problems = number >= 1 && number <= count ? [] : [`${code} has no invariant ${cells['Number']}`]
  const test = spansOf(cells['Test'] ?? '')[0] ?? ''
  const name = cells['Its name'] ?? ''
  // Better told than hidden: then the last column says why.
  if (cells['Test'] === 'none' && name !== '') return problems
  if (!repository.files.has(test)) return [...problems, `the test ${test} is not in the repository`]
  return name !== '' && repository.read(test).includes(name) ? problems : [...problems, `${test} has no test "${name}"`]
}

function numberedInCode(repository: Repository): ReadonlyMap<string, number> {
  const sources = [...repository.files].filter((path) => /^src-.*\.tsx?$/.test(path))
  return new Map(sources.map((path) => [path, invariantsIn(repository.read(path))] as const).filter(([, count]) => count > 0))
}

const listStart = /Invariants:|^ \* 1\. /m

/** How far the numbers go in the comment that says `Invariants:`, or that is a numbered list. */
export function invariantsIn(source: string): number {
  const comment = [...source.matchAll(/\/\*\*[\s\S]*?\*\//g)].map(([text]) => text).find((text) => listStart.test(text))
  let rest = comment?.slice(comment.search(listStart)) ?? ''
  for (let count = 0; ; count++) {
    const next = new RegExp(String.raw`[\s*]${count + 1}\.?\s`).exec(rest)
    if (next === null) return count
    rest = rest.slice(next.index + next[0].length - 1)
  }
}
