import { codeTexts } from './markdown.ts'
import type { Problem } from './problem.ts'
import { hasFolder, type Repository } from './repository.ts'

const ownPath = /(?<![\w./~-])(?:src-main|src-preload|src-renderer|build|docs|test|resources|\.github)\/[\w./*<>{},@-]*/g
const documentName = /(?<![\w/.-])[A-Z][A-Z-]+\.md\b/g
/** Somebody's own computer: what is there is not in the repository. Web addresses and npm scopes have no such start. */
const foreignPath =
  /(?<![\w.~:/}-])\/(?:work|home|root|Users|tmp|mnt|media|srv|private|workspaces?|Volumes)\/[\w.-]+|[A-Z]:\\Users\\\w+/g

/** Every path of the repository in code exists, and no line speaks of a file that only somebody's own computer has. */
export function checkPaths(repository: Repository): readonly Problem[] {
  return repository.documents.flatMap((document) => {
    const inCode = codeTexts(document).flatMap(({ line, text }) =>
      [...text.matchAll(ownPath)]
        .flatMap(([path]) => alternatives(path.replace(/[.,]+$/, '')))
        .filter((path) => !exists(repository, path))
        .map((path) => ({ file: document.path, line, problem: `${path} is not in the repository` })),
    )
    const anywhere = document.lines.flatMap(({ number: line, text }) => [
      ...[...text.matchAll(documentName)]
        .filter(([name]) => ![...repository.files].some((file) => file === name || file.endsWith(`/${name}`)))
        .map(([name]) => ({ file: document.path, line, problem: `there is no document ${name}` })),
      ...[...text.matchAll(foreignPath)]
        .map(([path]) => ({ file: document.path, line, problem: `${path} is outside the repository` })),
    ])
    return [...inCode, ...anywhere]
  })
}

/** `a/{b,c}.ts` is two paths. */
function alternatives(path: string): readonly string[] {
  const [whole, names = ''] = /\{([^{}]*)\}/.exec(path) ?? []
  return whole === undefined ? [path] : names.split(',').flatMap((name) => alternatives(path.replace(whole, name)))
}

/** A star, or a word in angle brackets, stands for one name; something has to be there that fits. */
function exists(repository: Repository, path: string): boolean {
  if (!/[*<]/.test(path)) return repository.files.has(path) || hasFolder(repository, path)
  const pattern = path.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`).replaceAll(/\*\*?|<[^>]*>/g, '[^/]+')
  const fits = new RegExp(`^${pattern}${path.endsWith('/') ? '' : '(?:/|$)'}`)
  return [...repository.files].some((file) => fits.test(file))
}
