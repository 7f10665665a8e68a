import { cpSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest'
import { mountFreezableFilesystem, mountSmallFilesystem, type SmallFilesystem } from '../../fixtures/small-filesystem.ts'
import { bytesBelow, InstalledBallast, isSameBytes, newBooks } from './installed-ballast.ts'

/** How long the frozen disk does not answer. */
const frozenMs = process.env['BALLAST_DEEP'] === undefined ? 5_000 : 60_000

let template: InstalledBallast
let code: string
const installed: InstalledBallast[] = []
let disk: SmallFilesystem

beforeAll(async () => {
  template = new InstalledBallast()
  ;({ code } = await newBooks(template))
  disk = await mountSmallFilesystem(8 * 1024 * 1024)
})
afterEach(async () => {
  disk.makeWritable()
  for (const each of installed.splice(0)) await each.dispose()
  rmSync(join(disk.folder, 'home'), { recursive: true, force: true })
  makeRoom()
})
afterAll(async () => {
  await template.dispose()
  disk.remove()
})

/** The books on that disk. */
function onDisk(folder: string): InstalledBallast {
  const home = join(folder, 'home')
  cpSync(template.home, home, { recursive: true })
  const ballast = new InstalledBallast({ home, secret: code })
  installed.push(ballast)
  return ballast
}

const fillUp = (bytesLeft: number): void => {
  makeRoom()
  const { bavail, bsize } = statfsSync(disk.folder)
  writeFileSync(join(disk.folder, 'ballast'), Buffer.alloc(Math.max(0, bavail * bsize - bytesLeft)))
}
const makeRoom = (): void => rmSync(join(disk.folder, 'ballast'), { force: true })

async function lifeOf(ballast: InstalledBallast): Promise<void> {
  const running = await ballast.start()
  await ballast.stop(running)
}

const booksBytes = (ballast: InstalledBallast): ReadonlyMap<string, Buffer> =>
  new Map([...bytesBelow(ballast.folder)].filter(([name]) => /journal|vault|books\.db$/.test(name)))

it('books on a full disk are not opened, say so, lose nothing, and open when there is room', async () => {
  const ballast = onDisk(disk.folder)
  await lifeOf(ballast)
  fillUp(100 * 1024)
  const before = booksBytes(ballast)
  const refused = await ballast.ballast(['run', '--port', '0'])
  expect(refused).toMatchObject({ exitCode: 3, stdout: '', stderr: expect.stringMatching(/^The disk is full, so the books cannot be opened for writing\. Make room, then try again; what was written is safe\.\n$/) })
  expect(isSameBytes(before, booksBytes(ballast))).toBe(true)
  fillUp(0)
  const wholly = await ballast.ballast(['run', '--port', '0'])
  expect(wholly).toMatchObject({ exitCode: 3, stdout: '' })
  expect(wholly.stderr).toMatch(/full|cannot be used/)
  expect(wholly.stderr.trim().split('\n')).toHaveLength(1)
  expect(isSameBytes(before, booksBytes(ballast))).toBe(true)
  makeRoom()
  await lifeOf(ballast)
  expect(await ballast.json('audit', 'verify')).toMatchObject({ ok: true })
}, 40_000)

it('a disk that is full while the engine runs stops new risk with a reason, keeps all that was taken, and is well again when there is room', async () => {
  const ballast = onDisk(disk.folder)
  const running = await ballast.start()
  const screen = await ballast.connect()
  await ballast.ask(screen, 'trading.resume', { to: 'active', reason: 'to trade', actor: 'hand' })
  fillUp(60 * 1024)
  const engine = ballast.enginePid(running)
  let written = 0
  const writeMuch = async (to: 'active' | 'reducing'): Promise<void> => {
    await Promise.all(Array.from({ length: 40 }, () =>
      ballast.ask(screen, 'trading.resume', { to, reason: `number ${written++} ${'.'.repeat(180)}`, actor: 'hand' })))
  }
  // Nothing is wrong until the next segment finds no room.
  await vi.waitFor(async () => {
    if ((await ballast.ask(screen, 'engine.status', {})).mode === 'active') await writeMuch('active')
    const { alerts } = await ballast.ask(screen, 'alerts.open', {})
    expect(alerts.map(({ rule }) => rule)).toContain('journal-no-room-ahead')
  }, { timeout: 30_000, interval: 1 })
  const short = await ballast.ask(screen, 'engine.status', {})
  expect(short).toMatchObject({ mode: 'reducing', actor: 'engine' })
  expect(short.reason).toMatch(/journal/)
  // More than is left of this segment: what was taken waits for room.
  for (let more = 0; more < 40; more++) await writeMuch('reducing')
  const waiting = await ballast.ask(screen, 'books.status', {})
  expect(waiting.state).toBe('open')
  expect(waiting.durable).toBeLessThan(waiting.records)
  expect(ballast.enginePid(running)).toBe(engine)
  makeRoom()
  await vi.waitFor(async () => {
    const { records, durable } = await ballast.ask(screen, 'books.status', {})
    expect(durable).toBe(records)
    const { alerts } = await ballast.ask(screen, 'alerts.open', {})
    expect(alerts.map(({ rule }) => rule)).not.toContain('journal-no-room-ahead')
  }, { timeout: 15_000, interval: 200 })
  expect(await ballast.ask(screen, 'audit.verify', { file: null })).toMatchObject({ ok: true })
  expect(await ballast.ask(screen, 'engine.status', {})).toMatchObject({ restarts: 0 })
  expect(running.said.stderr).toBe('')
  await ballast.stop(running)
  const { records } = (await ballast.json('audit', 'tail', '--lines', '500')) as { records: { kind: string; body: { reason?: string } }[] }
  expect(records.some(({ body }) => body.reason?.startsWith(`number ${written - 1} `))).toBe(true)
  expect(await ballast.json('audit', 'verify')).toMatchObject({ ok: true })
}, 90_000)

it('books in a folder that cannot be written are not opened, say so, and can be looked into all the same', async () => {
  const ballast = onDisk(disk.folder)
  await lifeOf(ballast)
  const before = bytesBelow(ballast.folder)
  disk.makeReadOnly()
  const refused = await ballast.ballast(['run', '--port', '0'])
  expect(refused).toMatchObject({ exitCode: 3, stdout: '', stderr: expect.stringMatching(/^The folder of the books cannot be written \(EROFS: read-only file system.+\)\. Correct its rights, then try again; nothing was changed\.\n$/) })
  expect(await ballast.json('audit', 'verify')).toMatchObject({ ok: true })
  expect(isSameBytes(before, bytesBelow(ballast.folder))).toBe(true)
  disk.makeWritable()
  await lifeOf(ballast)
}, 40_000)

it(`a disk that does not answer for ${frozenMs / 1_000} s holds up neither a look nor a halt, is said, and loses nothing`, async () => {
  const frozen = mountFreezableFilesystem(64)
  if (frozen === undefined) throw new Error('a disk can be frozen only by root or a sudo that asks nothing, with mkfs.ext4 and loop devices')
  try {
    const ballast = onDisk(frozen.folder)
    const running = await ballast.start()
    const screen = await ballast.connect()
    await ballast.ask(screen, 'engine.status', {})
    frozen.freeze()
    try {
      const frozenAt = performance.now()
      // A record that waits, so that there is a stall to be seen.
      await ballast.ask(screen, 'alerts.test', {})
      const halted = await ballast.ballast(['halt', '--reason', 'the disk hangs', '--json'])
      expect(halted.exitCode).toBe(0)
      expect(JSON.parse(halted.stdout)).toMatchObject({ mode: 'halted', reason: 'the disk hangs' })
      await vi.waitFor(async () => {
        const { alerts } = await ballast.ask(screen, 'alerts.open', {})
        expect(alerts.map(({ rule }) => rule)).toContain('journal-stalled')
      }, { timeout: 7_000, interval: 100 })
      let slowestMs = 0
      while (performance.now() - frozenAt < frozenMs) {
        const asked = performance.now()
        const { restarts } = await ballast.ask(screen, 'engine.status', {})
        expect(restarts).toBe(0)
        slowestMs = Math.max(slowestMs, performance.now() - asked)
        await wait(50)
      }
      expect(slowestMs).toBeLessThan(1_000)
      const { records, durable, waitingMs } = await ballast.ask(screen, 'books.status', {})
      expect(durable).toBeLessThan(records)
      expect(waitingMs).toBeGreaterThan(frozenMs / 2)
    } finally {
      frozen.thaw()
    }
    await vi.waitFor(async () => {
      const { records, durable } = await ballast.ask(screen, 'books.status', {})
      expect(durable).toBe(records)
    }, { timeout: 10_000, interval: 100 })
    expect(await ballast.ask(screen, 'audit.verify', { file: null })).toMatchObject({ ok: true })
    const { records } = await ballast.ask(screen, 'audit.recent', { before: null, limit: 100, correlation: null })
    expect(records.map(({ body }) => body).join()).toContain('the disk hangs')
    expect(running.said.stderr).toBe('')
    await ballast.stop(running)
    await ballast.dispose()
  } finally {
    frozen.remove()
  }
}, 60_000 + frozenMs)
