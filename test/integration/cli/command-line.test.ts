import { randomUUID } from 'node:crypto'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { connectToHost } from '../../../src-main/browser-host/index.ts'
import { commands } from '../../../src-main/cli/index.ts'
import { readEngineAddress } from '../../../src-main/supervisor/index.ts'
import { contract, createBridge, engineStatus, type Bridge, type Contract } from '../../../src-preload/contract/index.ts'
import { BallastHome, isAlive } from './ballast-process.ts'

let home: BallastHome
beforeEach(() => {
  home = new BallastHome()
})
afterEach(() => home.dispose())

function listen(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : 0)
    })
  })
}

async function freePort(): Promise<number> {
  const server = createServer()
  const port = await listen(server)
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** A screen that stays connected, to see when something happened and not when somebody asked. */
function watchEngine(): { readonly bridge: Bridge<Contract>; readonly seen: { mode: string; at: number }[] } {
  const address = readEngineAddress(home.profileFolder)
  if (address === undefined) throw new Error('no engine has left its address')
  const bridge = createBridge({
    table: contract,
    connect: () => connectToHost(address.port, address.token),
    schedule(action, delayMs) {
      const timer = setTimeout(action, delayMs)
      return () => clearTimeout(timer)
    },
    newKey: randomUUID,
  })
  const seen: { mode: string; at: number }[] = []
  const see = ({ mode }: { readonly mode: string }): void => void (seen.at(-1)?.mode === mode || seen.push({ mode, at: Date.now() }))
  bridge.watch('engine.watch', {}, { snapshot: see, delta: see })
  return { bridge, seen }
}

describe('ballast without an engine', () => {
  it('answers 3, 2 and 0 with one sentence or one document each', async () => {
    const [status, halt, nonsense, flag, asJson, version] = await Promise.all([
      home.ballast('status'),
      home.ballast('halt', '--json'),
      home.ballast('nonsense'),
      home.ballast('status', '--bogus'),
      home.ballast('nonsense', '--json'),
      home.ballast('version'),
    ])
    const noEngine = 'No engine of profile demo is running; start one with `ballast serve`.\n'
    expect(status).toEqual({ exitCode: 3, stdout: '', stderr: noEngine })
    expect(halt).toMatchObject({ exitCode: 3, stderr: noEngine })
    expect(JSON.parse(halt.stdout)).toEqual({ error: { kind: 'fault', code: 'cli.no-engine', message: noEngine.trim() } })
    expect(nonsense).toEqual({ exitCode: 2, stdout: '', stderr: 'There is no command "nonsense"; `ballast help` lists them.\n' })
    expect(flag).toEqual({ exitCode: 2, stdout: '', stderr: 'There is no flag --bogus here; add --help to see those there are.\n' })
    expect(asJson.exitCode).toBe(2)
    expect(JSON.parse(asJson.stdout)).toMatchObject({ error: { kind: 'malformed', code: 'cli.unknown-command' } })
    expect(version).toMatchObject({ exitCode: 0, stderr: '' })
    // Asking changes nothing.
    expect(readdirSync(home.folder)).toEqual([])
  })

  it('prints the schema of the doctor, and the doctor keeps to it', async () => {
    const [schema, doctor] = await Promise.all([home.ballast('schema', 'doctor'), home.ballast('doctor', '--json')])
    const promised = commands.find(({ name }) => name === 'doctor')?.output
    if (promised === undefined) throw new Error('there is no doctor')
    expect(JSON.parse(schema.stdout)).toEqual(z.toJSONSchema(promised))
    const document = JSON.parse(doctor.stdout) as { ok: boolean; checks: { name: string; state: string; detail: string }[] }
    expect(promised.parse(document)).toEqual(document)
    expect(doctor.exitCode).toBe(document.ok ? 0 : 1)
    expect(document.ok).toBe(document.checks.every(({ state }) => state !== 'fail'))
    // What does not depend on the computer this runs on.
    const stateOf = Object.fromEntries(document.checks.map(({ name, state }) => [name, state]))
    expect(stateOf).toMatchObject({ node: 'ok', 'data-folder': 'ok', 'folder-mode': 'ok', lock: 'ok', database: 'ok', clock: 'ok', engine: 'ok' })
    expect(readdirSync(home.folder)).toEqual([])
  })

  it('is quiet when its reader stops reading', async () => {
    const { exitCode, stderr } = await home.ballastUnread('help', '--json')
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
  })

  it('says in one sentence that the port is taken', async () => {
    const server = createServer()
    const port = await listen(server)
    const answer = await home.ballast('serve', '--port', String(port))
    server.close()
    expect(answer).toMatchObject({ exitCode: 3, stdout: '' })
    expect(answer.stderr).toMatch(/^Port \d+ cannot be had \([^\n]*\); name another with --port\.\n$/)
  })
})

describe('ballast serve', () => {
  it('is found, halted and resumed by the other commands', async () => {
    const served = await home.stay('serve', '--port', '0')
    expect(served.document).toMatchObject({ access: 'admin', wasRunning: false, profile: 'demo', processId: served.child.pid })
    expect(served.document.url).toMatch(new RegExp(`^http://localhost:${served.document.port}/#t=admin\\.[\\w-]{43}$`))
    expect(statSync(join(home.profileFolder, 'engine.json')).mode & 0o777).toBe(0o600)

    await expect.poll(() => home.json('status'), { timeout: 15_000 }).toMatchObject({ mode: 'active' })
    const status = await home.json('status')
    expect(engineStatus.strip().parse(status)).toMatchObject({ mode: 'active', reason: 'the start was clean', restarts: 0 })

    const { bridge, seen } = watchEngine()
    const halted = await home.json('halt', '--reason', 'lunch')
    const answeredAt = Date.now()
    expect(halted).toMatchObject({ mode: 'halted', reason: 'lunch', actor: 'cli' })
    // Halted when the command says so, and every screen knows.
    expect(Number(halted['since'])).toBeLessThanOrEqual(answeredAt)
    await expect.poll(() => seen.at(-1)?.mode).toBe('halted')
    expect(await bridge.call('engine.status', {})).toMatchObject({ ok: true, value: { mode: 'halted', reason: 'lunch' } })
    bridge.dispose()

    expect(await home.json('status')).toMatchObject({ mode: 'halted', reason: 'lunch' })
    const resumed = await home.ballast('resume', '--to', 'reducing')
    expect(resumed).toMatchObject({ exitCode: 0, stdout: 'Trading is reducing: from the command line\n', stderr: '' })
    expect(await home.json('resume')).toMatchObject({ mode: 'active', actor: 'cli' })

    const [again, forReading, run, doctor] = await Promise.all([
      home.json('serve', '--port', '0'),
      home.ballast('serve', '--access', 'read'),
      home.ballast('run'),
      home.json('doctor').catch(String),
    ])
    expect(again).toMatchObject({ url: served.document.url, wasRunning: true, processId: served.child.pid })
    expect(forReading).toMatchObject({ exitCode: 3, stdout: '' })
    expect(run).toMatchObject({ exitCode: 3, stdout: '', stderr: `An engine of profile demo is already running (process ${served.child.pid}).\n` })
    expect(JSON.stringify(doctor)).toContain(`answers on port ${served.document.port}`)
  })

  it('shows a halt in the status within 100 ms', async () => {
    await home.stay('serve', '--port', '0')
    const { bridge } = watchEngine()
    await expect.poll(() => bridge.state).toBe('open')
    const tookMs: number[] = []
    // The best of a few: a busy computer may keep any one of them waiting.
    for (let round = 0; round < 5; round++) {
      expect(await bridge.call('trading.resume', { to: 'active', reason: 'again', actor: 'cli' })).toMatchObject({ ok: true })
      const began = performance.now()
      void bridge.call('trading.halt', { reason: 'test', actor: 'cli' })
      expect(await bridge.call('engine.status', {})).toMatchObject({ ok: true, value: { mode: 'halted' } })
      tookMs.push(performance.now() - began)
    }
    bridge.dispose()
    expect(Math.min(...tookMs)).toBeLessThan(100)
  })

  it('leaves nothing behind on Ctrl-C, and ends with 130', async () => {
    const served = await home.stay('serve', '--port', '0')
    const { processId } = await home.json('status')
    served.child.kill('SIGINT')
    expect(await served.ended).toBe(130)
    expect(isAlive(Number(processId))).toBe(false)
    expect(existsSync(join(home.profileFolder, 'engine.json'))).toBe(false)
    expect(served.said.stdout).toBe(`${JSON.stringify(served.document)}\n`)
    expect((await home.ballast('status')).exitCode).toBe(3)
  })

  it('halts on SIGUSR2', async () => {
    const served = await home.stay('run', '--port', '0')
    const { bridge, seen } = watchEngine()
    await expect.poll(() => seen.at(-1)?.mode, { timeout: 15_000 }).toBe('active')
    served.child.kill('SIGUSR2')
    await expect.poll(() => seen.at(-1)?.mode).toBe('halted')
    bridge.dispose()
    expect(await home.json('status')).toMatchObject({ mode: 'halted', actor: 'signal' })
    expect(served.child.exitCode).toBeNull()
  })

  it('brings a killed engine back, not trading before its books agree with the exchange', async () => {
    const served = await home.stay('serve', '--port', '0')
    await home.json('resume')
    const before = await home.json('status')
    const killedAt = performance.now()
    process.kill(Number(before['processId']), 'SIGKILL')
    const after = await home.json('status')
    expect(after).toMatchObject({ restarts: 1 })
    expect(after['processId']).not.toBe(before['processId'])
    expect(performance.now() - killedAt).toBeLessThan(5_000)
    await expect.poll(() => home.json('status'), { timeout: 15_000 }).toMatchObject({ mode: 'active', reason: 'the start was clean', restarts: 1 })
    await expect.poll(() => served.said.stderr).toMatch(/^The engine went \(SIGKILL\).*\nThe engine runs again\.\n$/m)
  })

  it('takes the engine along when it is killed itself, and another can begin at once', async () => {
    const served = await home.stay('serve', '--port', '0')
    const { processId } = await home.json('status')
    served.child.kill('SIGKILL')
    await served.ended
    expect((await home.ballast('status')).exitCode).toBe(3)
    const next = await home.stay('serve', '--port', '0')
    expect(next.document).toMatchObject({ wasRunning: false })
    await expect.poll(() => isAlive(Number(processId))).toBe(false)
    expect(await home.json('status')).toMatchObject({ restarts: 0 })
  })

  it('is one engine even when two begin at the same moment', async () => {
    const port = String(await freePort())
    const both = await Promise.all([home.stay('serve', '--port', port), home.stay('serve', '--port', port)])
    expect(both.map(({ document }) => document.wasRunning).sort()).toEqual([false, true])
    expect(new Set(both.map(({ document }) => document.url)).size).toBe(1)
  })

  it('gives no more than was asked for', async () => {
    const served = await home.stay('serve', '--port', '0', '--access', 'read')
    const token = served.document.url.split('#t=')[1] ?? ''
    expect(token).toMatch(/^read\./)
    const bridge = createBridge({ table: contract, connect: () => connectToHost(served.document.port, token), schedule: () => () => undefined, newKey: randomUUID })
    await expect.poll(() => bridge.access).toBe('read')
    expect(await bridge.call('trading.resume', { to: 'active', reason: 'x', actor: 'hand' })).toMatchObject({ ok: false, error: { code: 'bridge.access-denied' } })
    expect(await bridge.call('trading.halt', { reason: 'x', actor: 'hand' })).toMatchObject({ ok: true })
    bridge.dispose()
  })

  it('does not let a silent engine keep a question waiting', async () => {
    const served = await home.stay('serve', '--port', '0')
    const { processId } = await home.json('status')
    process.kill(Number(processId), 'SIGSTOP')
    const began = performance.now()
    const answer = await home.ballast('status', '--timeout', '600')
    process.kill(Number(processId), 'SIGCONT')
    expect(answer).toMatchObject({ exitCode: 3, stdout: '', stderr: 'The engine of profile demo did not answer within 600 ms.\n' })
    // Not the five seconds that it would wait by itself.
    expect(performance.now() - began).toBeLessThan(4_500)
    await wait(50)
    expect(served.child.exitCode).toBeNull()
  })
})
