import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { caller, dropFolder, newFolder, newRoot } from '../../fixtures/start-office.ts'
import { passphrase, folder, start, stop, halt, records, kinds } from './office-desk.ts'

// A key is derived from a passphrase on purpose so slowly, on machines that may have other work.
vi.setConfig({ testTimeout: 60_000 })

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
