import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { printToken } from '../../../src-preload/contract/index.ts'
import { runCli, type EngineStarted, type Program } from '../../../src-main/cli/index.ts'
import { startHeadless, type Headless } from '../../../src-main/headless.ts'
import { lockFolder } from '../../../src-main/store/index.ts'
import { findProfile, readEngineAddress, writeEngineAddress } from '../../../src-main/supervisor/index.ts'
import { fakeEngine, fakeProgram, fakeSurroundings } from './fake-surroundings.ts'

let home: string
const running: Headless[] = []
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'ballast-cli-turn-'))
  mkdirSync(join(home, 'profiles/demo'), { recursive: true })
})
afterEach(async () => {
  for (const each of running.splice(0)) await each.stop()
  rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
})

async function run(startEngine: Program['startEngine'], ...argv: readonly string[]) {
  const surroundings = fakeSurroundings([...argv, '--json'], { BALLAST_HOME: home })
  const exitCode = await runCli(surroundings, fakeProgram(startEngine))
  return { exitCode, stderr: surroundings.written.stderr, document: JSON.parse(surroundings.written.stdout) as Record<string, unknown> }
}

const inUse: EngineStarted = { ok: false, reason: 'folder-in-use', detail: 'database is locked' }

const startReal: Program['startEngine'] = async (parts) => {
  const started = await startHeadless({ ...parts, engineEntry: join(import.meta.dirname, '../../../src-main/engine-child.ts') })
  if (started.ok) running.push(started.headless)
  return started
}

it('an engine that nobody wants any more is not started', async () => {
  const profile = findProfile(home, 'demo')
  if (profile === undefined) throw new Error('expected the demo')
  const started = await startHeadless({
    profile, port: 0, mayServeClosed: false, assets: { read: () => Promise.resolve(undefined) }, engineEntry: join(home, 'none.ts'), signal: AbortSignal.abort(),
  })
  expect(started).toEqual({ ok: false, reason: 'engine-down', detail: 'stopped' })
})

describe('a command that starts an engine for itself', () => {
  it('does not wait for a start that hangs for longer than it was told to, and stops what comes up after all', async () => {
    let stops = 0
    const engine: EngineStarted = { ok: true, headless: { stop: async () => void stops++ } as unknown as Headless }
    const { promise, resolve } = Promise.withResolvers<EngineStarted>()
    const answer = await run(({ signal }) => {
      signal?.addEventListener('abort', () => setTimeout(() => resolve(engine), 50))
      return promise
    }, 'keys', 'rotate', '--timeout', '80')
    expect(answer).toMatchObject({ exitCode: 3, document: { error: { code: 'cli.start-late' } } })
    expect(answer.stderr).toBe('The books of profile demo were not open within 80 ms; the command was not carried out. Allow more time with --timeout.\n')
    // Before the answer: the next command must not meet it.
    expect(stops).toBe(1)
  })

  it('waits for its turn while somebody holds the folder, and then says so in one sentence', async () => {
    let tries = 0
    const answer = await run(async () => (tries++, inUse), 'keys', 'rotate', '--timeout', '350')
    expect(answer).toMatchObject({ exitCode: 3, document: { error: { code: 'cli.folder-in-use' } } })
    expect(answer.stderr).toMatch(/^Another program has held the folder \S+ for 350 ms; try again when it has finished\.\n$/)
    expect(tries).toBeGreaterThan(1)
  })

  it('does not rely on the engine of another such command: it waits for that to end, and names its process', async () => {
    const profile = findProfile(home, 'demo')
    if (profile === undefined) throw new Error('no demo profile')
    const assets = { read: async () => undefined }
    const first = await startReal({ profile, port: 0, engineEntry: '', assets, mayServeClosed: false, isBrief: true })
    if (!first.ok) throw new Error('expected an engine')
    const mustNot: Program['startEngine'] = () => Promise.reject(new Error('nothing may be started beside it'))
    const late = await run(mustNot, 'keys', 'rotate', '--timeout', '1500')
    expect(late.stderr).toMatch(new RegExp(`^Another command \\(process ${process.pid}\\) has held the folder`))
    const second = run(startReal, 'keys', 'rotate', '--timeout', '20000')
    setTimeout(() => void first.headless.stop(), 500)
    const { exitCode, stderr, document } = await second
    // The demo's keys cannot be rotated: that is its engine's own answer, so it was reached.
    expect({ exitCode, stderr, document }).toMatchObject({ document: { error: { code: 'keys.failed' } } })
  }, 40_000)

  it('leaves no engine behind that it did not wait for: the folder is free when it answers', async () => {
    const late = await run(startReal, 'keys', 'rotate', '--timeout', '30')
    expect(late).toMatchObject({ exitCode: 3, document: { error: { code: 'cli.start-late' } } })
    const lock = lockFolder(join(home, 'profiles/demo'))
    expect(lock.ok).toBe(true)
    if (lock.ok) lock.release()
    expect(readEngineAddress(join(home, 'profiles/demo'))).toBeUndefined()
  }, 40_000)
})

