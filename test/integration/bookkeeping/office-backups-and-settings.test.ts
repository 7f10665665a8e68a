import { readdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { caller, newRoot } from '../../fixtures/start-office.ts'
import { passphrase, folder, servers, start, stop, records, kinds } from './office-desk.ts'

// A key is derived from a passphrase on purpose so slowly, on machines that may have other work.
vi.setConfig({ testTimeout: 60_000 })

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

it('makes the first backup by itself as soon as it could be opened elsewhere', async () => {
  writeFileSync(join(folder, 'settings.yaml'), 'version: 1\n')
  const office = await start({ secret: passphrase })
  await vi.waitFor(() => expect(office.status().backup.last).toMatchObject({ verified: true }), { timeout: 8_000 })
  expect(readdirSync(join(folder, 'backups'))).toHaveLength(1)
})
