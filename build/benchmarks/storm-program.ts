import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { chromium, type CDPSession, type Page } from 'playwright'
import { build } from 'vite'
import { chromiumArguments, findChromium } from '../testing/find-chromium.ts'

/** The program as it is built, with a page that carries a meter, in a folder of its own that is gone afterwards. */
const root = join(import.meta.dirname, '../..')

export interface PageSize {
  readonly width: number
  readonly height: number
}

export async function withProgram<Value>(use: (folder: string) => Promise<Value>): Promise<Value> {
  const folder = mkdtempSync(join(tmpdir(), 'ballast-storm-'))
  try {
    await buildProgram(folder)
    return await use(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  }
}

/** The built program as it is, with the page that has a meter in the place of the page. */
async function buildProgram(folder: string): Promise<void> {
  const built = spawnSync(process.execPath, [join(root, 'build/scripts/build.ts')], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] })
  if (built.status !== 0) throw new Error('the program could not be built')
  mkdirSync(join(folder, 'out'))
  cpSync(join(root, 'out/main'), join(folder, 'out/main'), { recursive: true })
  cpSync(join(root, 'package.json'), join(folder, 'package.json'))
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  await build({
    configFile: false,
    logLevel: 'error',
    root: join(import.meta.dirname, 'screen-page'),
    define: { BALLAST_VERSION: '"0.0.0"' },
    plugins: [react()],
    build: { outDir: join(folder, 'out/renderer'), emptyOutDir: true, minify: true, assetsInlineLimit: 0 },
  })
}

export function serve(folder: string, home: string, surroundings: Readonly<Record<string, string>>): Promise<{ readonly child: ChildProcess; readonly url: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(folder, 'out/main/ballast.js'), 'serve', '--port', '0', '--home', home], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...surroundings },
    })
    let output = ''
    const take = (part: unknown): void => {
      output += String(part)
      const url = /(http:\/\/localhost:\d+\/#t=\S+)/.exec(output)?.[1]
      if (url !== undefined) resolve({ child, url })
    }
    child.stdout.on('data', take)
    child.stderr.on('data', take)
    child.once('exit', (code) => reject(new Error(`serve ended with ${code}: ${output}`)))
  })
}

export async function withPage<Value>(
  url: string,
  { width, height }: PageSize,
  storage: Readonly<Record<string, string>> | undefined,
  use: (page: Page, devtools: CDPSession) => Promise<Value>,
): Promise<Value> {
  const executablePath = findChromium()
  if (executablePath === undefined) throw new Error('no Chromium: npm test obtains one')
  const browser = await chromium.launch({ executablePath, args: [...chromiumArguments] })
  try {
    const page = await browser.newPage({ viewport: { width, height } })
    page.on('pageerror', (error) => console.error(error))
    const devtools = await page.context().newCDPSession(page)
    await devtools.send('Performance.enable')
    if (storage !== undefined) await keepInPage(page, storage)
    await page.goto(url)
    return await use(page, devtools)
  } finally {
    await browser.close()
  }
}

/** As if this browser had kept it from an earlier visit. */
export async function keepInPage(page: Page, storage: Readonly<Record<string, string>>): Promise<void> {
  await page.addInitScript((kept) => Object.entries(kept).forEach(([key, value]) => localStorage.setItem(key, value)), storage)
}

/** The engine goes with whoever started it. */
export async function endServe(child: ChildProcess): Promise<void> {
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  await gone
}
