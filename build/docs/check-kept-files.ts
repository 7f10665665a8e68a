import { headingsOf } from './markdown.ts'
import type { Problem } from './problem.ts'
import { documentAt, type Repository } from './repository.ts'

const decisionHeadings: readonly string[] = ['Question', 'Forces', 'Options', 'Decision', 'Costs', 'Kept by', 'Revisit when']
const linesMax = 70

/** Each decision record is one page with the same headings in the same order, and the numbers have no gap. */
export function checkDecisions({ documents }: Repository): readonly Problem[] {
  const decisions = documents.filter(({ path }) => path.startsWith('docs/adr/') && !path.endsWith('/README.md'))
  return decisions.flatMap((document, index) => {
    const { path: file, lines } = document
    const number = String(index + 1).padStart(4, '0')
    const [title, ...sections] = headingsOf(document)
    const problems: string[] = []
    const isNamed = new RegExp(`^docs/adr/${number}-[a-z0-9-]+\\.md$`).test(file)
    if (!isNamed) problems.push(`the next decision is docs/adr/${number}-<title>.md`)
    const isTitled = title?.level === 1 && title.title.startsWith(`${number}. `)
    if (!isTitled) problems.push(`begins with the heading "# ${number}. <title>"`)
    if (sections.map((section) => section.title).join('|') !== decisionHeadings.join('|')) {
      problems.push(`has exactly these headings: ${decisionHeadings.join(', ')}`)
    }
    if (lines.length > linesMax) problems.push(`is one page: ${linesMax} lines at most, not ${lines.length}`)
    return problems.map((problem) => ({ file, line: 1, problem }))
  })
}

const changeKinds: readonly string[] = ['Added', 'Changed', 'Deprecated', 'Removed', 'Fixed', 'Security']

/** The change log keeps a place for what is not released yet, and sorts everything by kind. */
export function checkChangeLog(repository: Repository): readonly Problem[] {
  const file = 'CHANGELOG.md'
  const document = documentAt(repository, file)
  if (document === undefined) return [{ file, line: 1, problem: 'there is no change log' }]
  const headings = headingsOf(document)
  const [firstVersion] = headings.filter(({ level }) => level === 2)
  const strange = headings.filter(({ level, title }) => level === 3 && !changeKinds.includes(title))
  const isOpen = firstVersion?.title === '[Unreleased]'
  return [
    ...(isOpen ? [] : [{ file, line: firstVersion?.line ?? 1, problem: 'the first section is "## [Unreleased]"' }]),
    ...strange.map(({ line, title }) => ({ file, line, problem: `${title} is not one of ${changeKinds.join(', ')}` })),
  ]
}
