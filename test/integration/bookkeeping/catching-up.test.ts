import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { createVault, noKeychain, openJournalTool, Secret } from '../../../src-main/store/index.ts'
import { caller, dropFolder, newFolder, startOffice, type OfficeUnderTest } from '../../fixtures/start-office.ts'

// A long journal is made and read, on machines that may have other work.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 })

const passphrase = 'correct horse battery'
let folder: string
const offices: OfficeUnderTest[] = []

/** Of the long one, more than an opening reads of the journal itself. */
const recordsOf = { short: 6_000, long: 100_000 } as const
type Length = keyof typeof recordsOf
let templates: Readonly<Record<Length, string>>

beforeAll(async () => {
  templates = { short: await makeBooks(recordsOf.short), long: await makeBooks(recordsOf.long) }
})
afterAll(() => Object.values(templates).forEach(dropFolder))

const startAt = 1_700_000_000_000
const raised = (id: string, rule: string) =>
  ({ kind: 'alert.raised', at: startAt, body: { id, rule, subject: '', severity: 'warning', parameters: { byMs: 5_000 }, times: 1 } })
/** At the very beginning: one that nobody has seen yet, and the highest number, which is over. */
const pastAlerts = [
  raised('alert-1', 'clock-jumped'),
  { kind: 'alert.delivered', at: startAt, body: { id: 'alert-1', channel: 'webhook', afterMs: 3 } },
  raised('alert-41', 'machine-slept'),
  { kind: 'alert.cleared', at: startAt, body: { id: 'alert-41', why: 'seen' } },
]

/** Books with a journal and no read model, as after a restore or a damaged database. */
async function makeBooks(records: number): Promise<string> {
  const made = newFolder()
  writeFileSync(join(made, 'settings.yaml'), 'version: 1\nbackup:\n  enabled: false\n')
  const vault = await createVault({ folder: made, keychain: noKeychain, protection: { kind: 'passphrase', passphrase: Secret.fromText(passphrase) } })
  if (!vault.ok) throw new Error(vault.trouble.kind)
  const journal = join(made, 'journal')
  mkdirSync(journal, { recursive: true })
  const opened = await openJournalTool({
    folder: journal, keys: vault.vault.journalKeys(), journalId: vault.vault.vaultId, limits: { segmentBytes: records > 10_000 ? 1024 * 1024 : 256 * 1024 },
  })
  if (!opened.ok) throw new Error(opened.trouble.kind)
  for (let first = 0; first < records; first += 500) {
    const commands = Array.from({ length: 500 }, (_each, index) => ({ kind: 'command.taken', at: startAt + first + index, body: { nth: first + index } }))
    opened.tool.append(first > 0 ? commands : [...pastAlerts, ...commands.slice(pastAlerts.length)])
  }
  opened.tool.close()
  vault.vault.dispose()
  return made
}

function useBooks(length: Length): void {
  folder = newFolder()
  cpSync(templates[length], folder, { recursive: true })
}

afterEach(async () => {
  for (const office of offices.splice(0)) await office.stop()
  dropFolder(folder)
})

async function start(levelMsMax: number, firstAuditMs?: number, restarts = 0): Promise<OfficeUnderTest> {
  const office = await startOffice(folder, { secret: passphrase, levelMsMax, restarts, ...(firstAuditMs === undefined ? {} : { firstAuditMs }) })
  offices.push(office)
  return office
}

const recent = (office: OfficeUnderTest) => office.handlers['audit.recent']({ before: null, limit: 3, correlation: null }, caller)

/** In the middle of the oldest segment, which is sealed. */
function flipOldByte(): void {
  const journal = join(folder, 'journal')
  const oldest = join(journal, readdirSync(journal).filter((name) => name.endsWith('.seg')).toSorted()[0] ?? '')
  const bytes = readFileSync(oldest)
  bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1
  writeFileSync(oldest, bytes)
}

