import type { ChildProcess } from 'node:child_process'
import { createRequire } from 'node:module'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron, test as base, expect, type ElectronApplication, type Page } from 'playwright/test'
import { connectToHost } from '../../src-main/browser-host/index.ts'
import { findProfile, readEngineAddress } from '../../src-main/supervisor/index.ts'
import { contract, createBridge, type Bridge, type Contract, type EngineStatus, type PreloadFace } from '../../src-preload/contract/index.ts'
import type { StandinControl } from '../standin/control.ts'

declare global {
  // In the main process; undefined in the real Electron.
  var ballastStandin: StandinControl | undefined
  interface Window {
    /** Only in the desktop window. */
    readonly ballast?: PreloadFace
  }
}

const root = join(import.meta.dirname, '../..')

/** What is slow and rarely breaks: looked at by the full tier alone. */
export const onlyFull = { tag: '@full' } as const
/** Another built app than the repository's own: a folder with a package.json and out/. */
export const appFolder = process.env['BALLAST_E2E_APP'] ?? root

/** What a person does on the desktop beside the windows can be tried on the stand-in alone: there a test may do it. */
export const isStandin = process.env['REAL_ELECTRON'] === undefined
/** Outside of it, the npm package of Electron is the path of its executable. */
export const electronProgram = isStandin ? join(root, 'test/standin/electron.sh') : (createRequire(import.meta.url)('electron') as unknown as string)

/** The running desktop app, in a data folder of its own. */
export interface Desktop {
  readonly app: ElectronApplication
  /** Its main process. Playwright knows it no more once it has ended. */
  readonly main: ChildProcess
  readonly page: Page
  readonly home: string
  /** The folder of the profile. */
  readonly folder: string
  /** What the app wrote on its standard error since the first window was there. */
  readonly errors: () => string
  /** A client of its own, by the way of the command line. */
  readonly engine: Bridge<Contract>
  status(): Promise<EngineStatus>
}

export function newHome(): string {
  return mkdtempSync(join(tmpdir(), 'ballast-shell-'))
}

export const profileFolder = (home: string): string => findProfile(home, 'demo')?.folder ?? home

export const launchArguments = (home: string, ...more: readonly string[]): string[] => [appFolder, `--user-data-dir=${home}`, '--port=0', ...more]

export function launch(home: string, more: readonly string[] = [], env: NodeJS.ProcessEnv = {}): Promise<ElectronApplication> {
  return _electron.launch({
    args: launchArguments(home, ...more),
    cwd: appFolder,
    // Playwright wants an environment without gaps; process.env has none.
    env: { ...process.env, ...env } as Record<string, string>,
    // Playwright finds the real one by itself, and then prepares it for being watched.
    ...(isStandin ? { executablePath: electronProgram } : {}),
  })
}

/** The first window, once it shows the page: before that it is an empty one. */
export async function firstPage(app: ElectronApplication): Promise<Page> {
  const page = await app.firstWindow()
  await page.waitForURL('https://localhost/')
  return page
}

/** A line to the engine by the address that the app leaves for the command line; made anew for as long as it is asked. */
export function engineOf(folder: string): Bridge<Contract> {
  return createBridge({
    table: contract,
    connect: async () => {
      const address = readEngineAddress(folder)
      return address === undefined ? { ok: false, cause: 'lost' } : connectToHost(address.port, address.token)
    },
    schedule: (action, delayMs) => {
      const timer = setTimeout(action, delayMs)
      return () => clearTimeout(timer)
    },
    newKey: () => crypto.randomUUID(),
  })
}

export const isOver = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null

/** The mode stands first in the window's title. */
export const modeInTitle = (mode: string): RegExp => new RegExp(`^(${mode}) · `, 'i')

export async function ensureStatus(engine: Bridge<Contract>): Promise<EngineStatus> {
  const reply = await engine.call('engine.status', {})
  if (!reply.ok) throw new Error(reply.error.code)
  return reply.value
}

async function runDesktop(use: (desktop: Desktop) => Promise<void>): Promise<void> {
  const home = newHome()
  const folder = profileFolder(home)
  const app = await launch(home)
  const main = app.process()
  let errors = ''
  main.stderr?.on('data', (part) => (errors += String(part)))
  const page = await firstPage(app)
  const engine = engineOf(folder)
  // Commands are never kept for later: a test that gives one needs the line.
  await ensureStatus(engine)
  await use({ app, main, page, home, folder, errors: () => errors, engine, status: () => ensureStatus(engine) })
  engine.dispose()
  if (!isOver(main)) await app.close()
  rmSync(home, { recursive: true, force: true })
}

export const test = base.extend<{ desktop: Desktop }, { sharedDesktop: Desktop }>({
  desktop: async ({}, use) => runDesktop(use),
  /** For tests that leave the app as they found it: a start is most of what a test costs. */
  sharedDesktop: [async ({}, use) => runDesktop(use), { scope: 'worker' }],
})

export { expect }
