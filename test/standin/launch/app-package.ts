import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

export interface AppPackage {
  readonly folder: string
  /** The script that is the main process. */
  readonly entry: string
  readonly name: string
  readonly version: string
}

interface PackageJson {
  readonly name?: string
  readonly productName?: string
  readonly version?: string
  readonly main?: string
}

/** The app at a path: a folder with a package.json, or a script alone. */
export function readAppPackage(path: string): AppPackage {
  const place = resolve(path)
  const isFolder = existsSync(place) && statSync(place).isDirectory()
  const folder = isFolder ? place : dirname(place)
  const manifest = readManifest(join(folder, 'package.json'))
  const entry = isFolder ? join(folder, manifest.main ?? 'index.js') : place
  if (!existsSync(entry)) throw new Error(`Unable to find Electron app at ${place}: there is no ${entry}`)
  return { folder, entry, name: manifest.productName ?? manifest.name ?? 'Electron', version: manifest.version ?? '0.0.0' }
}

function readManifest(path: string): PackageJson {
  // npm wrote this file, and Electron trusts it no less.
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as PackageJson) : {}
}
