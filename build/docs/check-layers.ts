import { layers } from '../layers.ts'
import { spansOf, tableRows } from './markdown.ts'
import type { Problem } from './problem.ts'
import { documentAt, type Repository } from './repository.ts'

const file = 'docs/architecture.md'
const columns = ['Layer', 'May import', 'What it is'] as const

/** The architecture's table of layers is the table that the fences are made from. */
export function checkLayers(repository: Repository): readonly Problem[] {
  const document = documentAt(repository, file)
  const rows = document === undefined ? [] : tableRows(document, columns)
  const told = rows.map(({ line, cells }) => ({
    line,
    name: spansOf(cells['Layer'] ?? '')[0] ?? '',
    mayImport: spansOf(cells['May import'] ?? ''),
  }))
  const missing = layers.filter((layer) => !told.some(({ name }) => name === layer.name))
  const wrong = told.flatMap(({ line, name, mayImport }) => {
    const layer = layers.find((candidate) => candidate.name === name)
    if (layer === undefined) return [{ file, line, problem: `build/layers.ts has no layer ${name}` }]
    const wanted = layer.mayImport.toSorted().join(', ')
    const isSame = mayImport.toSorted().join(', ') === wanted
    return isSame ? [] : [{ file, line, problem: `${name} may import ${wanted === '' ? 'nothing' : wanted}` }]
  })
  return [...missing.map(({ name }) => ({ file, line: 1, problem: `the layer ${name} is not in the table` })), ...wrong]
}
