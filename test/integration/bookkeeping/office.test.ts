import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { noKeychain, openVault, Secret } from '../../../src-main/store/index.ts'
import { caller, dropFolder, newFolder, newRoot, openReader, startOffice, type OfficeUnderTest } from '../../fixtures/start-office.ts'

// A key is derived from a passphrase on purpose so slowly, on machines that may have other work.
vi.setConfig({ testTimeout: 60_000 })

const passphrase = 'correct horse battery'
let folder: string
const offices: OfficeUnderTest[] = []
const servers: Server[] = []

async function start(...[parts, left]: Parameters<typeof startOffice> extends [string, ...infer Rest] ? Rest : never): Promise<OfficeUnderTest> {
  const office = await startOffice(folder, parts, left)
  offices.push(office)
  return office
}

async function stop(office: OfficeUnderTest): Promise<void> {
  offices.splice(offices.indexOf(office), 1)
  await office.stop()
}

beforeEach(() => {
  folder = newFolder()
  // Else the first one would be made by itself as soon as there is a way to open it elsewhere.
  writeFileSync(join(folder, 'settings.yaml'), 'version: 1\nbackup:\n  enabled: false\n')
})

afterEach(async () => {
  for (const office of offices.splice(0)) await office.stop()
  for (const server of servers.splice(0)) server.close()
  dropFolder(folder)
})

const halt = (at: number) => ({ kind: 'halt-trading', at, reason: 'a test', actor: 'hand', correlation: 'key-1' }) as const

interface Recorded {
  readonly sequence: number
  readonly kind: string
  readonly correlation: string | null
  readonly body: string
}

async function records(office: OfficeUnderTest): Promise<readonly Recorded[]> {
  const reply = await office.handlers['audit.recent']({ before: null, limit: 500, correlation: null }, caller)
  if (!reply.ok) throw new Error(reply.error.code)
  return reply.value.records
}

const kinds = async (office: OfficeUnderTest): Promise<readonly string[]> => (await records(office)).map(({ kind }) => kind)

describe('books that are not kept', () => {
  it('open without keychain and passphrase, write down what happens, and are gone in the end', async () => {
    const office = await start({ ephemeralRoot: newRoot() })
    expect(office.status()).toMatchObject({ state: 'open', protection: 'ephemeral', screen: 'without-lock', trouble: null })
    office.runtime.submit(halt(5))
    await vi.waitFor(async () => expect(await kinds(office)).toEqual(['books.created', 'engine.started', 'command.taken', 'engine.mode-changed']))
    expect((await records(office)).slice(2).map(({ correlation }) => correlation)).toEqual(['key-1', 'key-1'])
    await stop(office)
    expect(existsSync(join(folder, 'journal'))).toBe(false)
    expect(readdirSync(folder).filter((name) => name.startsWith('books.db') || name === 'vault.json')).toEqual([])
  })

  it('outlive an engine, because whoever started it has their key, and its numbers go on', async () => {
    const root = newRoot()
    const first = await start({ ephemeralRoot: root })
    first.runtime.submit(halt(5))
    await vi.waitFor(async () => expect(await kinds(first)).toHaveLength(4))
    // As after a crash: nothing is put in order.
    const kept = newFolder()
    dropFolder(kept)
    renameSync(folder, kept)
    await stop(first)
    dropFolder(folder)
    renameSync(kept, folder)
    const next = await start({ ephemeralRoot: root, restarts: 1 })
    expect(next.runtime.recentEvents.map(({ sequence, kind }) => `${sequence} ${kind}`)).toEqual(['1 engine-started', '2 mode-changed', '3 engine-started'])
    const alerts = await next.handlers['alerts.open']({}, caller)
    expect(alerts.ok && alerts.value.alerts.map(({ rule }) => rule)).toContain('engine-restarted')
  })

  it('of a Ballast that ended without tidying up are thrown away by the next', async () => {
    const first = await start({ ephemeralRoot: newRoot() })
    const kept = newFolder()
    dropFolder(kept)
    renameSync(folder, kept)
    await stop(first)
    dropFolder(folder)
    renameSync(kept, folder)
    const next = await start({ ephemeralRoot: newRoot() })
    expect(next.status().state).toBe('open')
    await vi.waitFor(async () => expect(await kinds(next)).toEqual(['books.created', 'engine.started']))
  })
})

