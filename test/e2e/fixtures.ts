import { spawn, type ChildProcess } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base, expect, type Page } from 'playwright/test'

/** A real Ballast without Electron: the built page, the browser host, an engine process, in a data folder of its own. */
export interface BallastUnderTest {
  readonly url: string
  readonly home: string
  cli(...args: readonly string[]): Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }>
  status(): Promise<EngineStatusJson>
  enginePid(): Promise<number>
  killEngine(): Promise<void>
  /** Ends the whole program, host and engine, at once. */
  killAll(): void
}

export interface EngineStatusJson {
  readonly mode: string
  readonly since: number
  readonly reason: string
  readonly clients: number
  readonly uptimeMs: number
  readonly version: string
  readonly processId: number
  readonly restarts: number
}

const root = join(import.meta.dirname, '../..')
const node = process.execPath
const program = ['--disable-warning=ExperimentalWarning', join(root, 'src-main/ballast.ts')]

function run(home: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const child = spawn(node, [...program, ...args, '--home', home], { stdio: ['ignore', 'pipe', 'pipe'], env })
    let stdout = ''
    let stderr = ''
    child.stdout.on('data', (part) => (stdout += String(part)))
    child.stderr.on('data', (part) => (stderr += String(part)))
    child.on('close', (code) => resolve({ code: code ?? -1, stdout, stderr }))
  })
}

function serve(home: string, profile: string, env: NodeJS.ProcessEnv): Promise<{ readonly child: ChildProcess; readonly url: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(node, [...program, 'serve', '--port', '0', '--profile', profile, '--home', home], { stdio: ['ignore', 'pipe', 'pipe'], env })
    let output = ''
    child.stdout.on('data', (part) => {
      output += String(part)
      const url = /(http:\/\/localhost:\d+\/#t=\S+)/.exec(output)?.[1]
      if (url !== undefined) resolve({ child, url })
    })
    child.stderr.on('data', (part) => (output += String(part)))
    child.on('exit', (code) => reject(new Error(`serve ended with ${code}: ${output}`)))
  })
}

export interface BallastOptions {
  /** What this browser has kept before it opens Ballast for the first time, by its keys in local storage. */
  readonly kept: Readonly<Record<string, string>>
  readonly profile: string
  /** Of whoever starts it: books that are kept need one where there is no keychain. */
  readonly passphrase: string | null
  /** Variables of the surroundings beside those of every test. */
  readonly surroundings: Readonly<Record<string, string>>
}

/** Long enough to be taken, and found nowhere by chance. */
export const paperPassphrase = 'keel-and-ballast-7F2C'

/** The environment of its processes: no keychain, so that every computer is the same, and a passphrase in a file of its owner. */
function environmentOf(home: string, passphrase: string | null): NodeJS.ProcessEnv {
  const { BALLAST_PASSPHRASE_FILE: _given, DBUS_SESSION_BUS_ADDRESS: _bus, ...env } = process.env
  if (passphrase === null) return env
  const file = join(home, 'passphrase')
  writeFileSync(file, passphrase, { mode: 0o600 })
  return { ...env, BALLAST_PASSPHRASE_FILE: file }
}

/** The guide is behind, and what is looked at is what the engine says of itself. */
const afterFirstRun = {
  'ballast.first-run': '{"version":1,"isDone":true}',
  'ballast.workspace': '{"version":1,"shown":"desk"}',
} as const

export const test = base.extend<{ ballast: BallastUnderTest; page: Page } & BallastOptions>({
  kept: [afterFirstRun, { option: true }],
  context: async ({ context, kept }, use) => {
    await context.addInitScript((texts) => {
      // A page without an address has no storage.
      if (!location.protocol.startsWith('http')) return
      for (const [key, text] of Object.entries(texts)) if (localStorage.getItem(key) === null) localStorage.setItem(key, text)
    }, kept)
    await use(context)
  },
  profile: ['demo', { option: true }],
  passphrase: [paperPassphrase, { option: true }],
  surroundings: [{}, { option: true }],
  ballast: async ({ profile, passphrase, surroundings }, use) => {
    const home = mkdtempSync(join(tmpdir(), 'ballast-e2e-'))
    const env = { ...environmentOf(home, profile === 'demo' ? null : passphrase), ...surroundings }
    const { child, url } = await serve(home, profile, env)
    const cli = (...args: readonly string[]) => run(home, [...args, '--profile', profile], env)
    const status = async (): Promise<EngineStatusJson> => JSON.parse((await cli('status', '--json')).stdout) as EngineStatusJson
    const enginePid = async (): Promise<number> => (await status()).processId
    // Between two engines there is none to be asked.
    const killEngine = async (): Promise<void> => {
      let processId: number | undefined
      await expect.poll(async () => Number.isInteger((processId = await enginePid())), { timeout: 15_000 }).toBe(true)
      if (processId !== undefined) process.kill(processId, 'SIGKILL')
    }
    await use({
      url,
      home,
      cli,
      status,
      enginePid,
      killEngine,
      killAll: () => void child.kill('SIGKILL'),
    })
    const gone = new Promise((resolve) => child.once('exit', resolve))
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM')
      await gone
    }
    rmSync(home, { recursive: true, force: true })
  },
  page: async ({ page, ballast }, use) => {
    const problems: string[] = []
    page.on('pageerror', (error) => problems.push(error.message))
    const coverageFolder = process.env['BALLAST_PAGE_COVERAGE']
    if (coverageFolder !== undefined) await page.coverage.startJSCoverage({ resetOnNavigation: false })
    await page.goto(ballast.url)
    await use(page)
    // What a page counted that the test itself closed is gone with it.
    if (coverageFolder !== undefined && !page.isClosed()) {
      writeFileSync(join(root, coverageFolder, `${randomUUID()}.json`), JSON.stringify(await page.coverage.stopJSCoverage()))
    }
    expect(problems, 'errors in the page').toEqual([])
  },
})

/** What the host keeps for the command line; tests look at its rights. */
export const readAddress = (home: string, profile = 'demo'): { readonly port: number; readonly token: string } =>
  JSON.parse(readFileSync(join(home, 'profiles', profile, 'engine.json'), 'utf8')) as { port: number; token: string }

/** For the full tier: each has a quicker or weightier one beside it that runs every day. */
export const onlyFull = { tag: '@full' } as const

export { expect }
