import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { dataHome, findProfile, profileNames, type Profile } from './data-home.ts'

/** What the command line and the environment ask of the desktop app. */
export interface LaunchOptions {
  readonly home: string
  readonly profile: Profile
  /** The packaged app's test of itself. */
  readonly isSmoke: boolean
}

type ReadOptions = { readonly ok: true; readonly options: LaunchOptions } | { readonly ok: false; readonly problem: string }

const text = { type: 'string' } as const

/** Flags of Chromium, Electron and Node come along in `argv` and are not ours to judge. */
export function readLaunchOptions(argv: readonly string[], env: NodeJS.ProcessEnv, newSmokeHome: () => string): ReadOptions {
  const known = { smoke: { type: 'boolean' }, profile: text, port: text, 'user-data-dir': text } as const
  const { values } = parseArgs({ args: [...argv], options: known, strict: false, allowPositionals: true })
  const isSmoke = values.smoke === true
  const home = resolve(String(values['user-data-dir'] ?? (isSmoke ? newSmokeHome() : dataHome(env))))
  const name = String(values.profile ?? 'demo')
  const profile = findProfile(home, name)
  if (profile === undefined) return { ok: false, problem: `there is no profile ${name}, only ${profileNames.join(' and ')}` }
  // A self-test must not fail because the app is in use beside it.
  const port = Number(values.port ?? (isSmoke ? 0 : profile.port))
  if (!Number.isInteger(port) || port < 0 || port > 65_535) return { ok: false, problem: '--port wants a number up to 65535' }
  return { ok: true, options: { home, profile: { ...profile, port }, isSmoke } }
}