describe('books under a passphrase', () => {
  it('are made where no keychain answers, stay closed without it, and open with it', async () => {
    const first = await start()
    expect(first.status()).toMatchObject({ state: 'closed', trouble: { code: 'keychain-absent' } })
    expect(first.runtime.isOpen).toBe(false)
    const weak = await first.handlers['books.create']({ passphrase: await first.seal('short', 'books.create passphrase') }, caller)
    expect(weak).toMatchObject({ ok: false, error: { code: 'books.secret-weak' } })
    const made = await first.handlers['books.create']({ passphrase: await first.seal(passphrase, 'books.create passphrase') }, caller)
    expect(made).toMatchObject({ ok: true, value: { state: 'open', protection: 'passphrase', hasPassphrase: true, screen: 'open' } })
    await stop(first)

    const second = await start()
    expect(second.status().trouble?.code).toBe('passphrase-needed')
    second.runtime.submit(halt(9))
    const wrong = await second.handlers['books.unlock']({ secret: await second.seal('something else entirely', 'books.unlock secret') }, caller)
    expect(wrong).toMatchObject({ ok: false, error: { code: 'books.secret-wrong' } })
    await vi.waitFor(async () => {
      const right = await second.handlers['books.unlock']({ secret: await second.seal(passphrase, 'books.unlock secret') }, caller)
      expect(right).toMatchObject({ ok: true, value: { state: 'open' } })
    }, { timeout: 15_000, interval: 500 })
    // The halt from before the books were open stands in them.
    expect(second.runtime.state).toMatchObject({ mode: 'halted', reason: 'a test' })
    expect(await second.handlers['books.unlock']({ secret: null }, caller)).toMatchObject({ ok: false, error: { code: 'books.not-wanted' } })
  })

  it('lock and unlock the screens, and count wrong tries', async () => {
    const office = await start({ secret: passphrase })
    expect(await office.handlers['screen.lock']({}, caller)).toMatchObject({ ok: true, value: { screen: 'locked' } })
    expect(office.gate.isShut).toBe(true)
    expect(await office.handlers['screen.unlock']({ secret: await office.seal('not the passphrase', 'screen.unlock secret') }, caller)).toMatchObject({
      ok: false, error: { code: 'books.secret-wrong' },
    })
    expect(office.gate.isShut).toBe(true)
    await vi.waitFor(async () => {
      const open = await office.handlers['screen.unlock']({ secret: await office.seal(passphrase, 'screen.unlock secret') }, caller)
      expect(open).toMatchObject({ ok: true, value: { screen: 'open' } })
    }, { timeout: 15_000, interval: 500 })
  })

  const offerOf = async (office: OfficeUnderTest): Promise<string> => {
    const reader = await openReader()
    const secret = await office.seal(passphrase, 'keys.recovery-code secret')
    const reply = await office.handlers['keys.recovery-code']({ sealTo: reader.publicKey, secret }, caller)
    if (!reply.ok) throw new Error(reply.error.code)
    const code = await reader.open(reply.value.code, 'keys.recovery-code code')
    if (code === undefined) throw new Error('expected a code for this reader')
    return code
  }
  const confirm = async (office: OfficeUnderTest, code: string) =>
    office.handlers['keys.confirm-recovery-code']({ code: await office.seal(code, 'keys.confirm-recovery-code code') }, caller)

  it('give a recovery code once, which opens them too', async () => {
    const first = await start({ secret: passphrase })
    const code = await offerOf(first)
    expect(code).toMatch(/^([0-9A-Z]{4}-){6}[0-9A-Z]{4}$/)
    expect(await confirm(first, code.toLowerCase())).toMatchObject({ ok: true, value: { hasRecoveryCode: true } })
    await stop(first)
    const second = await start({ secret: code })
    expect(second.status().state).toBe('open')
    expect(JSON.stringify(await records(second))).not.toContain(code)
  })

  it('open by the recovery code of before until the next one is confirmed, and by that alone afterwards', async () => {
    const first = await start({ secret: passphrase })
    const before = await offerOf(first)
    expect(await confirm(first, before)).toMatchObject({ ok: true })
    const never = await offerOf(first)
    const next = await offerOf(first)
    // One that nobody has confirmed is nothing, and only the last one offered can be; the one in force stays what it is.
    expect(await confirm(first, before)).toMatchObject({ ok: true })
    expect(await confirm(first, never)).toMatchObject({ ok: false, error: { code: 'keys.code-unconfirmed' } })
    const opens = async (code: string): Promise<boolean> => {
      const opening = await openVault({ folder, keychain: noKeychain, secret: Secret.fromText(code) })
      if (opening.ok) opening.vault.dispose()
      return opening.ok
    }
    expect([await opens(before), await opens(next)]).toEqual([true, false])
    expect(await confirm(first, next)).toMatchObject({ ok: true })
    expect([await opens(before), await opens(next)]).toEqual([false, true])
    // Whoever lost the answer asks again, and hears the truth.
    expect(await confirm(first, next)).toMatchObject({ ok: true })
  })

  it('take what was sealed for them only once, and only where it was meant for', async () => {
    const office = await start({ secret: passphrase })
    const sealed = await office.seal(passphrase, 'screen.unlock secret')
    const reader = await openReader()
    // Whoever listened cannot make a recovery code of somebody's unlocking.
    expect(await office.handlers['keys.recovery-code']({ sealTo: reader.publicKey, secret: sealed }, caller)).toMatchObject({
      ok: false, error: { code: 'books.secret-wrong' },
    })
    await office.handlers['screen.lock']({}, caller)
    expect(await office.handlers['screen.unlock']({ secret: sealed }, caller)).toMatchObject({ ok: true, value: { screen: 'open' } })
    await office.handlers['screen.lock']({}, caller)
    expect(await office.handlers['screen.unlock']({ secret: sealed }, caller)).toMatchObject({ ok: false, error: { code: 'books.secret-unreadable' } })
    // The same message in other words: the last letters of a key's text hold bits that nobody reads.
    const rewritten = { ...sealed, key: `${sealed.key.slice(0, -1)}${String.fromCharCode(sealed.key.charCodeAt(sealed.key.length - 1) + 1)}` }
    expect(await office.handlers['screen.unlock']({ secret: rewritten }, caller)).toMatchObject({ ok: false, error: { code: 'books.secret-unreadable' } })
    expect(office.gate.isShut).toBe(true)
  })

  it('change their passphrase only for somebody who knows the old one', async () => {
    const office = await start({ secret: passphrase })
    const next = () => office.seal('another long passphrase', 'keys.passphrase next')
    const change = async (old: string | null) =>
      office.handlers['keys.passphrase']({ old: old === null ? null : await office.seal(old, 'keys.passphrase old'), next: await next() }, caller)
    expect(await change(null)).toMatchObject({ error: { code: 'books.secret-wrong' } })
    expect(await change(passphrase)).toMatchObject({ ok: true })
    await stop(office)
    const reopened = await start({ secret: 'another long passphrase' })
    expect(reopened.status().state).toBe('open')
  })

  it('survive a change of keys: what was written before and after is one chain', async () => {
    const first = await start({ secret: passphrase })
    expect(await first.handlers['keys.rotate']({}, caller)).toMatchObject({ ok: true, value: { epoch: 2 } })
    await stop(first)
    const second = await start({ secret: passphrase })
    const expected = ['books.created', 'engine.started', 'keys.rotated', 'books.closed', 'engine.started']
    await vi.waitFor(async () => expect((await kinds(second)).filter((kind) => !kind.startsWith('alert'))).toEqual(expected))
    expect(await second.handlers['audit.verify']({ file: null }, caller)).toMatchObject({ ok: true, value: { ok: true } })
    const alerts = await second.handlers['alerts.open']({}, caller)
    expect(alerts.ok && alerts.value.alerts.map(({ rule }) => rule)).not.toContain('books-rebuilt')
  })
})

