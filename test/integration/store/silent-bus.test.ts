import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ensureDefined } from '../../../src-main/base/index.ts'
import { createOsKeychain } from '../../../src-main/store/vault/index.ts'

let folder: string
let server: Server
const callers = new Set<Socket>()
const deadlineMs = 2_500

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ballast-bus-'))
  server = createServer((socket) => {
    callers.add(socket)
    socket.on('error', () => undefined).on('close', () => callers.delete(socket)).resume()
  })
  await new Promise<void>((resolve) => server.listen(join(folder, 'bus'), resolve))
  vi.stubEnv('DBUS_SESSION_BUS_ADDRESS', `unix:path=${join(folder, 'bus')}`)
})

afterEach(() => {
  vi.unstubAllEnvs()
  for (const caller of callers) caller.destroy()
  server.close()
  rmSync(folder, { recursive: true, force: true })
})

/** The longest that this thread did not come round to anything else. */
async function longestStall(work: () => Promise<void>): Promise<number> {
  let [last, worst] = [performance.now(), 0]
  const beat = setInterval(() => {
    const now = performance.now()
    worst = Math.max(worst, now - last)
    last = now
  }, 10)
  await work()
  clearInterval(beat)
  return worst
}

const processes = (): readonly string[] => execFileSync('ps', ['-eo', 'ppid=,pid=,args='], { encoding: 'utf8' }).split('\n')

const childrenOf = (pid: number): readonly number[] =>
  processes().flatMap((line) => {
    const [parent, child] = line.trim().split(/\s+/)
    return Number(parent) === pid && line.includes('keychain-child') ? [Number(child)] : []
  })

const isThere = (pid: number): boolean => processes().some((line) => line.trim().split(/\s+/)[1] === String(pid))

test('a bus that accepts and never answers stops nothing but the program that waits for it, which is killed', async () => {
  const keychain = createOsKeychain({ deadlineMs, helper: 'child' })
  const stall = await longestStall(async () => {
    for (const _each of [1, 2]) {
      expect(await keychain.write('a/b', Buffer.from('c'))).toEqual({ ok: false, trouble: { kind: 'keychain-silent', waitedMs: deadlineMs } })
      expect([callers.size > 0, keychain.isStuck]).toEqual([true, false])
      await vi.waitFor(() => expect([callers.size, childrenOf(process.pid)]).toEqual([0, []]))
    }
  })
  expect(stall).toBeLessThan(1_000)
}, 20_000)

test('where there can be no child the thread that waits is abandoned, and no other begins until it is gone', async () => {
  const keychain = createOsKeychain({ deadlineMs, helper: 'thread' })
  const stall = await longestStall(async () => {
    expect(await keychain.read('a/b')).toEqual({ ok: false, trouble: { kind: 'keychain-silent', waitedMs: deadlineMs } })
    expect(keychain.isStuck).toBe(true)
    expect(await keychain.read('a/b')).toEqual({ ok: false, trouble: { kind: 'keychain-silent', waitedMs: 0 } })
    for (const caller of callers) caller.destroy()
    await vi.waitFor(() => expect(keychain.isStuck).toBe(false), 5_000)
  })
  expect(stall).toBeLessThan(1_000)
}, 20_000)

test('the program that waits for the bus ends with a parent that was killed', async () => {
  const face = new URL('../../../src-main/store/vault/index.ts', import.meta.url).href
  const parent = spawn(process.execPath, ['--input-type=module', '-e', `
    const { createOsKeychain } = await import(${JSON.stringify(face)})
    await createOsKeychain().read('a/b')
  `], { stdio: 'ignore' })
  const pid = ensureDefined(parent.pid, 'the parent')
  await vi.waitFor(() => expect([callers.size, childrenOf(pid).length]).toEqual([1, 1]), 10_000)
  const [child = 0] = childrenOf(pid)
  parent.kill('SIGKILL')
  await vi.waitFor(() => expect([callers.size, isThere(child)]).toEqual([0, false]), 10_000)
}, 25_000)
