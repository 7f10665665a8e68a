import { cpSync, existsSync, readFileSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import type { BooksTroubleCode } from '../../../src-preload/contract/index.ts'
import { bytesBelow, flipByte, InstalledBallast, isSameBytes, newBooks, type Running } from './installed-ballast.ts'

// Each test is several whole programs, on machines that may have other work.
vi.setConfig({ testTimeout: 60_000 })

/** Two lives of books, each with its sealed segment; every test gets a copy. */
let template: InstalledBallast
let code: string
let recordsBefore = 0
const installed: InstalledBallast[] = []

beforeAll(async () => {
  template = new InstalledBallast()
  ;({ code } = await newBooks(template))
  const living = template.copy(code)
  for (const life of [1, 2]) {
    const running = await living.start()
    const screen = await living.connect()
    for (let nth = 0; nth < 20; nth++) await living.ask(screen, 'trading.halt', { reason: `life ${life}, halt ${nth}`, actor: 'hand' })
    await living.ask(screen, 'trading.resume', { to: 'reducing', reason: 'to go on', actor: 'hand' })
    screen.dispose()
    await living.stop(running)
  }
  template = living
  const verdict = await living.json('audit', 'verify')
  expect(verdict['ok']).toBe(true)
  recordsBefore = Number(verdict['records'])
})

afterEach(async () => {
  for (const each of installed.splice(0)) await each.dispose()
})
afterAll(() => template.dispose())

function copy(secret: string | undefined = code): InstalledBallast {
  const made = template.copy(secret)
  installed.push(made)
  return made
}

/** What may change when nothing is opened: words about it, and who holds the folder. */
const isBesides = (name: string): boolean => /\/(logs\/.*|lock\.db.*|engine\.json.*)$/.test(name)
const booksBytes = (ballast: InstalledBallast): ReadonlyMap<string, Buffer> =>
  new Map([...bytesBelow(ballast.folder)].filter(([name]) => !isBesides(name)))

const segment = (ballast: InstalledBallast, number: number): string => join(ballast.file('journal'), `${String(number).padStart(8, '0')}.seg`)
const lastSegment = 2

/** Starts, is refused with one sentence that says this, and nothing is another than before. */
async function expectRefusal(ballast: InstalledBallast, kind: BooksTroubleCode, ...says: readonly (string | RegExp)[]): Promise<void> {
  const before = booksBytes(ballast)
  const { exitCode, stdout, stderr } = await ballast.ballast(['run', '--port', '0', '--json'])
  expect({ exitCode, document: JSON.parse(stdout) }).toMatchObject({ exitCode: 3, document: { error: { code: `books.${kind}`, message: stderr.trim() } } })
  // Word of an engine that went and came again would be a second line.
  expect(stderr.trim().split('\n')).toHaveLength(1)
  for (const words of says) expect(stderr).toMatch(words)
  expect(isSameBytes(before, booksBytes(ballast))).toBe(true)
}

/** Open, verified, and nothing that was there before is missing. */
async function expectWhole(ballast: InstalledBallast, running: Running): Promise<void> {
  const screen = await ballast.connect()
  const verdict = await ballast.ask(screen, 'audit.verify', { file: null })
  expect(verdict).toMatchObject({ ok: true })
  expect(verdict.records).toBeGreaterThanOrEqual(recordsBefore)
  expect(await ballast.ask(screen, 'engine.status', {})).toMatchObject({ restarts: 0 })
  screen.dispose()
  expect(running.said.stderr).toBe('')
}

async function expectOpens(ballast: InstalledBallast): Promise<void> {
  const running = await ballast.start()
  await expectWhole(ballast, running)
  await ballast.stop(running)
}

describe('books with a wrong key', () => {
  it('are not opened by another passphrase', async () => {
    await expectRefusal(copy('not the passphrase of these'), 'secret-wrong', 'does not open these books', 'Nothing was changed; try again')
  })

  it('are not opened by the vault.json of another profile, and are whole again when their own is put back', async () => {
    const other = new InstalledBallast()
    installed.push(other)
    const foreign = await newBooks(other)
    const ballast = copy(foreign.code)
    const own = readFileSync(ballast.file('vault.json'))
    cpSync(other.file('vault.json'), ballast.file('vault.json'))
    await expectRefusal(ballast, 'journal-not-ours', 'belongs to other books', 'Nothing was changed: put the right folder back')
    writeFileSync(ballast.file('vault.json'), own)
    const again = ballast.copy(code)
    installed.push(again)
    await expectOpens(again)
  })
})

describe('a damaged journal', () => {
  it('is not opened when the header of its last segment is another than it was, and the engine is not started again and again', async () => {
    const ballast = copy()
    const whole = readFileSync(segment(ballast, lastSegment))
    flipByte(segment(ballast, lastSegment), 40)
    const damaged = booksBytes(ballast)
    await expectRefusal(ballast, 'journal-damaged', /segment 2 at byte 0, record \d+ \(segment-header\)/, 'Nothing was changed: follow the runbook')
    // A screen can be opened all the same, and says it too; halting works, and what was damaged may be put back.
    const running = await ballast.start('serve')
    const screen = await ballast.connect()
    await vi.waitFor(async () => expect(await ballast.ask(screen, 'books.status', {})).toMatchObject({ state: 'closed', trouble: { code: 'journal-damaged' } }), { timeout: 5_000 })
    const engine = ballast.enginePid(running)
    expect(await ballast.ask(screen, 'trading.halt', { reason: 'cannot see', actor: 'hand' })).toMatchObject({ mode: 'halted' })
    await vi.waitFor(async () => {
      const { alerts } = await ballast.ask(screen, 'alerts.open', {})
      expect(alerts.map(({ rule }) => rule)).toContain('books-closed')
    }, { timeout: 5_000 })
    await wait(1_500)
    expect(ballast.enginePid(running)).toBe(engine)
    expect(await ballast.ask(screen, 'engine.status', {})).toMatchObject({ restarts: 0, mode: 'halted' })
    for (const [name, bytes] of damaged) expect(name.endsWith('halt.latch') || readFileSync(name).equals(bytes), name).toBe(true)
    rmSync(segment(ballast, lastSegment))
    writeFileSync(segment(ballast, lastSegment), whole)
    const { exitCode, stderr } = await ballast.ballast(['unlock'])
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
    expect(await ballast.ask(screen, 'engine.status', {})).toMatchObject({ mode: 'halted', reason: 'cannot see' })
    await expectWhole(ballast, running)
    await ballast.stop(running)
  })

  it('in the middle of a sealed segment is found by audit verify, with segment and record, and nothing else is lost', async () => {
    const ballast = copy()
    const file = segment(ballast, 1)
    flipByte(file, Math.floor(readFileSync(file).length / 2))
    const before = booksBytes(ballast)
    const answer = await ballast.ballast(['audit', 'verify', '--json'])
    expect(answer.exitCode).toBe(1)
    const verdict = JSON.parse(answer.stdout) as { readonly at: { readonly seq: number } }
    expect(verdict).toMatchObject({ ok: false, at: { segment: 1 }, reason: expect.any(String) })
    expect(verdict.at.seq).toBeGreaterThan(1)
    expect(verdict.at.seq).toBeLessThan(recordsBefore / 2 + 5)
    expect((await ballast.ballast(['audit', 'verify'])).stdout).toMatch(/^NOT whole: .+\nFirst trouble: segment 1, byte \d+, record \d+\.\n$/)
    expect(isSameBytes(before, booksBytes(ballast))).toBe(true)
  })

  it('in the middle of a sealed segment is found, too, when the read model has to be built anew, and no half of one is used', async () => {
    const ballast = copy()
    const file = segment(ballast, 1)
    flipByte(file, Math.floor(readFileSync(file).length / 2))
    for (const name of readdirSync(ballast.folder).filter((each) => each.startsWith('books.db'))) rmSync(ballast.file(name))
    const before = readFileSync(file)
    const { exitCode, stderr } = await ballast.ballast(['run', '--port', '0'])
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 3, stderr: expect.stringMatching(/^The journal is damaged in segment 1 at byte \d+, record \d+ \(.+\)\. Nothing was changed: follow the runbook/) })
    expect(readFileSync(file).equals(before)).toBe(true)
    expect(await ballast.json('audit', 'verify')).toMatchObject({ ok: false, at: { segment: 1 } })
  })

  it('whose last segment was cut short is not opened', async () => {
    const ballast = copy()
    truncateSync(segment(ballast, lastSegment), 700)
    await expectRefusal(ballast, 'journal-damaged', /segment 2 at byte \d+, record \d+ \(cut-short\)/, 'Nothing was changed')
  })

  it('that is gone altogether is missed, because its end is remembered elsewhere', async () => {
    const ballast = copy()
    rmSync(ballast.file('journal'), { recursive: true })
    await expectRefusal(ballast, 'rolled-back', `ends before record ${recordsBefore}`, 'nothing was changed: follow the runbook')
    expect(existsSync(ballast.file('journal'))).toBe(false)
  })

  it('that is gone together with what was read from it is missed too', async () => {
    const ballast = copy()
    rmSync(ballast.file('journal'), { recursive: true })
    for (const name of readdirSync(ballast.folder).filter((file) => file.startsWith('books.db'))) rmSync(ballast.file(name))
    const { exitCode, stderr } = await ballast.ballast(['run', '--port', '0'])
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 3, stderr: expect.stringContaining(`ends before record ${recordsBefore}`) })
  })
})

