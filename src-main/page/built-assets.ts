import { readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { extname, join, sep } from 'node:path'

/** Where the page comes from. */
export interface AssetSource {
  /** `undefined` for a path that there is nothing at. */
  read(path: string): Promise<Asset | undefined>
}

export interface Asset {
  readonly body: Buffer
  readonly type: string
  /** Its name changes with its content. */
  readonly isImmutable: boolean
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
  '.json': 'application/json',
}

/** The built page. Only files that were there at the start are ever read, so no path can lead anywhere else. */
export function builtAssets(root: string): AssetSource {
  const files = new Map(filesBelow(root).map((file) => [`/${file.split(sep).join('/')}`, join(root, file)]))
  const index = files.get('/index.html')
  if (index !== undefined) files.set('/', index)
  return {
    async read(path) {
      const file = files.get(path)
      if (file === undefined) return undefined
      const type = types[extname(file)] ?? 'application/octet-stream'
      return { body: await readFile(file), type, isImmutable: /-[\w-]{8}\.\w+$/.test(file) }
    },
  }
}

function filesBelow(root: string): readonly string[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.map'))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length).replace(/^[/\\]/, ''))
}
