import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { runCli } from '../../../src-main/cli/index.ts'
import { startHeadless, type Headless } from '../../../src-main/headless.ts'
import { findProfile } from '../../../src-main/supervisor/index.ts'
import { fakeProgram, fakeSurroundings } from '../../unit/cli/fake-surroundings.ts'

/** The command line, the real engine in its process, and the simulated exchange in its own. */
let home: string
let headless: Headless
beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'ballast-cli-engine-'))
  mkdirSync(join(home, 'profiles/demo'), { recursive: true })
  const profile = findProfile(home, 'demo')
  if (profile === undefined) throw new Error('expected the demo')
  const started = await startHeadless({
    profile, port: 0, mayServeClosed: false, assets: { read: () => Promise.resolve(undefined) },
    engineEntry: join(import.meta.dirname, '../../../src-main/engine-child.ts'),
  })
  if (!started.ok) throw new Error(started.reason)
  headless = started.headless
}, 60_000)
afterEach(async () => {
  await headless.stop()
  rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
}, 30_000)

async function json(...argv: readonly string[]): Promise<{ exitCode: number; document: Record<string, unknown> }> {
  const surroundings = fakeSurroundings([...argv, '--json', '--timeout', '20000'], { BALLAST_HOME: home, INIT_CWD: home, LANG: 'en' })
  const exitCode = await runCli(surroundings, fakeProgram(() => Promise.reject(new Error('nothing here may start an engine'))))
  return { exitCode, document: JSON.parse(surroundings.written.stdout) as Record<string, unknown> }
}
const buy = ['order', 'place', '--instrument', 'BTC/USD:PERP', '--side', 'buy', '--qty', '0.01', '--client-key']
const inTime = { timeout: 40_000, interval: 250 }

it('an order that was placed once stays one, whatever dies, and its fills are in the books', async () => {
  // Active by itself, once the exchange was looked at and prices came; what was refused before stays refused under its key.
  let tries = 0
  const placed = await vi.waitFor(async () => {
    const answer = await json(...buy, `try-${(tries += 1)}`)
    expect(answer).toMatchObject({ exitCode: 0, document: { verdict: { ok: true }, isRepeat: false } })
    return answer
  }, inTime)
  const id = placed.document['orderId']
  await vi.waitFor(async () => expect(await json('order', 'show', String(id))).toMatchObject({ document: { order: { status: 'filled', filled: '0.010' } } }), inTime)
  await vi.waitFor(async () => expect((await json('ledger', 'export')).document['rows']).toBeGreaterThanOrEqual(4), inTime)
  const lines = (await json('ledger', 'export')).document['lines'] as { asset: string; amount: string }[]
  const sums = new Map<string, bigint>()
  for (const { asset, amount } of lines) sums.set(asset, (sums.get(asset) ?? 0n) + BigInt(amount.replace('.', '')))
  expect([...sums.values()].every((sum) => sum === 0n)).toBe(true)
  const before = (await json('status')).document['processId'] as number
  process.kill(before, 'SIGKILL')
  await vi.waitFor(async () => {
    const { exitCode, document } = await json('status')
    expect({ exitCode, isAnother: document['processId'] !== before }).toEqual({ exitCode: 0, isAnother: true })
  }, inTime)
  await vi.waitFor(async () => expect(await json(...buy, `try-${tries}`)).toMatchObject({ exitCode: 0, document: { isRepeat: true, orderId: id } }), inTime)
  const { document } = await json('positions')
  expect(document['positions']).toMatchObject([{ instrument: 'BTC/USD:PERP', quantity: '0.010' }])
}, 120_000)
