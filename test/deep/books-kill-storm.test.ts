import { mkdirSync, readFileSync, readdirSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, expect, it, vi } from 'vitest'
import { noKeychain, openVault, readJournal, Secret, verifyJournal, openJournalTool } from '../../src-main/store/index.ts'
import type { JournalDraft, JournalRecord } from '../../src-main/ports/index.ts'
import { InstalledBallast, newBooks, type Running } from '../integration/books/installed-ballast.ts'

const isDeep = process.env['BALLAST_DEEP'] !== undefined
/** Two in each life of the supervisor, for a third would leave the engine down. */
const kills = isDeep ? 100 : 5
const killsInLife = 2
const longJournal = isDeep ? 1_000_000 : 100_000

const installed: InstalledBallast[] = []
afterEach(async () => {
  for (const each of installed.splice(0)) await each.dispose()
})

async function install(): Promise<{ readonly ballast: InstalledBallast; readonly code: string }> {
  const blank = new InstalledBallast()
  installed.push(blank)
  const { code } = await newBooks(blank)
  const ballast = blank.copy(code)
  installed.push(ballast)
  return { ballast, code }
}

async function withJournal<Value>(
  ballast: InstalledBallast, code: string, use: (access: { readonly folder: string; readonly keys: ReturnType<Vault['journalKeys']>; readonly journalId: string }) => Promise<Value>,
): Promise<Value> {
  const opening = await openVault({ folder: ballast.folder, keychain: noKeychain, secret: Secret.fromText(code) })
  if (!opening.ok) throw new Error(opening.trouble.kind)
  const { vault } = opening
  try {
    return await use({ folder: ballast.file('journal'), keys: vault.journalKeys(), journalId: vault.vaultId })
  } finally {
    vault.dispose()
  }
}
type Screen = Awaited<ReturnType<InstalledBallast['connect']>>
type Vault = Extract<Awaited<ReturnType<typeof openVault>>, { ok: true }>['vault']

/** What was answered, and then told to be on the disk, before the kill. */
interface Acknowledged {
  readonly reasons: Set<string>
  readonly alerts: Set<string>
  readonly settings: Set<number>
}

/** Writes as fast as it is answered, until its engine is killed. */
async function writeUntilKilled(
  ballast: InstalledBallast, screen: Screen, round: number, into: Acknowledged, { aborted }: { readonly aborted: () => boolean },
): Promise<void> {
  let settings = await ballast.ask(screen, 'settings.read', {})
  for (let nth = 0; !aborted(); nth++) {
    const reason = `round ${round}, number ${nth}`
    const keepDays = 1 + ((round * 997 + nth) % 3_000)
    const answers = await Promise.all([
      screen.call('trading.halt', { reason, actor: 'hand' }, { timeoutMs: 2_000 }),
      screen.call('trading.resume', { to: 'reducing', reason: `${reason} again`, actor: 'hand' }, { timeoutMs: 2_000 }),
      screen.call('alerts.test', {}, { timeoutMs: 2_000 }),
      screen.call('settings.change', { revision: settings.revision, changes: [{ path: 'log.keepDays', value: keepDays }] }, { timeoutMs: 2_000 }),
    ])
    const status = await screen.call('books.status', {}, { timeoutMs: 2_000 })
    // What the next engine says proves nothing of this one: until then an answer came, but no word of the disk.
    if (!status.ok || aborted()) return
    if (status.value.durable < status.value.records) continue
    const [halted, resumed, alert, changed] = answers
    if (halted.ok) into.reasons.add(reason)
    if (resumed.ok) into.reasons.add(`${reason} again`)
    if (alert.ok) into.alerts.add(alert.value.id)
    if (changed.ok) {
      into.settings.add(keepDays)
      settings = changed.value
    } else if (changed.error.code === 'setting.stale') settings = await ballast.ask(screen, 'settings.read', {})
  }
}

