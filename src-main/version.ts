import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Put in by the build; absent when the sources run as they are. */
declare const BALLAST_VERSION: string | undefined

export const version: string = typeof BALLAST_VERSION === 'string' ? BALLAST_VERSION : versionOfSources()

function versionOfSources(): string {
  const text = readFileSync(join(import.meta.dirname, '../package.json'), 'utf8')
  return (JSON.parse(text) as { version: string }).version
}
