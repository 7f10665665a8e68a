import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runCli, type EngineStarted, type Program } from '../../../src-main/cli/index.ts'
import { startHeadless, type Headless } from '../../../src-main/headless.ts'
import { findProfile } from '../../../src-main/supervisor/index.ts'
import { fakeProgram, fakeSurroundings } from './fake-surroundings.ts'

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

describe('a command that starts an engine for itself', () => {
  it('does not wait for a start that hangs for longer than it was told to, and stops what comes up after all', async () => {
    const { promise, resolve } = Promise.withResolvers<EngineStarted>()
    const answer = await run(() => promise, 'keys', 'rotate', '--timeout', '80')
    expect(answer).toMatchObject({ exitCode: 3, document: { error: { code: 'cli.start-late' } } })
    expect(answer.stderr).toBe('The books of profile demo were not open within 80 ms; the command was not carried out. Allow more time with --timeout.\n')
    let stops = 0
    resolve({ ok: true, headless: { stop: async () => void stops++ } as unknown as Headless })
    await new Promise((done) => setTimeout(done, 5))
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
})
