import { execFileSync } from 'node:child_process'
import { closeSync, constants, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openSettings, settingsPath, standardSettings, type OpenedSettings, type SettingsEvent } from '../../../../src-main/store/settings/index.ts'
import { lastGoodPath, lookAt } from '../../../../src-main/store/settings/settings-file.ts'

let folder: string
const opened: OpenedSettings[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ballast-settings-'))
})
afterEach(async () => {
  for (const settings of opened.splice(0)) await settings.dispose()
  rmSync(folder, { recursive: true, force: true })
})

const disk = { silent: new Set<string>() }
const silence = { revision: '', read: { ok: false, error: [{ line: 0, column: 0, path: '', code: 'file-silent', reason: 'The disk does not answer.' }] } } as const
const silenceBoth = (): void => void (disk.silent = new Set([settingsPath(folder), lastGoodPath(folder)]))

async function open(patienceMs = 0): Promise<{ readonly settings: OpenedSettings; readonly events: SettingsEvent[] }> {
  const look: typeof lookAt = (path) => (disk.silent.has(path) ? Promise.resolve(silence) : lookAt(path))
  const settings = await openSettings({ folder, now: () => 42, pollMs: 1e8, settleMs: 1e8, patienceMs, look })
  opened.push(settings)
  const events: SettingsEvent[] = []
  settings.onChange((event) => events.push(event))
  return { settings, events }
}

const mine = 'version: 1\nlock: {afterMinutes: 3}\nbackup: {keep: {days: 90}}\n'

/** As after a life in which these were in force. */
async function liveWith(text: string): Promise<void> {
  disk.silent.clear()
  writeFileSync(settingsPath(folder), text)
  await (await open()).settings.dispose()
}

