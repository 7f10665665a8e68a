import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { ensureDefined } from '../../../src-main/base/index.ts'
import { caller, dropFolder, newFolder, startOffice, type OfficeUnderTest } from '../../fixtures/start-office.ts'

// A key is derived from a passphrase on purpose so slowly, on machines that may have other work.
vi.setConfig({ testTimeout: 60_000 })

let folder: string
beforeEach(() => {
  folder = newFolder()
  writeFileSync(join(folder, 'settings.yaml'), 'version: 1\nbackup:\n  enabled: false\n')
})
afterEach(() => dropFolder(folder))

const start = (): Promise<OfficeUnderTest> => startOffice(folder, { secret: 'correct horse battery' })

async function settingsOf(office: OfficeUnderTest) {
  const reply = await office.handlers['settings.read']({}, caller)
  if (!reply.ok) throw new Error(reply.error.code)
  return reply.value
}

async function changesIn(office: OfficeUnderTest): Promise<readonly string[]> {
  const found = await office.handlers['audit.recent']({ before: null, limit: 500, correlation: null }, caller)
  if (!found.ok) throw new Error(found.error.code)
  return found.value.records.filter(({ kind }) => kind === 'setting.changed').map(({ body }) => body)
}

it('what was changed in the settings while nobody looked is written before anything is waited for', async () => {
  await (await start()).stop()
  writeFileSync(join(folder, 'settings.yaml'), 'version: 1\nbackup:\n  enabled: false\nlock:\n  afterMinutes: 7\n')
  const office = await start()
  const opened = office.told.find(({ state }) => state === 'open')
  if (opened === undefined) throw new Error('expected open books')
  // The read model shows a record a moment after it was written.
  const changed = await vi.waitFor(async () => {
    const found = await office.handlers['audit.recent']({ before: null, limit: 500, correlation: null }, caller)
    if (!found.ok) throw new Error(found.error.code)
    return ensureDefined(found.value.records.find(({ kind }) => kind === 'setting.changed'), 'the record of the change')
  }, { timeout: 10_000 })
  expect(changed.sequence).toBeLessThanOrEqual(opened.records)
  await office.stop()
})

it('settings that cannot be read at a start are those that the books remember, and nothing false is written about them', async () => {
  const first = await start()
  const { revision } = await settingsOf(first)
  const changed = await first.handlers['settings.change']({ revision, changes: [{ path: 'lock.afterMinutes', value: 7 }] }, caller)
  expect(changed.ok).toBe(true)
  await vi.waitFor(async () => expect(await changesIn(first)).toHaveLength(1))
  await first.stop()
  for (const name of ['settings.yaml', 'settings.last-good.yaml']) {
    rmSync(join(folder, name))
    mkdirSync(join(folder, name))
  }
  const second = await start()
  await vi.waitFor(async () => {
    const { values, problems } = await settingsOf(second)
    expect(values.find(({ path }) => path === 'lock.afterMinutes')?.value).toBe(7)
    expect(problems).toHaveLength(2)
  }, { timeout: 10_000 })
  for (const name of ['settings.yaml', 'settings.last-good.yaml']) rmSync(join(folder, name), { recursive: true })
  writeFileSync(join(folder, 'settings.yaml'), 'version: 1\nlock:\n  afterMinutes: 7\nbackup:\n  enabled: false\n')
  await vi.waitFor(async () => expect((await settingsOf(second)).problems).toEqual([]), { timeout: 10_000 })
  await second.stop()
  const third = await start()
  expect(await changesIn(third)).toHaveLength(1)
  await third.stop()
})
