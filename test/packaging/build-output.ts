import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

const root = join(import.meta.dirname, '../..')

const asBuilt: readonly string[] = [
  'main/index.js',
  'main/index.js.map',
  'main/engine-child.js',
  'main/venue-child.js',
  'main/host-child.js',
  'main/ballast.js',
  'main/chunks/shared-1a2b3c4d.js',
  'preload/index.cjs',
  'renderer/index.html',
  'renderer/third-party-notices.txt',
  'renderer/assets/index-1a2b3c4d.js',
  'renderer/assets/index-1a2b3c4d.js.map',
  'renderer/assets/index-1a2b3c4d.css',
]

/** The real build where there is one; else files of its names, made in `folder`, which packing cannot tell from it. */
export function buildOutput(folder: string): { readonly path: string; readonly isReal: boolean } {
  const built = join(root, 'out')
  const isBuilt = ['main/index.js', 'preload/index.cjs', 'renderer/index.html'].every((name) => existsSync(join(built, name)))
  if (isBuilt) return { path: built, isReal: true }
  for (const name of asBuilt) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), `${name}\n`)
  }
  return { path: folder, isReal: false }
}