describe('a damaged books.db', () => {
  it.each([
    ['with another byte in its first page', (file: string) => flipByte(file, 30)],
    ['cut to half a page', (file: string) => truncateSync(file, 2_000)],
    ['overwritten with something else', (file: string) => writeFileSync(file, 'this is not a database, and never was one'.repeat(200))],
  ])('%s is put aside and built anew from the journal, says so, and every record can be asked for again', async (_what, damage) => {
    const ballast = copy()
    damage(ballast.file('books.db'))
    const running = await ballast.start()
    const screen = await ballast.connect()
    await vi.waitFor(async () => {
      const { alerts } = await ballast.ask(screen, 'alerts.open', {})
      expect(alerts.map(({ rule }) => rule)).toContain('books-rebuilt')
    }, { timeout: 5_000 })
    const { records } = await ballast.ask(screen, 'audit.recent', { before: null, limit: 500, correlation: null })
    const sequences = records.map(({ sequence }) => sequence)
    expect(sequences).toEqual(sequences.map((_each, index) => index + 1))
    expect(sequences.length).toBeGreaterThanOrEqual(recordsBefore)
    expect(records.filter(({ kind, body }) => kind === 'command.taken' && body.includes('life 1, halt'))).toHaveLength(20)
    expect(readdirSync(ballast.folder).filter((name) => name.startsWith('books.damaged-'))).not.toHaveLength(0)
    await expectWhole(ballast, running)
    await ballast.stop(running)
  })
})

