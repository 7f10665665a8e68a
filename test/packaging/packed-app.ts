import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { extractFile, getRawHeader, listPackage, statFile } from '@electron/asar'
import type { ElectronPlatform } from '../../build/packaging/fake-electron-distribution.ts'

/** What electron-builder left for one platform, as the tests look at it. */
export interface PackedApp {
  readonly platform: ElectronPlatform
  readonly folder: string
  /** What @electron/fuses is given. */
  readonly program: string
  readonly resources: string
  /** Files of app.asar, without folders, with forward slashes. */
  readonly files: readonly string[]
  readonly unpackedFiles: readonly string[]
  readonly asarHeaderHash: string
  readonly read: (file: string) => Buffer
}

const places: Readonly<Record<ElectronPlatform, readonly [folder: string, program: string, resources: string]>> = {
  linux: ['linux-unpacked', 'ballast', 'resources'],
  win32: ['win-unpacked', 'Ballast.exe', 'resources'],
  darwin: ['mac', 'Ballast.app', 'Ballast.app/Contents/Resources'],
}

export function packedApp(release: string, platform: ElectronPlatform): PackedApp {
  const [folderName, program, resourcesName] = places[platform]
  const folder = join(release, folderName)
  const resources = join(folder, resourcesName)
  const archive = join(resources, 'app.asar')
  return {
    platform,
    folder,
    program: join(folder, program),
    resources,
    files: listPackage(archive, { isPack: false })
      .map((path) => path.replaceAll(sep, '/').replace(/^\//, ''))
      .filter((path) => !('files' in statFile(archive, path))),
    unpackedFiles: filesIn(`${archive}.unpacked`),
    asarHeaderHash: createHash('sha256').update(getRawHeader(archive).headerString).digest('hex'),
    read: (file) => extractFile(archive, file),
  }
}

/** Every file below the folder, relative to it. */
export function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll(sep, '/'))
    .sort()
}

export const bytesIn = (folder: string): number =>
  filesIn(folder).reduce((sum, file) => sum + statSync(join(folder, file)).size, 0)

/** The text of one key of a property list, where its value is a string or a truth. */
export function plistValue(path: string, key: string): string | undefined {
  const pattern = new RegExp(`<key>${key}</key>\\s*(?:<string>([^<]*)</string>|<(true|false)/>)`)
  const [, text, truth] = pattern.exec(readFileSync(path, 'utf8')) ?? []
  return text ?? truth
}