it(`an engine that is killed ${kills} times while it writes has everything it acknowledged in its journal, without a gap`, async () => {
  const { ballast, code } = await install()
  const acknowledged: Acknowledged = { reasons: new Set(), alerts: new Set(), settings: new Set() }
  for (let kill = 0; kill < kills; ) {
    const running = await ballast.start()
    const screen = await ballast.connect()
    for (let inLife = 0; inLife < killsInLife && kill < kills; inLife++, kill++) {
      const engine = ballast.enginePid(running)
      let isKilled = false
      const writing = writeUntilKilled(ballast, screen, kill, acknowledged, { aborted: () => isKilled })
      await wait(60 + ((kill * 37) % 150))
      process.kill(engine, 'SIGKILL')
      isKilled = true
      await writing.catch(() => undefined)
      await opensAgain(ballast, running, engine, screen)
    }
    screen.dispose()
    await ballast.stop(running)
  }
  const records = await withJournal(ballast, code, async (access) => {
    expect(await verifyJournal({ path: access.folder, keys: access.keys, journalId: access.journalId })).toMatchObject({ ok: true })
    const all: JournalRecord[] = []
    for await (const record of readJournal(access)) all.push(record)
    return all
  })
  expect(records.map(({ sequence }) => sequence)).toEqual(records.map((_each, index) => index + 1))
  const bodies = records.map(({ kind, body }) => ({ kind, body: body as Record<string, unknown> }))
  const written = (kind: string, field: string): Set<unknown> => new Set(bodies.filter((record) => record.kind === kind).map(({ body }) => body[field]))
  const reasons = written('command.taken', 'reason')
  const alerts = written('alert.raised', 'id')
  const settings = written('setting.changed', 'new')
  expect([...acknowledged.reasons].filter((reason) => !reasons.has(reason))).toEqual([])
  expect([...acknowledged.alerts].filter((id) => !alerts.has(id))).toEqual([])
  expect([...acknowledged.settings].filter((value) => !settings.has(value))).toEqual([])
  expect(acknowledged.reasons.size).toBeGreaterThan(kills)
  // The engine's own numbers go on from one engine to the next.
  const numbers = bodies.filter(({ kind }) => kind.startsWith('engine.')).map(({ body }) => body['sequence'])
  expect(numbers.length).toBeGreaterThan(kills)
  expect(numbers).toEqual(numbers.map((_each, index) => index + 1))
  console.log(`books storm: ${kills} kills, ${records.length} records, ${acknowledged.reasons.size} commands, ${acknowledged.settings.size} settings acknowledged`)
}, 60_000 + kills * 5_000)

async function opensAgain(ballast: InstalledBallast, running: Running, engine: number, screen: Screen): Promise<void> {
  await vi.waitFor(async () => {
    expect(ballast.enginePid(running)).not.toBe(engine)
    expect(await screen.call('books.status', {}, { timeoutMs: 1_000 })).toMatchObject({ ok: true, value: { state: 'open' } })
  }, { timeout: 15_000, interval: 20 })
}

const draftOf = (number: number): JournalDraft => ({
  kind: 'command.taken', at: 1_700_000_000_000 + number, body: { kind: 'halt-trading', reason: `number ${number}`, actor: 'hand' },
})

it(`a program whose journal has ${longJournal} records has its books open within two seconds`, async () => {
  const { ballast, code } = await install()
  mkdirSync(ballast.file('journal'), { mode: 0o700 })
  await withJournal(ballast, code, async (access) => {
    const opened = await openJournalTool({ ...access, limits: { segmentBytes: 16 * 1024 * 1024 } })
    if (!opened.ok) throw new Error(opened.trouble.kind)
    const { tool } = opened
    while (tool.durable < longJournal) tool.append(Array.from({ length: 6_400 }, (_each, index) => draftOf(tool.durable + index + 1)))
    tool.close()
  })
  // The first start reads all of it into the read model.
  const began = performance.now()
  const first = await ballast.start()
  const rebuiltMs = performance.now() - began
  await ballast.stop(first)
  const running = await ballast.start()
  const screen = await ballast.connect()
  const { uptimeMs, restarts } = await ballast.ask(screen, 'engine.status', {})
  const startedAt = Date.now() - uptimeMs
  const status = await ballast.ask(screen, 'books.status', {})
  expect(status).toMatchObject({ state: 'open' })
  expect(status.records).toBeGreaterThan(longJournal)
  expect(restarts).toBe(0)
  const opens = logLines(ballast).filter(({ area, message }) => area === 'books' && message === 'open')
  const openMs = (opens.at(-1)?.time ?? Infinity) - startedAt
  console.log(`${status.records} records: read model built in ${Math.round(rebuiltMs)} ms, open after ${Math.round(openMs)} ms`)
  expect(openMs).toBeLessThan(2_000)
  await ballast.stop(running)
}, isDeep ? 300_000 : 120_000)

interface LogLine {
  readonly area?: string
  readonly message?: string
  readonly time: number
}

const logLines = (ballast: InstalledBallast): readonly LogLine[] =>
  readdirSync(ballast.file('logs')).sort().flatMap((name) =>
    readFileSync(ballast.file(`logs/${name}`), 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line) as LogLine))
