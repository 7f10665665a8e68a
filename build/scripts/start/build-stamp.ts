import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Tells whether out/ was made from the sources as they are now, so that a start builds only when it has to. */
const inputs = ['src-main', 'src-preload', 'src-renderer', 'package.json', 'package-lock.json', 'electron.vite.config.ts']
const outputs = ['main/index.js', 'main/ballast.js', 'main/engine-child.js', 'main/venue-child.js', 'preload/index.cjs', 'renderer/index.html']

const stampFile = (root: string): string => join(root, '.cache/build-stamp')

/** Of names and contents: a checkout sets all times anew, and a rename changes none. */
export function hashOfSources(root: string): string {
  const hash = createHash('sha256')
  for (const file of inputs.flatMap((input) => filesAt(root, input))) {
    const content = readFileSync(join(root, file))
    hash.update(`${file}\0${content.length}\0`).update(content)
  }
  return hash.digest('hex')
}

export function isBuilt(root: string, hash: string): boolean {
  if (!outputs.every((output) => existsSync(join(root, 'out', output)))) return false
  return existsSync(stampFile(root)) && readFileSync(stampFile(root), 'utf8') === hash
}

/** `hash` is that of before the build: what was edited meanwhile is built next time. */
export function leaveStamp(root: string, hash: string): void {
  mkdirSync(dirname(stampFile(root)), { recursive: true })
  writeFileSync(stampFile(root), hash)
}

function filesAt(root: string, input: string): readonly string[] {
  const path = join(root, input)
  if (!existsSync(path)) return []
  if (statSync(path).isFile()) return [input]
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(path, name)).isFile())
    .sort()
    .map((name) => `${input}/${name}`)
}
