import { tableRows } from './markdown.ts'
import type { Problem } from './problem.ts'
import { documentAt, type Repository } from './repository.ts'

const file = 'docs/guides/keyboard.md'
const sources: readonly string[] = ['commands', 'ticket-commands', 'panel-registry', 'workspaces'].map((name) => `src-renderer/app/${name}.ts`)

/** The keys that the guide lists are those that the screen listens to. */
export function checkKeys(repository: Repository): readonly Problem[] {
  const sourcesHere = sources.filter((source) => repository.files.has(source))
  const bound = new Set(sourcesHere.flatMap((source) => keysIn(repository.read(source))))
  const document = documentAt(repository, file)
  const rows = document === undefined ? [] : tableRows(document, ['Keys', 'On the screen'])
  const told = rows.map(({ line, cells }) => ({ line, keys: plainKeys(cells['Keys'] ?? '') }))
  const strange = told.filter(({ keys }) => !bound.has(keys))
  const missing = [...bound].filter((keys) => !told.some((row) => row.keys === keys))
  return [
    ...strange.map(({ line, keys }) => ({ file, line, problem: `nothing on the screen listens to ${keys}` })),
    ...missing.map((keys) => ({ file, line: 1, problem: `the keys ${keys} are not in the table` })),
  ]
}

const plainKeys = (cell: string): string => cell.replaceAll(/<\/?kbd>/g, '').replaceAll(/\s*\+\s*/g, ' ').trim()

/** The screen cannot be loaded without a browser, so its table of commands is read as text. */
const keysIn = (source: string): readonly string[] => [...source.matchAll(/\bkeys: '([^']+)'/g)].map((match) => match[1] ?? '')