describe('settings on a disk that does not answer at a start', () => {
  it('are waited for a while', async () => {
    await liveWith(mine)
    silenceBoth()
    setTimeout(() => disk.silent.clear(), 250)
    const { settings } = await open(5_000)
    expect([settings.isProvisional, settings.current.lock.afterMinutes, settings.changedWhileAway, settings.problems]).toEqual([false, 3, [], []])
  })

  it('are the ones of the last time where those can be read, and that is no change', async () => {
    await liveWith(mine)
    disk.silent = new Set([settingsPath(folder)])
    const { settings, events } = await open()
    expect([settings.isProvisional, settings.current.lock.afterMinutes, settings.changedWhileAway]).toEqual([false, 3, []])
    disk.silent.clear()
    await settings.refresh()
    expect(events).toMatchObject([{ changes: [], problems: [] }])
  })

  it('are provisional where nothing can be read: it is said so, and what is read later is no change', async () => {
    await liveWith(mine)
    silenceBoth()
    const { settings, events } = await open()
    expect([settings.isProvisional, settings.current, settings.changedWhileAway]).toEqual([true, standardSettings, []])
    expect(settings.problems.map(({ code }) => code)).toEqual(['file-silent', 'file-unreadable'])
    disk.silent.clear()
    await settings.refresh()
    expect([settings.isProvisional, settings.current.lock.afterMinutes, settings.problems]).toEqual([false, 3, []])
    expect(events).toMatchObject([{ changes: [], problems: [] }])
  })

  it('tell what really was changed while nobody looked, once both can be read', async () => {
    await liveWith(mine)
    writeFileSync(settingsPath(folder), mine.replace('3', '8'))
    silenceBoth()
    const { settings, events } = await open()
    disk.silent.clear()
    await settings.refresh()
    expect(events.flatMap(({ changes }) => changes)).toEqual([{ path: 'lock.afterMinutes', old: 3, new: 8 }])
  })

  it('tell of no change where only the file can be read then', async () => {
    await liveWith(mine)
    silenceBoth()
    const { settings, events } = await open()
    disk.silent = new Set([lastGoodPath(folder)])
    await settings.refresh()
    expect([settings.isProvisional, settings.current.backup.keep.days]).toEqual([false, 90])
    expect(events.flatMap(({ changes }) => changes)).toEqual([])
  })

  it('are what somebody else remembers until then, as far as that can be, and never an address', async () => {
    await liveWith(mine)
    silenceBoth()
    const { settings, events } = await open()
    settings.assume({
      'backup.keep.days': 90, 'lock.afterMinutes': -4, 'a.setting.of.tomorrow': 1, 'alerts.webhook.url': 'https://hook.example/…', 'alerts.quietHours.fromUtc': null,
    })
    expect(settings.current).toEqual({ ...standardSettings, backup: { ...standardSettings.backup, keep: { ...standardSettings.backup.keep, days: 90 } } })
    expect([settings.isProvisional, events.flatMap(({ changes }) => changes)]).toEqual([true, []])
    disk.silent.clear()
    await settings.refresh()
    expect([settings.current.lock.afterMinutes, events.flatMap(({ changes }) => changes)]).toEqual([3, []])
    settings.assume({ 'backup.keep.days': 1 })
    expect(settings.current.backup.keep.days).toBe(90)
  })

  it('are waited for too where the file has a fault, and are told of once the last time can be read', async () => {
    await liveWith(mine)
    writeFileSync(settingsPath(folder), 'version: 1\nlock: {afterMinutes: x}\n')
    disk.silent = new Set([lastGoodPath(folder)])
    setTimeout(() => disk.silent.clear(), 250)
    const waited = (await open(5_000)).settings
    expect([waited.isProvisional, waited.current.lock.afterMinutes]).toEqual([false, 3])
    disk.silent = new Set([lastGoodPath(folder)])
    const { settings, events } = await open()
    expect(settings.isProvisional).toBe(true)
    disk.silent.clear()
    await settings.refresh()
    expect([settings.isProvisional, settings.current.lock.afterMinutes, settings.problems.length]).toEqual([false, 3, 1])
    expect(events).toMatchObject([{ changes: [] }])
  })

  it('do not write over a last time that was not read: what was changed while nobody looked is told when it can be', async () => {
    await liveWith(mine)
    writeFileSync(settingsPath(folder), mine.replace('3', '8'))
    disk.silent = new Set([lastGoodPath(folder)])
    const { settings, events } = await open()
    expect([settings.current.lock.afterMinutes, settings.isProvisional, readFileSync(lastGoodPath(folder), 'utf8')]).toEqual([8, false, mine])
    disk.silent.clear()
    await settings.refresh()
    await settings.refresh()
    expect(events.flatMap(({ changes }) => changes)).toEqual([{ path: 'lock.afterMinutes', old: 3, new: 8 }])
    expect(readFileSync(lastGoodPath(folder), 'utf8')).toContain('8')
  })

  it('are made by a change where the last time can never be read, out of what others remember', async () => {
    await liveWith(mine)
    rmSync(settingsPath(folder))
    rmSync(lastGoodPath(folder))
    mkdirSync(lastGoodPath(folder))
    const { settings } = await open()
    expect([settings.isProvisional, settings.assume({ 'backup.keep.days': 90 })]).toEqual([true, 1])
    expect(await settings.change({ 'lock.afterMinutes': 9 }, settings.revision)).toMatchObject({ ok: true })
    expect([settings.isProvisional, settings.current.lock.afterMinutes, settings.current.backup.keep.days]).toEqual([false, 9, 90])
  })

  it('are remembered in groups: some values are right only together', async () => {
    await liveWith(mine)
    silenceBoth()
    const { settings } = await open()
    expect(settings.assume({ 'lock.afterMinutes': -1, 'alerts.quietHours.fromUtc': '22:00', 'alerts.quietHours.toUtc': '06:00' })).toBe(2)
    expect([settings.current.alerts.quietHours, settings.current.lock]).toEqual([{ fromUtc: '22:00', toUtc: '06:00' }, standardSettings.lock])
    disk.silent.clear()
    await settings.refresh()
    expect(settings.assume({ 'lock.afterMinutes': 5 })).toBe(0)
  })

  it.runIf(process.platform !== 'win32')('hold up no start where nothing is taken by the disk', async () => {
    const next = `${lastGoodPath(folder)}.next`
    execFileSync('mkfifo', [next])
    writeFileSync(settingsPath(folder), mine)
    const settings = await openSettings({ folder, now: () => 42, pollMs: 1e8, settleMs: 1e8, writeMs: 50 })
    opened.push(settings)
    expect([settings.current.lock.afterMinutes, settings.problems]).toMatchObject([3, [{ code: 'file-unwritable' }]])
    // Whoever reads lets the one that waits go on; it comes too late to be put in place.
    const reader = openSync(next, constants.O_RDONLY | constants.O_NONBLOCK)
    await expect.poll(() => existsSync(next), { timeout: 4_000 }).toBe(false)
    closeSync(reader)
    expect(existsSync(lastGoodPath(folder))).toBe(false)
  })

  it('are not made anew over a last time that cannot be read', async () => {
    await liveWith(mine)
    rmSync(settingsPath(folder))
    disk.silent = new Set([lastGoodPath(folder)])
    const { settings } = await open()
    expect([existsSync(settingsPath(folder)), settings.isProvisional]).toEqual([false, true])
    expect(readFileSync(lastGoodPath(folder), 'utf8')).toBe(mine)
    await settings.dispose()
    disk.silent.clear()
    expect((await open()).settings.current.lock.afterMinutes).toBe(3)
    expect(readFileSync(settingsPath(folder), 'utf8')).toBe(mine)
  })
})

it('what is read while a change of one’s own is on its way does not take that change back', async () => {
  disk.silent.clear()
  writeFileSync(settingsPath(folder), mine)
  const held = { news: 0, changing: Promise.resolve<unknown>(undefined) }
  const settings = await openSettings({
    folder, now: () => 42, pollMs: 20, settleMs: 20,
    look: async (path) => {
      const seen = await lookAt(path)
      // Read before the change is written, and told after the change has been asked for.
      if (seen.read.ok && seen.read.value.settings.lock.afterMinutes === 9 && (held.news += 1) === 2) {
        held.changing = settings.refresh().then(() => settings.change({ 'lock.afterMinutes': 21 }, settings.revision))
        await new Promise((resolve) => setTimeout(resolve, 100))
      }
      return seen
    },
  })
  opened.push(settings)
  writeFileSync(settingsPath(folder), mine.replace('3', '9'))
  const revisions: string[] = []
  settings.onChange(() => revisions.push(settings.revision))
  await expect.poll(() => held.news, { timeout: 5_000 }).toBeGreaterThan(1)
  await held.changing
  await new Promise((resolve) => setTimeout(resolve, 200))
  expect(settings.current.lock.afterMinutes).toBe(21)
  expect(readFileSync(settingsPath(folder), 'utf8')).toContain('afterMinutes: 21')
  expect(new Set(revisions).size).toBe(revisions.length)
})
