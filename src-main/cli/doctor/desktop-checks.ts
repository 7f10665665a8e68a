import { constants } from 'node:fs'
import { access, readFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { hasDisplay } from '../open-browser.ts'
import { unwell, well, type Check, type Finding } from './check.ts'

const knownBrowsers = [
  'firefox', 'google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser', 'brave-browser', 'microsoft-edge', 'vivaldi',
  'opera', 'epiphany', 'falkon', 'librewolf',
]

/** `found` is a program on the search path, or what $BROWSER names. */
export function judgeBrowser(platform: NodeJS.Platform, found: string | undefined): Finding {
  if (platform === 'darwin' || platform === 'win32') return well('cli.doctor.browser.system')
  if (found === undefined) return unwell('warn', 'cli.doctor.browser.none', {}, 'cli.doctor.browser.fix')
  return well('cli.doctor.browser.ok', { program: found })
}

export function judgeDisplay(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): Finding {
  if (!hasDisplay(env, platform)) return unwell('warn', 'cli.doctor.display.none', {}, 'cli.doctor.display.fix')
  const display = env['WAYLAND_DISPLAY'] || env['DISPLAY']
  return display === undefined || display === '' ? well('cli.doctor.display.system') : well('cli.doctor.display.ok', { display })
}

export const judgeElectron = (binary: string | undefined): Finding =>
  binary === undefined
    ? unwell('warn', 'cli.doctor.electron.none', {}, 'cli.doctor.electron.fix')
    : well('cli.doctor.electron.ok', { binary })

export const judgePage = (isBuilt: boolean, folder: string): Finding =>
  isBuilt ? well('cli.doctor.page.ok') : unwell('warn', 'cli.doctor.page.none', { folder }, 'cli.doctor.page.fix')

const isThere = (path: string, mode: number = constants.F_OK): Promise<boolean> =>
  access(path, mode).then(() => true, () => false)

async function findBrowser(env: NodeJS.ProcessEnv): Promise<string | undefined> {
  if (env['BROWSER']) return env['BROWSER']
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '')
  for (const name of knownBrowsers) {
    const hits = await Promise.all(folders.map((folder) => isThere(join(folder, name), constants.X_OK)))
    if (hits.includes(true)) return name
  }
  return undefined
}

/** Electron's own package leaves word of where its binary is once it has fetched it; another folder may be named for it. */
async function findElectron(folder: string, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const name = await readFile(join(folder, 'path.txt'), 'utf8').catch(() => 'electron')
  const binary = join(env['ELECTRON_OVERRIDE_DIST_PATH'] || join(folder, 'dist'), name)
  return (await isThere(binary)) ? binary : undefined
}

export const desktopChecks: readonly Check[] = [
  { name: 'browser', gravity: 'warn', examine: async ({ env, platform }) => judgeBrowser(platform, await findBrowser(env)) },
  { name: 'display', gravity: 'warn', examine: ({ env, platform }) => judgeDisplay(env, platform) },
  {
    name: 'electron',
    gravity: 'warn',
    examine: async ({ program, env }) => judgeElectron(await findElectron(program.electronFolder, env)),
  },
  {
    name: 'page',
    gravity: 'warn',
    examine: async ({ program: { pageRoot } }) => judgePage(await isThere(join(pageRoot, 'index.html')), pageRoot),
  },
]