describe('books whose read model has to be filled from a long journal', () => {
  it('are open before it is, say how far it is, and show the past only when it is whole', async () => {
    useBooks('long')
    const office = await start(0)
    expect(office.status()).toMatchObject({ state: 'open' })
    // The engine begins where the last one ended, and takes what it is asked while the past is being read.
    expect(office.runtime.state.mode).toBe('starting')
    const told = office.told.find(({ state, catchingUp }) => state === 'open' && catchingUp !== null)
    expect(told?.catchingUp).toMatchObject({ of: expect.any(Number) })
    expect(told?.catchingUp?.applied).toBeLessThan(recordsOf.long)
    const early = await recent(office)
    if (early.ok) expect(early.value.records.at(-1)?.sequence).toBeGreaterThan(recordsOf.long)
    else expect(early.error.code).toBe('books.busy')
    await vi.waitFor(async () => {
      const reply = await recent(office)
      if (!reply.ok) throw new Error(reply.error.code)
      expect(reply.value.records.at(-1)?.sequence).toBeGreaterThan(recordsOf.long)
    }, { timeout: 60_000, interval: 100 })
    await vi.waitFor(() => expect(office.status()).toMatchObject({ catchingUp: null }), { timeout: 5_000 })
    // This journal does not say when its key was made: nobody is told that it was just now.
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(office.status().keyCreatedAt).toBeNull()
    expect(office.bugs).toEqual([])
  })

  it('number their events on from the last life although nothing of it is in the read model yet', async () => {
    useBooks('short')
    const first = await start(10_000)
    first.runtime.submit({ kind: 'halt-trading', at: 1, reason: 'a test', actor: 'hand', correlation: 'key-1' })
    await vi.waitFor(() => expect(first.runtime.state.mode).toBe('halted'))
    const last = Math.max(...first.runtime.recentEvents.map(({ sequence }) => sequence))
    await offices.pop()?.stop()
    for (const end of ['', '-wal', '-shm']) rmSync(join(folder, `books.db${end}`), { force: true })
    const second = await start(0)
    const numbers = second.runtime.recentEvents.map(({ sequence }) => sequence)
    expect(numbers).toContain(last)
    expect(new Set(numbers).size).toBe(numbers.length)
    expect(Math.max(...numbers)).toBeGreaterThan(last)
  })

  it('whose old part is damaged are told of as behind, and the trail shows nothing of them as if it were whole', async () => {
    useBooks('long')
    flipOldByte()
    // Waited for, the start is refused as ever.
    const patient = await start(20_000)
    expect(patient.status()).toMatchObject({ state: 'closed', trouble: { code: 'journal-damaged', details: { segment: 1 } } })
    await offices.pop()?.stop()
    for (const end of ['', '-wal', '-shm']) rmSync(join(folder, `books.db${end}`), { force: true })
    const hasty = await start(0)
    expect(hasty.status().state).toBe('open')
    await vi.waitFor(async () => {
      const alerts = await hasty.handlers['alerts.open']({}, caller)
      expect(alerts.ok && alerts.value.alerts.map(({ rule }) => rule)).toContain('books-behind')
    }, { timeout: 20_000, interval: 200 })
    expect(await recent(hasty)).toMatchObject({ ok: false, error: { code: 'books.busy' } })
    // The past will never be known whole: what is new goes on above every number that can be in it.
    await vi.waitFor(async () => {
      const open = await openAlerts(hasty)
      // Where the damage is far enough behind it, the read model has it all the same.
      const found = open.filter(([, rule]) => rule !== 'clock-jumped').map(([id = '']) => Number(id.replace('alert-', '')))
      expect(Math.min(...found)).toBeGreaterThan(recordsOf.long)
    }, { timeout: 5_000, interval: 100 })
  })
})

const openAlerts = async (office: OfficeUnderTest): Promise<readonly (readonly string[])[]> => {
  const alerts = await office.handlers['alerts.open']({}, caller)
  return alerts.ok ? alerts.value.alerts.map(({ id, rule }) => [id, rule]) : []
}
const alertIdsInTrail = async (office: OfficeUnderTest): Promise<readonly string[]> => {
  const found = await office.handlers['audit.recent']({ before: null, limit: 500, correlation: null }, caller)
  if (!found.ok) throw new Error(found.error.code)
  return found.value.records.filter(({ kind }) => kind === 'alert.raised').map(({ body }) => (JSON.parse(body) as { readonly id: string }).id)
}

