import { parseCsv } from './csv.ts'
import type { Problem } from './problem.ts'
import type { Repository } from './repository.ts'

const file = 'docs/risk-register.csv'
const columns = ['id', 'risk', 'likelihood', 'impact', 'owner', 'mitigation', 'state', 'test'] as const
type Column = (typeof columns)[number]
const grades: readonly string[] = ['low', 'medium', 'high']
const allowed: Readonly<Partial<Record<Column, readonly string[]>>> = {
  likelihood: grades,
  impact: grades,
  owner: ['trader', 'maintainer'],
  state: ['open', 'planned', 'mitigated', 'accepted'],
}

/** The register can be read by a program, and what calls itself mitigated names a test that is there. */
export function checkRiskRegister(repository: Repository): readonly Problem[] {
  if (!repository.files.has(file)) return [{ file, line: 1, problem: 'there is no risk register' }]
  const rows = parseCsv(repository.read(file))
  if (rows === undefined) return [{ file, line: 1, problem: 'is not CSV: a quote is left open' }]
  const [head, ...risks] = rows
  if (head?.cells.join() !== columns.join()) return [{ file, line: 1, problem: `the columns are ${columns.join(', ')}` }]
  return risks.flatMap(({ line, cells }, index) =>
    riskProblems(repository, cells, `R-${String(index + 1).padStart(3, '0')}`).map((problem) => ({ file, line, problem })),
  )
}

function riskProblems(repository: Repository, cells: readonly string[], id: string): readonly string[] {
  if (cells.length !== columns.length) return [`has ${cells.length} columns, not ${columns.length}`]
  // As many cells as columns, counted just now.
  const row = Object.fromEntries(columns.map((column, index) => [column, cells[index] ?? ''])) as Record<Column, string>
  const problems = Object.entries(allowed).flatMap(([column, words]) => {
    const word = row[column as Column]
    return words.includes(word) ? [] : [`${column} is one of ${words.join(', ')}, not "${word}"`]
  })
  if (row.id !== id) problems.push(`the id in this place is ${id}`)
  if (row.risk === '' || row.mitigation === '') problems.push('names the risk and what is done about it')
  const tests = row.test.split(' ').filter((test) => test !== '')
  if (row.state === 'mitigated' && tests.length === 0) problems.push('is mitigated, so it names the test that shows it')
  for (const test of tests) if (!repository.files.has(test)) problems.push(`the test ${test} is not in the repository`)
  return problems
}
