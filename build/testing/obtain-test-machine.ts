import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { findChromium } from './find-chromium.ts'

/**
 * Gets what the tests need and a bare machine lacks. A test is never skipped because something is missing: it is obtained
 * here, or the run fails with the one command that mends it.
 */
interface Need {
  readonly what: string
  readonly isThere: () => boolean
  readonly debianPackage: string
}

const isOnPath = (program: string): boolean =>
  (process.env['PATH'] ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)))

const needs: readonly Need[] = [
  { what: 'Chromium', isThere: () => findChromium() !== undefined, debianPackage: 'chromium' },
  ...(process.platform === 'linux'
    ? [
        { what: 'a D-Bus session', isThere: () => isOnPath('dbus-run-session'), debianPackage: 'dbus' },
        { what: 'a keychain', isThere: () => isOnPath('gnome-keyring-daemon'), debianPackage: 'gnome-keyring' },
      ]
    : []),
]

const missing = (): readonly Need[] => needs.filter(({ isThere }) => !isThere())

function run(command: string, ...args: readonly string[]): boolean {
  console.log(`$ ${command} ${args.join(' ')}`)
  const { status } = spawnSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } })
  return status === 0
}

function installByApt(packages: readonly string[]): void {
  if (process.getuid?.() !== 0 || !isOnPath('apt-get')) return
  run('apt-get', 'update', '-qq')
  run('apt-get', 'install', '-y', '-qq', '--no-install-recommends', ...packages)
}

/** The sentence that says what is missing and how to mend it; nothing when all is there. */
export function obtainTestMachine(): string | undefined {
  if (missing().length > 0) installByApt(missing().map(({ debianPackage }) => debianPackage))
  if (findChromium() === undefined) run(process.execPath, 'node_modules/playwright/cli.js', 'install', 'chromium')
  const still = missing()
  if (still.length === 0) return undefined
  const packages = still.map(({ debianPackage }) => debianPackage).join(' ')
  return `The tests need ${still.map(({ what }) => what).join(' and ')}. Run: sudo apt-get install -y ${packages}`
}