it('an engine host that does not answer is not waited for as long as the work may take', async () => {
  const deaf = createServer(() => undefined).listen(0, '127.0.0.1')
  await once(deaf, 'listening')
  writeEngineAddress(join(home, 'profiles/demo'), { port: (deaf.address() as AddressInfo).port, token: printToken({ access: 'admin', secret: randomBytes(32).toString('base64url') }), processId: process.pid, version: '0' })
  try {
    const answer = await run(() => Promise.reject(new Error('nothing may be started beside it')), 'keys', 'rotate')
    expect(answer).toMatchObject({ exitCode: 3, document: { error: { code: 'cli.engine-silent' } } })
  } finally {
    deaf.close()
  }
}, 20_000)

describe('run and serve', () => {
  it('wait for the engine of another command to end instead of taking it for a running one, and then start their own', async () => {
    const profile = findProfile(home, 'demo')
    if (profile === undefined) throw new Error('no demo profile')
    const first = await startReal({ profile, port: 0, engineEntry: '', assets: { read: async () => undefined }, mayServeClosed: false, isBrief: true })
    if (!first.ok) throw new Error('expected an engine')
    const late = await run(() => Promise.reject(new Error('nothing may be started beside it')), 'run', '--timeout', '700')
    expect(late).toMatchObject({ exitCode: 3, document: { error: { code: 'cli.folder-in-use' } } })
    expect(late.stderr).toMatch(new RegExp(`^Another command \\(process ${process.pid}\\) has held the folder`))
    const own = fakeEngine()
    let wasFree = false
    setTimeout(() => void first.headless.stop(), 500)
    const surroundings = fakeSurroundings(['run', '--json'], { BALLAST_HOME: home })
    const exit = runCli(surroundings, fakeProgram(async () => {
      wasFree = readEngineAddress(profile.folder) === undefined
      return own.started
    }))
    await vi.waitFor(() => expect(surroundings.written.stdout).toContain('"port"'), { timeout: 20_000 })
    expect(wasFree).toBe(true)
    surroundings.sendStop('SIGTERM')
    expect(await exit).toBe(0)
  }, 40_000)

  it('can be told to stop while they wait for their turn', async () => {
    const profile = findProfile(home, 'demo')
    if (profile === undefined) throw new Error('no demo profile')
    const first = await startReal({ profile, port: 0, engineEntry: '', assets: { read: async () => undefined }, mayServeClosed: false, isBrief: true })
    expect(first.ok).toBe(true)
    const surroundings = fakeSurroundings(['run', '--json'], { BALLAST_HOME: home })
    const exit = runCli(surroundings, fakeProgram(() => Promise.reject(new Error('nothing may be started beside it'))))
    setTimeout(() => surroundings.sendStop('SIGINT'), 300)
    expect(await exit).toBe(130)
  }, 40_000)
})