describe('books that cannot be opened', () => {
  async function made(): Promise<void> {
    await stop(await start({ secret: passphrase }))
  }

  it('say which byte is not as it was written, and change nothing', async () => {
    await made()
    const segment = join(folder, 'journal', readdirSync(join(folder, 'journal')).find((name) => name.endsWith('.seg')) ?? '')
    const bytes = readFileSync(segment)
    bytes[40] = (bytes[40] ?? 0) ^ 1
    rmSync(segment)
    writeFileSync(segment, bytes)
    const office = await start({ secret: passphrase })
    expect(office.status()).toMatchObject({ state: 'closed', trouble: { code: 'journal-damaged', details: { segment: 1 } } })
    expect(readFileSync(segment).equals(bytes)).toBe(true)
  })

  it('are not made anew beside a journal whose vault is gone', async () => {
    await made()
    rmSync(join(folder, 'vault.json'))
    const office = await start({ secret: passphrase })
    expect(office.status()).toMatchObject({ state: 'closed', trouble: { code: 'vault-missing' } })
    expect(existsSync(join(folder, 'vault.json'))).toBe(false)
  })

  it('find out that an older copy of the journal was put back', async () => {
    await made()
    const old = readdirSync(join(folder, 'journal')).map((name) => [name, readFileSync(join(folder, 'journal', name))] as const)
    const office = await start({ secret: passphrase })
    office.runtime.submit(halt(5))
    await vi.waitFor(async () => expect(await kinds(office)).toContain('engine.mode-changed'))
    await stop(office)
    rmSync(join(folder, 'journal'), { recursive: true })
    const { mkdirSync } = await import('node:fs')
    mkdirSync(join(folder, 'journal'))
    for (const [name, bytes] of old) writeFileSync(join(folder, 'journal', name), bytes)
    const rolledBack = await start({ secret: passphrase })
    expect(rolledBack.status()).toMatchObject({ state: 'closed', trouble: { code: 'rolled-back' } })
  })
})

