/**
 * Which npm packages reach the user: the production dependencies, and whatever the sources import and the build bundles
 * (React is a devDependency, yet it ships). Found by reading the sources rather than from a list, which would go stale.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { dirname, join } from 'node:path'

export interface ShippedPackage {
  readonly name: string
  readonly version: string
  /** What its package.json says, usually an SPDX expression. */
  readonly licence: string
  readonly folder: string
}

interface Manifest {
  readonly name: string
  readonly version: string
  readonly license?: string
  readonly dependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

const sourceFolders = ['src-main', 'src-preload', 'src-renderer']

// The runtime itself ships its own licence files; none of its code is in the bundle.
const notBundled = new Set(['electron', ...builtinModules])

// Imports of types alone leave nothing in the bundle, so the match must not begin with `import type` or `export type`.
const importPattern =
  /(?:^|[\s;])(?:(?:import|export)\s+(?!type\b)[^'"`;]*?\bfrom\s*|import\s*\(?\s*|require\s*\(\s*)['"]([^'"\n]+)['"]/g

export function importedPackages(source: string): readonly string[] {
  const names = [...source.matchAll(importPattern)].flatMap(([, specifier]) => packageOf(specifier ?? '') ?? [])
  return [...new Set(names)]
}

function packageOf(specifier: string): string | undefined {
  if (!/^@?[a-z0-9]/i.test(specifier) || specifier.includes(':')) return undefined
  const [first = '', second] = specifier.split('/')
  const name = first.startsWith('@') && second !== undefined ? `${first}/${second}` : first
  return notBundled.has(name) ? undefined : name
}

function sourceFiles(folder: string): readonly string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
}

// What npm installed is described by the package.json beside it; a file of another shape is no npm package.
const readManifest = (folder: string): Manifest => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest

/** As Node resolves: the nearest node_modules above the importer that has the package. */
function installedFolder(name: string, importer: string): string | undefined {
  for (let at = importer; ; at = dirname(at)) {
    const folder = join(at, 'node_modules', name)
    if (existsSync(join(folder, 'package.json'))) return folder
    if (at === dirname(at)) return undefined
  }
}

interface Wanted {
  readonly name: string
  readonly importer: string
  readonly optional?: boolean
}

export function shippedPackages(root: string): readonly ShippedPackage[] {
  const imported = sourceFolders
    .flatMap((folder) => sourceFiles(join(root, folder)))
    .flatMap((path) => importedPackages(readFileSync(path, 'utf8')))
  // The optional dependencies of Ballast itself are Node for the npm scripts, and stay at home.
  const named = [...Object.keys(readManifest(root).dependencies ?? {}), ...imported]
  const wanted: Wanted[] = named.map((name) => ({ name, importer: root }))

  const shipped = new Map<string, ShippedPackage>()
  for (let next = wanted.pop(); next !== undefined; next = wanted.pop()) {
    const folder = installedFolder(next.name, next.importer)
    if (folder === undefined) {
      // A build of the package for another system, as a rule.
      if (next.optional === true) continue
      throw new Error(`${next.name}, needed in ${next.importer}, is not installed`)
    }
    if (shipped.has(folder)) continue
    const { name, version, license, dependencies, optionalDependencies } = readManifest(folder)
    shipped.set(folder, { name, version, licence: license ?? 'not named', folder })
    wanted.push(
      ...Object.keys(optionalDependencies ?? {}).map((dependency) => ({ name: dependency, importer: folder, optional: true })),
      ...Object.keys(dependencies ?? {})
        .filter((dependency) => optionalDependencies?.[dependency] === undefined)
        .map((dependency) => ({ name: dependency, importer: folder })),
    )
  }
  const title = ({ name, version }: ShippedPackage): string => `${name} ${version}`
  return [...shipped.values()].sort((one, other) => (title(one) < title(other) ? -1 : 1))
}
