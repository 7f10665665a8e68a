import { existsSync, readdirSync, rmSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest'
import { openForWriting } from '../../../src-main/store/books/connection.ts'
import { migrate, schemaVersion } from '../../../src-main/store/books/migrate.ts'
import { migrations } from '../../../src-main/store/books/migrations/index.ts'
import { noKeychain, openVault, Secret } from '../../../src-main/store/index.ts'
import { InstalledBallast, newBooks } from './installed-ballast.ts'

/** Killed while keys are changed; two in each life of the supervisor, for a third would leave the engine down. */
const kills = process.env['BALLAST_DEEP'] === undefined ? 4 : 60
const killsInLife = 2

// Each test is several whole programs, on machines that may have other work.
vi.setConfig({ testTimeout: 60_000 })

let template: InstalledBallast
let code: string
let recordsBefore = 0
const installed: InstalledBallast[] = []

beforeAll(async () => {
  const blank = new InstalledBallast()
  ;({ code } = await newBooks(blank))
  template = blank.copy(code)
  await blank.dispose()
  const running = await template.start()
  const screen = await template.connect()
  for (let nth = 0; nth < 200; nth++) await template.ask(screen, 'trading.resume', { to: 'reducing', reason: `command ${nth}`, actor: 'hand' })
  recordsBefore = (await template.ask(screen, 'books.status', {})).records
  screen.dispose()
  await template.stop(running)
})
afterEach(async () => {
  for (const each of installed.splice(0)) await each.dispose()
})
afterAll(() => template.dispose())

function copy(): InstalledBallast {
  const made = template.copy(code)
  installed.push(made)
  return made
}

async function booksKey(ballast: InstalledBallast): Promise<Buffer> {
  const opening = await openVault({ folder: ballast.folder, keychain: noKeychain, secret: Secret.fromText(code) })
  if (!opening.ok) throw new Error(opening.trouble.kind)
  const key = Buffer.from(opening.vault.booksKey())
  opening.vault.dispose()
  return key
}

/** A read model as an older Ballast left it: of an earlier schema, and empty. */
async function makeOlder(ballast: InstalledBallast, version: number): Promise<Buffer> {
  for (const name of readdirSync(ballast.folder).filter((file) => file.startsWith('books.db'))) rmSync(ballast.file(name))
  const key = await booksKey(ballast)
  const connection = openForWriting(ballast.file('books.db'), key)
  migrate(connection, migrations.slice(0, version))
  expect(schemaVersion(connection)).toBe(version)
  connection.close()
  return key
}

async function expectAllThere(ballast: InstalledBallast): Promise<void> {
  const screen = await ballast.connect()
  const { records } = await ballast.ask(screen, 'audit.recent', { before: null, limit: 500, correlation: null })
  const sequences = records.map(({ sequence }) => sequence)
  expect(sequences).toEqual(sequences.map((_each, index) => index + 1))
  expect(sequences.length).toBeGreaterThan(recordsBefore)
  expect(records.filter(({ kind }) => kind === 'command.taken')).toHaveLength(200)
  expect(await ballast.ask(screen, 'audit.verify', { file: null })).toMatchObject({ ok: true })
  const { alerts } = await ballast.ask(screen, 'alerts.open', {})
  expect(alerts.map(({ rule }) => rule)).not.toContain('books-rebuilt')
  screen.dispose()
}

it.each([1, migrations.length - 1])('a read model of schema %i is brought to the newest, and knows every record', async (version) => {
  const ballast = copy()
  const key = await makeOlder(ballast, version)
  const running = await ballast.start()
  await expectAllThere(ballast)
  await ballast.stop(running)
  const connection = openForWriting(ballast.file('books.db'), key)
  expect(schemaVersion(connection)).toBe(migrations.length)
  connection.close()
})

it('a migration whose process was killed is finished by the next start', async () => {
  const ballast = copy()
  await makeOlder(ballast, 1)
  for (const delayMs of [0, 3, 8]) {
    rmSync(ballast.file('books.db-shm'), { force: true })
    const running = ballast.spawn(['run', '--port', '0'])
    // It is made when the file is opened for writing, right before the first step.
    await vi.waitFor(() => expect(existsSync(ballast.file('books.db-shm'))).toBe(true), { timeout: 10_000, interval: 1 })
    await wait(delayMs)
    const engine = ballast.enginePid(running)
    running.child.kill('SIGKILL')
    process.kill(engine, 'SIGKILL')
    await running.ended
  }
  const running = await ballast.start()
  await expectAllThere(ballast)
  await ballast.stop(running)
}, 40_000)

it('a read model of a newer Ballast is left as it is, and that version is asked for', async () => {
  const ballast = copy()
  const connection = openForWriting(ballast.file('books.db'), await booksKey(ballast))
  connection.pragma(`user_version = ${migrations.length + 1}`)
  connection.close()
  const { exitCode, stderr } = await ballast.ballast(['run', '--port', '0'])
  expect({ exitCode, stderr }).toEqual({ exitCode: 3, stderr: 'These books were written by a newer Ballast. Nothing was changed: start that version.\n' })
  expect(readdirSync(ballast.folder).filter((name) => name.includes('damaged'))).toEqual([])
})

it(`an engine that is killed ${kills} times while keys are changed always opens again, under one key or the next`, async () => {
  const ballast = copy()
  let acknowledged = 1
  for (let kill = 0; kill < kills; ) {
    const running = await ballast.start()
    const screen = await ballast.connect()
    for (let inLife = 0; inLife < killsInLife && kill < kills; inLife++, kill++) {
      const engine = ballast.enginePid(running)
      const rotating = screen.call('keys.rotate', {}, { timeoutMs: 5_000 })
      await wait((kill * 13) % 60)
      process.kill(engine, 'SIGKILL')
      const reply = await rotating
      // What was said to be in force must still be there after the kill.
      if (reply.ok) acknowledged = Math.max(acknowledged, reply.value.epoch)
      await vi.waitFor(async () => {
        const status = await screen.call('books.status', {}, { timeoutMs: 1_000 })
        expect(status).toMatchObject({ ok: true, value: { state: 'open' } })
        expect(ballast.enginePid(running)).not.toBe(engine)
      }, { timeout: 8_000, interval: 20 })
      expect(await ballast.ask(screen, 'audit.verify', { file: null })).toMatchObject({ ok: true })
    }
    screen.dispose()
    await ballast.stop(running)
  }
  const { epochs } = await ballast.json('keys', 'status')
  expect(epochs).toBeGreaterThanOrEqual(acknowledged)
  const verdict = await ballast.json('audit', 'verify')
  expect(verdict).toMatchObject({ ok: true })
  expect(Number(verdict['records'])).toBeGreaterThan(recordsBefore + kills)
  expect(readdirSync(ballast.folder).filter((name) => /rekey|damaged/.test(name))).toEqual([])
}, 60_000 + kills * 4_000)