describe('backups', () => {
  it('are refused for books that nobody could open elsewhere, made for others, and rehearsed', async () => {
    const office = await start({ secret: passphrase })
    const out = join(folder, 'elsewhere.backup')
    const backup = await office.handlers['backup.make']({ out }, caller)
    expect(backup).toMatchObject({ ok: true, value: { file: out, verified: true } })
    expect(await office.handlers['backup.make']({ out }, caller)).toMatchObject({ ok: false, error: { code: 'backup.failed' } })
    expect(await office.handlers['backup.make']({ out: null }, caller)).toMatchObject({ ok: true })
    const drill = await office.handlers['drill.restore']({}, caller)
    expect(drill).toMatchObject({ ok: true, value: { ok: true } })
    expect(office.status()).toMatchObject({ backup: { running: null, lastFailure: null }, drill: { last: { ok: true }, isRunning: false } })
    expect(office.status().backup.last).not.toBeNull()
    await stop(office)
    const next = await start({ secret: passphrase })
    await vi.waitFor(() => expect(next.status().drill.last).not.toBeNull())
    expect(next.status().backup.last?.file).toContain('backups')
    expect(readdirSync(folder).filter((name) => name.startsWith('.ballast'))).toEqual([])
  })

  it('and drills are made one at a time, and one that is asked for beside another comes after it or is refused', async () => {
    const office = await start({ secret: passphrase })
    const make = async () => office.handlers['backup.make']({ out: null }, caller)
    const files = (): readonly string[] => readdirSync(join(folder, 'backups')).filter((name) => name.endsWith('.backup'))
    const [first, beside] = await Promise.all([make(), make()])
    expect(first).toMatchObject({ ok: true, value: { verified: true } })
    expect(beside).toMatchObject({ ok: false, error: { code: 'books.busy' } })
    expect(files()).toHaveLength(1)
    // Its name holds the second.
    await new Promise((resolve) => setTimeout(resolve, 1_100))
    let isFirstDone = false
    const running = make().then((reply) => {
      isFirstDone = true
      return reply
    })
    await vi.waitFor(() => expect(office.status().backup.running).not.toBe(null), { interval: 1 })
    expect(isFirstDone).toBe(false)
    const next = await make()
    expect([isFirstDone, (await running).ok, next.ok || next.error.code]).toEqual([true, true, true])
    const drills = await Promise.all([office.handlers['drill.restore']({}, caller), office.handlers['drill.restore']({}, caller)])
    expect(drills.map((drill) => drill.ok || drill.error.code)).toEqual([true, 'books.busy'])
  })

  it('can be told to stop when none is being made', async () => {
    const office = await start({ secret: passphrase })
    expect(await office.handlers['backup.cancel']({}, caller)).toEqual({ ok: true, value: { wasRunning: false } })
  })
})

