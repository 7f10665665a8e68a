/**
 * Coverage over everything that ran: unit tests, whole programs, pages. The core has higher gates, which Vitest holds by
 * itself (lines and branches); this holds four of five lines for each layer beside it.
 */
import { createFileCoverage } from '@vitest/istanbul-lib-coverage'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { layers, type Layer } from '../layers.ts'
import { layerOf } from '../import-graph.ts'
import { addLines, addScripts, scriptsOfPages, scriptsOfProcesses, type LineHits } from '../testing/running-coverage.ts'

const root = join(import.meta.dirname, '../..')
const gate = 80
const hits: LineHits = new Map()

const unitReport = join(root, 'coverage/coverage-final.json')
if (existsSync(unitReport)) {
  const report = JSON.parse(readFileSync(unitReport, 'utf8')) as Record<string, Parameters<typeof createFileCoverage>[0]>
  for (const [path, file] of Object.entries(report)) {
    addLines(hits, relative(root, path).split(sep).join('/'), createFileCoverage(file).getLineCoverage())
  }
}
await addScripts(hits, root, scriptsOfProcesses(root, join(root, 'test-results/coverage/processes')))
await addScripts(hits, root, scriptsOfPages(root, join(root, 'test-results/coverage/pages')))

/** A source that nothing ever loaded has no counts at all: each of its lines of code is one that did not run. */
function addNeverLoaded(): void {
  for (const folder of ['src-main', 'src-preload', 'src-renderer']) {
    for (const name of readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })) {
      const file = join(folder, name).split(sep).join('/')
      if (!/\.tsx?$/.test(file) || file.endsWith('.d.ts') || hits.has(file) || !statSync(join(root, file)).isFile()) continue
      const lines = readFileSync(join(root, file), 'utf8').split('\n')
      const isCode = (line: string): boolean => /[=(]/.test(line) && !/^\s*(\*|\/[/*]|import|export \{|export type|readonly|type )/.test(line)
      addLines(hits, file, Object.fromEntries(lines.flatMap((line, index) => (isCode(line) ? [[index + 1, 0]] : []))))
    }
  }
}
addNeverLoaded()

function shareOf(layer: Layer): { readonly covered: number; readonly total: number } {
  let covered = 0
  let total = 0
  for (const [file, lines] of hits) {
    if (layerOf(file) !== layer) continue
    total += lines.size
    covered += [...lines.values()].filter((times) => times > 0).length
  }
  return { covered, total }
}

let isGood = true
for (const layer of layers) {
  const { covered, total } = shareOf(layer)
  if (total === 0) continue
  const share = (100 * covered) / total
  if (share < gate) isGood = false
  console.log(`${layer.name.padEnd(14)} ${share.toFixed(1).padStart(5)} % of ${total} lines${share < gate ? `  below ${gate} %` : ''}`)
}
if (process.argv.includes('--missed')) {
  for (const [file, lines] of hits) {
    const missed = [...lines].filter(([, times]) => times === 0).map(([line]) => line)
    if (missed.length > 0) console.log(`${file}: ${missed.join(' ')}`)
  }
}
process.exit(isGood ? 0 : 1)
