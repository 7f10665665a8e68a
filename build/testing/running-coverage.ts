import { mergeScriptCovs } from '@bcoe/v8-coverage'
import convert, { type Options } from 'ast-v8-to-istanbul'
import { createFileCoverage } from '@vitest/istanbul-lib-coverage'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseAst } from 'vite'

/**
 * What of the sources ran in whole programs: the window's program on the stand-in, the command line, engines and hosts in
 * processes of their own, and the page in its browser. All of them report V8's own counts.
 */
type ScriptCoverage = Options['coverage']

interface RunScript {
  readonly coverage: ScriptCoverage
  readonly code: string
  readonly sourceMap?: NonNullable<Options['sourceMap']>
}

/** Lines of each source file that could run, and those that did. */
export type LineHits = Map<string, Map<number, number>>

export function addLines(hits: LineHits, file: string, lines: Readonly<Record<string, number>>): void {
  const known = hits.get(file)
  const ofFile = known ?? new Map<number, number>()
  hits.set(file, ofFile)
  for (const [line, times] of Object.entries(lines)) {
    const number = Number(line)
    // Each source tells lines in its own way; the first one's telling is kept and the others add their hits.
    if (known === undefined || ofFile.has(number)) ofFile.set(number, (ofFile.get(number) ?? 0) + times)
  }
}

const jsonFilesIn = (folder: string): readonly string[] =>
  existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')).map((name) => join(folder, name)) : []

/** Scripts that Node processes reported into NODE_V8_COVERAGE. */
export function scriptsOfProcesses(root: string, folder: string): readonly RunScript[] {
  return jsonFilesIn(folder).flatMap((file) => {
    const { result } = JSON.parse(readFileSync(file, 'utf8')) as { result: ScriptCoverage[] }
    return result.flatMap((coverage) => scriptOfFile(root, coverage))
  })
}

function scriptOfFile(root: string, coverage: ScriptCoverage): readonly RunScript[] {
  if (!coverage.url.startsWith('file://')) return []
  const path = fileURLToPath(coverage.url)
  const inside = relative(root, path).split(sep).join('/')
  if (inside.startsWith('out/main/')) {
    const code = readFileSync(path, 'utf8')
    return existsSync(`${path}.map`) ? [{ coverage, code, sourceMap: readMap(`${path}.map`) }] : []
  }
  const isSource = /^(src-main|src-preload)\/.*\.ts$/.test(inside) && existsSync(path)
  // Type stripping leaves blanks where types were, so every position stays what it is.
  return isSource ? [{ coverage, code: stripTypeScriptTypes(readFileSync(path, 'utf8')) }] : []
}

const readMap = (path: string): NonNullable<Options['sourceMap']> =>
  JSON.parse(readFileSync(path, 'utf8')) as NonNullable<Options['sourceMap']>

/** Scripts that pages reported, as the end-to-end tests wrote them down. */
export function scriptsOfPages(root: string, folder: string): readonly RunScript[] {
  return jsonFilesIn(folder).flatMap((file) => {
    const scripts = JSON.parse(readFileSync(file, 'utf8')) as (ScriptCoverage & { readonly source?: string })[]
    return scripts.flatMap(({ url, functions, source }) => {
      if (!URL.canParse(url)) return []
      const built = join(root, 'out/renderer', new URL(url).pathname)
      if (source === undefined || !existsSync(`${built}.map`)) return []
      return [{ coverage: { url: `file://${built}`, functions }, code: source, sourceMap: readMap(`${built}.map`) }]
    })
  })
}

/** The same script ran in many processes and pages: their counts are added before they are mapped, which is what takes long. */
function mergeRuns(scripts: readonly RunScript[]): readonly RunScript[] {
  const runsOfScript = Map.groupBy(scripts, ({ coverage, code }) => `${coverage.url} ${code.length}`)
  return [...runsOfScript.values()].flatMap((runs) => {
    const [first] = runs
    // The converter asks for less than V8 tells; the merge gives back what V8 told.
    const coverage = mergeScriptCovs(runs.map((run) => ({ scriptId: '0', ...run.coverage })))
    return first === undefined || coverage === undefined ? [] : [{ ...first, coverage }]
  })
}

export async function addScripts(hits: LineHits, root: string, scripts: readonly RunScript[]): Promise<void> {
  for (const { coverage, code, sourceMap } of mergeRuns(scripts)) {
    const data = await convert({
      code,
      coverage,
      // Rolldown's tree is an ESTree; the converter's own types of it are a copy.
      ast: parseAst(code) as never,
      ...(sourceMap === undefined ? {} : { sourceMap }),
    })
    for (const [path, file] of Object.entries(data)) {
      addLines(hits, relative(root, path).split(sep).join('/'), createFileCoverage(file).getLineCoverage())
    }
  }
}