describe('settings', () => {
  it('are changed in their file, journaled with old and new, and refused when they are wrong', async () => {
    const office = await start({ ephemeralRoot: newRoot() })
    const view = await office.handlers['settings.read']({}, caller)
    if (!view.ok) throw new Error(view.error.code)
    const change = (value: string | number | boolean, revision = view.value.revision) =>
      office.handlers['settings.change']({ revision, changes: [{ path: 'lock.afterMinutes', value }] }, caller)
    expect(await change('soon')).toMatchObject({ ok: false, error: { code: 'setting.refused' } })
    expect(await change(3)).toMatchObject({ ok: true })
    expect(await change(4)).toMatchObject({ ok: false, error: { code: 'setting.stale' } })
    expect(office.status().lockAfterMinutes).toBe(3)
    await vi.waitFor(async () => {
      const changed = (await records(office)).find(({ kind }) => kind === 'setting.changed')
      expect(JSON.parse(changed?.body ?? '{}')).toEqual({ path: 'lock.afterMinutes', old: 15, new: 3 })
    })
  })

  it('with a fault are not taken, raise an alert, and the last good ones stay', async () => {
    const office = await start({ ephemeralRoot: newRoot() })
    writeFileSync(join(folder, 'settings.yaml'), 'version: 1\nlock:\n  afterMinutes: never\n')
    await vi.waitFor(async () => {
      const view = await office.handlers['settings.read']({}, caller)
      expect(view.ok && view.value.problems).toMatchObject([{ line: 3, path: 'lock.afterMinutes' }])
    }, { timeout: 8_000 })
    expect(office.status().lockAfterMinutes).toBe(15)
    await vi.waitFor(async () => {
      const alerts = await office.handlers['alerts.open']({}, caller)
      expect(alerts.ok && alerts.value.alerts.map(({ rule }) => rule)).toContain('settings-bad')
    }, { timeout: 4_000 })
  }, 15_000)
})