describe('alerts of books whose past is longer than what a start reads of it', () => {
  it('are all remembered once it is known, and what was found meanwhile goes on from the highest number', async () => {
    useBooks('long')
    const office = await start(0, undefined, 1)
    expect(await openAlerts(office)).toContainEqual(['early-1', 'engine-restarted'])
    const known = [['alert-1', 'clock-jumped'], ['alert-42', 'engine-restarted']]
    await vi.waitFor(async () => expect(await openAlerts(office)).toEqual(expect.arrayContaining(known)), { timeout: 60_000, interval: 100 })
    await vi.waitFor(async () => expect(await alertIdsInTrail(office)).toContain('alert-42'), { timeout: 5_000 })
    expect((await alertIdsInTrail(office)).filter((id) => id.startsWith('early'))).toEqual([])
    // A screen that has not heard yet still names it as it did.
    const seen = await office.handlers['alerts.acknowledge']({ id: 'early-1', actor: 'hand' }, { ...caller })
    expect(seen).toMatchObject({ ok: true, value: { id: 'alert-42' } })
    await offices.pop()?.stop()
    const again = await start(20_000)
    expect(await openAlerts(again)).toContainEqual(['alert-1', 'clock-jumped'])
    expect((await openAlerts(again)).map(([id]) => id)).not.toContain('alert-42')
  })

  it('that ends before it is known have what they found written down, under numbers that nothing in it can have', async () => {
    useBooks('long')
    await start(0, undefined, 1)
    await offices.pop()?.stop()
    const again = await start(20_000)
    const restarted = (await openAlerts(again)).find(([, rule]) => rule === 'engine-restarted')
    expect(Number(restarted?.[0]?.replace('alert-', ''))).toBeGreaterThan(recordsOf.long)
    expect(await openAlerts(again)).toContainEqual(['alert-1', 'clock-jumped'])
  })
})

describe('books that are watched over', () => {
  const rules = async (office: OfficeUnderTest): Promise<readonly string[]> => {
    const alerts = await office.handlers['alerts.open']({}, caller)
    return alerts.ok ? alerts.value.alerts.map(({ rule }) => rule) : []
  }
  const audits = async (office: OfficeUnderTest): Promise<readonly string[]> => {
    const found = await office.handlers['audit.recent']({ before: null, limit: 500, correlation: null }, caller)
    return found.ok ? found.value.records.filter(({ kind }) => kind === 'audit.verified').map(({ body }) => body) : []
  }

  it('tell of a byte that changed in an old part while they were open, which nothing else reads', async () => {
    useBooks('short')
    const office = await start(20_000, 300)
    await vi.waitFor(async () => expect(await audits(office)).toHaveLength(1), { timeout: 30_000, interval: 200 })
    expect((await audits(office))[0]).toContain('"passed":true')
    expect(await rules(office)).not.toContain('journal-damaged')
    await offices.pop()?.stop()
    flipOldByte()
    // The read model has all of it, so the opening itself does not read it again.
    const again = await start(20_000, 300)
    expect(again.status().state).toBe('open')
    await vi.waitFor(async () => expect(await rules(again)).toContain('journal-damaged'), { timeout: 30_000, interval: 200 })
    expect((await audits(again)).at(-1)).toMatch(/"passed":false.*segment 1/)
  })

  it('tell of damage that a person had them look for, and take it back when a later look finds them whole', async () => {
    useBooks('short')
    const office = await start(20_000)
    flipOldByte()
    expect(await office.handlers['audit.verify']({ file: null }, caller)).toMatchObject({ ok: true, value: { ok: false } })
    await vi.waitFor(async () => expect(await rules(office)).toContain('journal-damaged'), { timeout: 10_000, interval: 200 })
    expect((await audits(office)).at(-1)).toMatch(/"passed":false.*segment 1/)
    flipOldByte()
    expect(await office.handlers['audit.verify']({ file: null }, caller)).toMatchObject({ ok: true, value: { ok: true } })
    await vi.waitFor(async () => expect(await rules(office)).not.toContain('journal-damaged'), { timeout: 10_000, interval: 200 })
  })
})
