import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import { readMarkdown, type MarkdownDocument } from './markdown.ts'

/** What the documents are held against. */
export interface Repository {
  readonly root: string
  /** Every file, relative to the root, with slashes. */
  readonly files: ReadonlySet<string>
  readonly documents: readonly MarkdownDocument[]
  readonly scripts: Readonly<Record<string, string>>
  /** Packages that package.json names, of every kind. */
  readonly packages: ReadonlySet<string>
  /** What `npx` finds without the network. */
  readonly programs: ReadonlySet<string>
  read(path: string): string
}

/** Made by tools, not by people: nothing in them is documentation, and they need not be there. */
const madeFolders = ['node_modules', '.git', '.cache', 'out', 'release', 'coverage', 'test-results', 'test/fixtures']

export function readRepository(root: string): Repository {
  const read = (path: string): string => readFileSync(join(root, path), 'utf8')
  const files = new Set(filesBelow(root, ''))
  // Our own package.json.
  const manifest = JSON.parse(read('package.json')) as Manifest
  const { dependencies, devDependencies, optionalDependencies } = manifest
  return {
    root,
    files,
    documents: [...files].filter((file) => file.endsWith('.md')).sort().map((file) => readMarkdown(file, read(file))),
    scripts: manifest.scripts ?? {},
    packages: new Set(Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies })),
    programs: new Set(namesIn(join(root, 'node_modules/.bin'))),
    read,
  }
}

interface Manifest {
  readonly scripts?: Readonly<Record<string, string>>
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

const namesIn = (folder: string): readonly string[] => (existsSync(folder) ? readdirSync(folder) : [])

function filesBelow(root: string, folder: string): readonly string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name).split(sep).join('/')
    if (entry.isDirectory()) return madeFolders.includes(path) || entry.name === 'node_modules' ? [] : filesBelow(root, path)
    return entry.isFile() ? [path] : []
  })
}

/** The document of this path, if there is one. */
export const documentAt = ({ documents }: Repository, path: string): MarkdownDocument | undefined =>
  documents.find((document) => document.path === path)

export const hasFolder = ({ files }: Repository, folder: string): boolean => {
  const start = folder.endsWith('/') ? folder : `${folder}/`
  for (const file of files) if (file.startsWith(start)) return true
  return false
}