describe('a vault.json', () => {
  it.each([
    ['that was changed', (file: string) => writeFileSync(file, readFileSync(file, 'utf8').replace('"revision": 2', '"revision": 3')), 'vault-damaged', /vault\.json is damaged \(changed\)/],
    ['that was cut', (file: string) => truncateSync(file, 300), 'vault-damaged', /vault\.json is damaged \(not-json\)/],
    ['that is empty', (file: string) => truncateSync(file, 0), 'vault-damaged', /vault\.json is damaged \(not-json\)/],
    ['that is gone', (file: string) => rmSync(file), 'vault-missing', /vault\.json is gone/],
  ] as const)('%s opens nothing, is not made anew, and says how to get it back', async (_what, damage, kind, words) => {
    const ballast = copy()
    damage(ballast.file('vault.json'))
    await expectRefusal(ballast, kind, words, 'Nothing was changed', '`ballast restore`')
  })
})

describe('two of them on the same folder', () => {
  it('do not both get it: the second says who has it, and the first notices nothing', async () => {
    const ballast = copy()
    const first = await ballast.start()
    const engine = ballast.enginePid(first)
    const { exitCode, stdout, stderr } = await ballast.ballast(['run', '--port', '0'])
    expect({ exitCode, stdout, stderr }).toEqual({
      exitCode: 3, stdout: '', stderr: `An engine of profile paper is already running (process ${first.child.pid}).\n`,
    })
    // One that cannot be asked, for its address is gone, holds the folder all the same.
    rmSync(ballast.file('engine.json'))
    const third = await ballast.ballast(['run', '--port', '0'])
    expect(third).toEqual({ exitCode: 3, stdout: '', stderr: `Another engine holds the folder ${ballast.folder}.\n` })
    expect(ballast.enginePid(first)).toBe(engine)
    await ballast.stop(first)
    await expectOpens(ballast)
  })
})
