import { spansOf, tableRows } from './markdown.ts'
import type { Problem } from './problem.ts'
import { documentAt, type Repository } from './repository.ts'

const file = 'README.md'
const columns = ['Asked for', 'Used', 'Today', 'Why'] as const

/** The table of dependencies has a row for each package of package.json, and says of no other that it is in. */
export function checkDependencies(repository: Repository): readonly Problem[] {
  const document = documentAt(repository, file)
  const rows = document === undefined ? [] : tableRows(document, columns)
  if (rows.length === 0) return [{ file, line: 1, problem: `has no table with the columns ${columns.join(', ')}` }]
  const wrong = rows.flatMap(({ line, cells }) => {
    const today = cells['Today'] ?? ''
    if (today !== 'in' && !today.startsWith('not in')) return [{ file, line, problem: 'Today begins with "in" or "not in"' }]
    return spansOf(cells['Used'] ?? '')
      .filter((name) => repository.packages.has(name) === today.startsWith('not in'))
      .map((name) => ({ file, line, problem: `${name} is ${today === 'in' ? 'not ' : ''}in package.json` }))
  })
  const told = new Set(rows.flatMap(({ cells }) => spansOf(cells['Used'] ?? '')))
  // Types of a package come with the package.
  const untold = [...repository.packages].filter((name) => !told.has(name) && !name.startsWith('@types/'))
  return [...wrong, ...untold.map((name) => ({ file, line: rows[0]?.line ?? 1, problem: `${name} has no row in the table` }))]
}
