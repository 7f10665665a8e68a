/** Writes build/tsconfig/<layer>.json and the root tsconfig.json from build/layers.ts; `--check` only compares. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { layers, type Layer } from '../layers.ts'

const root = join(import.meta.dirname, '../..')

const libOf = (layer: Layer): readonly string[] => (layer.surroundings === 'screen' ? ['ES2024', 'DOM', 'DOM.Iterable'] : ['ES2024'])

function typesOf(layer: Layer): readonly string[] {
  const own = layer.types ?? []
  if (layer.surroundings === 'node') return ['node', ...own]
  if (layer.name === 'renderer') return ['vite/client', ...own]
  return own
}

function tsconfigOf(layer: Layer): object {
  return {
    extends: './every-layer.json',
    compilerOptions: {
      lib: libOf(layer),
      types: typesOf(layer),
      ...(layer.name === 'renderer' ? { jsx: 'react-jsx' } : {}),
      // The package's own export map hides its types.
      ...(layer.packages.includes('*') && layer.surroundings === 'node'
        ? { paths: { 'better-sqlite3': ['../../node_modules/better-sqlite3/index.d.ts'] }, esModuleInterop: true }
        : {}),
      outDir: `../../.cache/types/${layer.name}`,
      tsBuildInfoFile: `../../.cache/types/${layer.name}.tsbuildinfo`,
    },
    include: layer.files.map((file) => (/\.tsx?$/.test(file) ? `../../${file}` : `../../${file}/**/*`)),
    references: layer.mayImport.map((name) => ({ path: `./${name}.json` })),
  }
}

const json = (value: object): string => `${JSON.stringify(value, undefined, 2)}\n`

export function wantedTsconfigs(): ReadonlyMap<string, string> {
  const wanted = new Map(layers.map((layer) => [`build/tsconfig/${layer.name}.json`, json(tsconfigOf(layer))]))
  const projects = [...layers.map((layer) => layer.name), 'build', 'test']
  wanted.set('tsconfig.json', json({ files: [], references: projects.map((name) => ({ path: `./build/tsconfig/${name}.json` })) }))
  return wanted
}

/** The files that differ from what the table says. */
export function staleTsconfigs(): readonly string[] {
  const current = (path: string): string | undefined => {
    try {
      return readFileSync(join(root, path), 'utf8')
    } catch {
      return undefined
    }
  }
  return [...wantedTsconfigs()].filter(([path, text]) => current(path) !== text).map(([path]) => path)
}

if (import.meta.main) {
  const stale = staleTsconfigs()
  if (process.argv.includes('--check')) {
    if (stale.length > 0) {
      console.error(`Not what build/layers.ts says: ${stale.join(', ')}. Run: npm run write:tsconfigs`)
      process.exit(1)
    }
  } else {
    const wanted = wantedTsconfigs()
    for (const path of stale) writeFileSync(join(root, path), wanted.get(path) ?? '')
  }
}
