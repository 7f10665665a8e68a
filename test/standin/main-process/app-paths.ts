import { mkdirSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import type * as Electron from 'electron'
import { temporaryHome } from '../launch/temporary-home.ts'

export type PathName = Parameters<Electron.App['getPath']>[0]

const foldersOfHome = {
  desktop: 'Desktop',
  documents: 'Documents',
  downloads: 'Downloads',
  music: 'Music',
  pictures: 'Pictures',
  videos: 'Videos',
} as const satisfies Partial<Record<PathName, string>>

/** app.getPath: a whole home in the temporary folder, except for what was set and what --user-data-dir says. */
export class AppPaths {
  readonly #set = new Map<PathName, string>()
  readonly #appName: () => string

  constructor(appName: () => string, userData: string | undefined) {
    this.#appName = appName
    if (userData !== undefined && userData !== '') this.#set.set('userData', userData)
  }

  get(name: PathName): string {
    return this.#set.get(name) ?? this.#default(name)
  }

  set(name: PathName, path: string): void {
    if (!isAbsolute(path)) throw new Error('Path must be absolute')
    this.#set.set(name, path)
  }

  /** Where the pages' storage is kept when somebody wants it kept. */
  get keptSessionData(): string | undefined {
    return this.#set.get('sessionData') ?? this.#set.get('userData')
  }

  #default(name: PathName): string {
    switch (name) {
      case 'home':
      case 'appData':
      case 'temp':
        return temporaryHome.folder(name)
      case 'userData':
        return made(join(this.get('appData'), this.#appName()))
      case 'sessionData':
        return this.get('userData')
      case 'logs':
        return made(join(this.get('userData'), 'logs'))
      case 'crashDumps':
        return made(join(this.get('userData'), 'Crashpad'))
      case 'exe':
      case 'module':
        return process.execPath
      case 'desktop':
      case 'documents':
      case 'downloads':
      case 'music':
      case 'pictures':
      case 'videos':
        return made(join(this.get('home'), foldersOfHome[name]))
      default:
        throw new Error(`Failed to get '${name}' path`)
    }
  }
}

function made(path: string): string {
  mkdirSync(path, { recursive: true })
  return path
}