describe('alerts', () => {
  it('reach a webhook within a second, and once more after it was down', async () => {
    const bodies: string[] = []
    const server = createServer((request, response) => {
      request.on('data', (part) => bodies.push(String(part)))
      request.on('end', () => response.end('{}'))
    })
    servers.push(server)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const office = await start({ ephemeralRoot: newRoot() })
    const view = await office.handlers['settings.read']({}, caller)
    if (!view.ok) throw new Error(view.error.code)
    const changes = [{ path: 'alerts.webhook.url', value: `http://127.0.0.1:${port}/hook` }]
    expect(await office.handlers['settings.change']({ revision: view.value.revision, changes }, caller)).toMatchObject({ ok: true })
    const raised = performance.now()
    expect(await office.handlers['alerts.test']({}, caller)).toMatchObject({ ok: true, value: { rule: 'test', state: 'raised' } })
    await vi.waitFor(() => expect(bodies.join()).toContain('"rule":"test"'), { timeout: 2_000, interval: 10 })
    expect(performance.now() - raised).toBeLessThan(1_000)
  })

  it('are acknowledged and put aside by their number, and stand in the journal', async () => {
    const office = await start({ ephemeralRoot: newRoot() })
    const first = await office.handlers['alerts.test']({}, caller)
    const second = await office.handlers['alerts.test']({}, caller)
    if (!first.ok || !second.ok) throw new Error('no alert')
    expect(first.value.id).not.toBe(second.value.id)
    expect(await office.handlers['alerts.acknowledge']({ id: first.value.id, actor: 'hand' }, caller)).toMatchObject({ value: { state: 'cleared' } })
    expect(await office.handlers['alerts.snooze']({ id: second.value.id, forMs: 60_000, actor: 'cli' }, caller)).toMatchObject({
      value: { state: 'snoozed', changedBy: 'cli' },
    })
    expect(await office.handlers['alerts.acknowledge']({ id: 'alert-77', actor: 'hand' }, caller)).toMatchObject({ error: { code: 'alert.unknown' } })
    await vi.waitFor(async () => expect(await kinds(office)).toEqual(expect.arrayContaining(['alert.raised', 'alert.acknowledged', 'alert.snoozed'])))
  })
})

describe('an audit', () => {
  it('verifies the journal while it is being written, and a copy of it', async () => {
    const office = await start({ ephemeralRoot: newRoot() })
    const before = await office.handlers['books.status']({}, caller)
    const count = (before.ok ? before.value.records : 0) + 50
    for (let nth = 0; nth < 50; nth++) office.runtime.submit({ kind: 'clock-jumped', at: nth, byMs: nth })
    expect(await office.handlers['audit.verify']({ file: null }, caller)).toMatchObject({ ok: true, value: { ok: true } })
    await vi.waitFor(async () => expect((await kinds(office)).length).toBeGreaterThanOrEqual(count))
    const out = join(folder, 'journal.copy')
    expect(await office.handlers['audit.export']({ out }, caller)).toMatchObject({ ok: true, value: { records: expect.any(Number) } })
    expect(await office.handlers['audit.verify']({ file: out }, caller)).toMatchObject({ ok: true, value: { ok: true } })
    const bytes = readFileSync(out)
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 4
    writeFileSync(join(folder, 'changed.copy'), bytes)
    expect(await office.handlers['audit.verify']({ file: join(folder, 'changed.copy') }, caller)).toMatchObject({ ok: true, value: { ok: false } })
  })
})

it('tells figures, and every figure of the board has its target', async () => {
  const office = await start({ ephemeralRoot: newRoot() })
  const text = await office.handlers['metrics.text']({}, caller)
  expect(text.ok && text.value.text).toContain('ballast_engine_mode{mode="starting"} 1')
  const seen: unknown[] = []
  const end = office.handlers['health.watch']({}, { snapshot: (value) => seen.push(value), delta: () => undefined }, caller)
  end()
  expect(seen).toMatchObject([{ board: expect.arrayContaining([expect.objectContaining({ name: 'restarts', state: 'well' })]) }])
})

it('makes the first backup by itself as soon as it could be opened elsewhere', async () => {
  writeFileSync(join(folder, 'settings.yaml'), 'version: 1\n')
  const office = await start({ secret: passphrase })
  await vi.waitFor(() => expect(office.status().backup.last).toMatchObject({ verified: true }), { timeout: 8_000 })
  expect(readdirSync(join(folder, 'backups'))).toHaveLength(1)
})
