import { homedir } from 'node:os'
import { join } from 'node:path'
import { profileKinds, type ProfileKind } from '../../src-preload/contract/index.ts'

/** Where Ballast keeps what is its own, each system in its own way; BALLAST_HOME wins. */
export function dataHome(env: NodeJS.ProcessEnv = process.env, platform: NodeJS.Platform = process.platform, user = homedir()): string {
  if (env['BALLAST_HOME']) return env['BALLAST_HOME']
  if (platform === 'win32') return join(env['APPDATA'] ?? join(user, 'AppData', 'Roaming'), 'Ballast')
  if (platform === 'darwin') return join(user, 'Library', 'Application Support', 'Ballast')
  return join(env['XDG_DATA_HOME'] ?? join(user, '.local', 'share'), 'ballast')
}

export interface Profile {
  readonly name: string
  readonly kind: ProfileKind
  readonly folder: string
  /** Part of the page's origin, so it must not change from one start to the next. */
  readonly port: number
}

const firstPort = 47_810

/** The profiles that this version can run: the ones that risk no money. */
export const profileNames: readonly ProfileKind[] = ['demo', 'paper']

export function findProfile(home: string, name: string): Profile | undefined {
  const kind = profileNames.find((known) => known === name)
  if (kind === undefined) return undefined
  return { name, kind, folder: join(home, 'profiles', name), port: firstPort + profileKinds.indexOf(kind) }
}
