import { dirname, join } from 'node:path/posix'
import { anchorsOf, brokenSpans, linksOf, type MarkdownDocument } from './markdown.ts'
import type { Problem } from './problem.ts'
import { documentAt, hasFolder, type Repository } from './repository.ts'

/** Where a reader may come in; every other document has to be reachable from here. */
const entrance = 'README.md'

/** Every relative link, anchor and image leads somewhere, and no document is hidden from whoever begins at the README. */
export function checkLinks(repository: Repository): readonly Problem[] {
  const broken = 'a code span must end on the line where it begins'
  const found = repository.documents.flatMap((document) => [
    ...brokenSpans(document).map((line) => ({ file: document.path, line, problem: broken })),
    ...linksOf(document).flatMap(({ line, target, isImage }) => {
      const problem = problemOf(repository, document, target, isImage)
      return problem === undefined ? [] : [{ file: document.path, line, problem }]
    }),
  ])
  return [...found, ...orphans(repository)]
}

const isElsewhere = (target: string): boolean => /^[a-z][a-z+.-]*:/i.test(target)

function problemOf(repository: Repository, document: MarkdownDocument, target: string, isImage: boolean): string | undefined {
  if (isElsewhere(target)) return undefined
  const [path = '', anchor] = decodeURI(target).split('#')
  const file = path === '' ? document.path : pathFrom(document, path)
  const isThere = repository.files.has(file) || (!isImage && hasFolder(repository, file))
  if (!isThere) return isImage ? `the image ${target} is not there` : `the link ${target} leads nowhere`
  if (anchor === undefined) return undefined
  const linked = documentAt(repository, file)
  if (linked === undefined) return `the link ${target} has an anchor, but ${file} has no headings`
  return anchorsOf(linked).has(anchor) ? undefined : `the link ${target} names a heading that ${file} does not have`
}

const pathFrom = (document: MarkdownDocument, target: string): string =>
  target.startsWith('/') ? target.slice(1) : join(dirname(document.path), target)

function orphans(repository: Repository): readonly Problem[] {
  const reached = new Set<string>([entrance])
  for (const path of reached) {
    const document = documentAt(repository, path)
    if (document === undefined) continue
    for (const { target } of linksOf(document)) {
      const linked = pathFrom(document, target.split('#')[0] ?? '')
      // A Set hands out what is added to it while it is walked.
      if (documentAt(repository, linked) !== undefined) reached.add(linked)
    }
  }
  return repository.documents
    .filter(({ path }) => !reached.has(path))
    .map(({ path }) => ({ file: path, line: 1, problem: `no chain of links leads here from ${entrance}` }))
}
