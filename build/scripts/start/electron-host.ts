import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { constants } from 'node:os'
import { join, resolve } from 'node:path'

/** Why there is no desktop window, as the end of a sentence; undefined when nothing speaks against it. */
export function reasonAgainstElectron(
  env: NodeJS.ProcessEnv,
  platform: NodeJS.Platform,
  userId: number | undefined,
): string | undefined {
  if (env['BALLAST_NO_ELECTRON']) return 'BALLAST_NO_ELECTRON is set'
  if (platform !== 'win32' && platform !== 'darwin' && !env['DISPLAY'] && !env['WAYLAND_DISPLAY']) return 'there is no display'
  // Chromium's sandbox does not run as root, and a window without it is not offered.
  if (platform === 'linux' && userId === 0) return 'Electron does not run as root'
  return undefined
}

/** Where Electron's package says its binary is, if it has been fetched; another folder may be named for it. */
export function electronBinary(folder: string, env: NodeJS.ProcessEnv): string | undefined {
  const pathFile = join(folder, 'path.txt')
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8') : 'electron'
  const binary = join(env['ELECTRON_OVERRIDE_DIST_PATH'] || join(folder, 'dist'), name)
  return existsSync(binary) ? binary : undefined
}

export interface DesktopOrder {
  readonly args: readonly string[]
  readonly env: NodeJS.ProcessEnv
}

/** The command line's `--home` is the desktop app's BALLAST_HOME; all else it takes as it is. */
export function desktopOrder(args: readonly string[], env: NodeJS.ProcessEnv, workingFolder: string): DesktopOrder {
  const rest: string[] = []
  let home: string | undefined
  for (let index = 0; index < args.length; index++) {
    const argument = args[index] ?? ''
    if (argument === '--home') home = args[++index]
    else if (argument.startsWith('--home=')) home = argument.slice('--home='.length)
    else rest.push(argument)
  }
  const { ELECTRON_RUN_AS_NODE: _, ...ownEnv } = env
  return { args: rest, env: home ? { ...ownEnv, BALLAST_HOME: resolve(env['INIT_CWD'] ?? workingFolder, home) } : ownEnv }
}

export type ElectronRun =
  | { readonly kind: 'ended'; readonly exitCode: number }
  | { readonly kind: 'never-ran'; readonly reason: string }

/** Before this, a death by the system's hand is Chromium that cannot live here; after it, it is a crash. */
const startMs = 5_000
const systemDeaths: readonly unknown[] = ['SIGTRAP', 'SIGABRT', 'SIGSEGV', 'SIGILL', 'SIGBUS', 'SIGSYS', 127]

/** Runs the window program; signals go on to it, and its exit code becomes ours. */
export function runElectron(binary: string, root: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<ElectronRun> {
  return new Promise((settle) => {
    const startedAt = performance.now()
    const child = spawn(binary, ['.', ...args], { cwd: root, stdio: 'inherit', env })
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGUSR2'] as const) {
      if (process.platform !== 'win32' || signal !== 'SIGUSR2') process.on(signal, () => child.kill(signal))
    }
    child.once('error', (error) => settle({ kind: 'never-ran', reason: `Electron does not start (${error.message})` }))
    child.once('exit', (code, signal) => {
      if (performance.now() - startedAt < startMs && systemDeaths.includes(signal ?? code)) {
        settle({ kind: 'never-ran', reason: `Electron does not start (${signal ?? `exit code ${code}`})` })
      } else settle({ kind: 'ended', exitCode: code ?? 128 + (signal === null ? 0 : constants.signals[signal]) })
    })
  })
}
