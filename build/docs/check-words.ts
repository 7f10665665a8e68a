import { spansOf, tableRows, type TableRow } from './markdown.ts'
import type { Problem } from './problem.ts'
import { documentAt, type Repository } from './repository.ts'

const file = 'docs/glossary.md'

/** Every word of the glossary is used in the code that it says it comes from, so the two cannot drift apart. */
export function checkGlossary(repository: Repository): readonly Problem[] {
  const document = documentAt(repository, file)
  const rows = document === undefined ? [] : tableRows(document, ['Word', 'Meaning', 'In the code'])
  if (rows.length === 0) return [{ file, line: 1, problem: 'has no table with the columns Word, Meaning, In the code' }]
  const seen = new Set<string>()
  return rows.flatMap((row) => {
    const word = (row.cells['Word'] ?? '').replaceAll(/[*`]/g, '')
    const again = seen.has(word) ? [`${word} is explained twice`] : []
    seen.add(word)
    return [...again, ...wordProblems(repository, word, row)].map((problem) => ({ file, line: row.line, problem }))
  })
}

function wordProblems(repository: Repository, word: string, { cells }: TableRow): readonly string[] {
  const places = spansOf(cells['In the code'] ?? '')
  if (places.length === 0) return [`${word} names no file of the code`]
  // A file that is not there is told of by the check of paths.
  return places
    .filter((place) => repository.files.has(place) && !isUsed(word, repository.read(place)))
    .map((place) => `${word} is not a word of ${place}`)
}

/** In prose, in a name of any case, or in the plural. */
function isUsed(word: string, source: string): boolean {
  const parts = word.split(/[\s-]+/).map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`))
  return new RegExp(parts.join(String.raw`[\s_*-]*`), 'i').test(source)
}
