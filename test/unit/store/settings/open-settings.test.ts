import { execFileSync } from 'node:child_process'
import {
  chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync, lstatSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { mountSmallFilesystem } from '../../../fixtures/small-filesystem.ts'
import {
  openSettings, settingsPath, standardSettings, standardSettingsText, type OpenedSettings, type SettingsEvent,
} from '../../../../src-main/store/settings/index.ts'

let folder: string
const opened: OpenedSettings[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ballast-settings-'))
})
afterEach(async () => {
  for (const settings of opened.splice(0)) await settings.dispose()
  rmSync(folder, { recursive: true, force: true })
})

const file = (): string => settingsPath(folder)
const lastGood = (): string => join(folder, 'settings.last-good.yaml')
const write = (text: string): void => writeFileSync(file(), text)

/** Without its own watching, unless a test asks for it: then each look is one that the test makes. */
async function open(more: { readonly pollMs?: number; readonly settleMs?: number; readonly in?: string } = {}): Promise<OpenedSettings> {
  const settings = await openSettings({ folder: more.in ?? folder, now: () => 42, pollMs: more.pollMs ?? 1e8, settleMs: more.settleMs ?? 1e8 })
  opened.push(settings)
  return settings
}

function eventsOf(settings: OpenedSettings): SettingsEvent[] {
  const events: SettingsEvent[] = []
  settings.onChange((event) => events.push(event))
  return events
}

async function until(isSo: () => boolean): Promise<void> {
  for (let tries = 0; !isSo(); tries += 1) {
    if (tries > 500) throw new Error('expected it to happen')
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

describe('opening the settings', () => {
  it('makes the file when there is none, with every value in it, for its owner alone', async () => {
    const settings = await open()
    expect([settings.current, settings.problems, settings.changedWhileAway]).toEqual([standardSettings, [], []])
    expect(readFileSync(file(), 'utf8')).toBe(standardSettingsText())
    expect(statSync(file()).mode & 0o777).toBe(0o600)
    expect(settings.revision).toMatch(/^[0-9a-f]{32}$/)
  })

  it('tells what was changed in the file while nobody looked', async () => {
    await (await open()).dispose()
    write('version: 1\nlog: {level: warn}\nalerts: {webhook: {url: "https://hook.example/secret"}, quietHours: {fromUtc: 22:00, toUtc: 06:00}}')
    const settings = await open()
    expect(settings.changedWhileAway).toEqual([
      { path: 'alerts.webhook.url', old: '', new: 'https://hook.example/…' },
      { path: 'log.level', old: 'info', new: 'warn' },
      { path: 'alerts.quietHours.fromUtc', old: null, new: '22:00' },
      { path: 'alerts.quietHours.toUtc', old: null, new: '06:00' },
    ])
    await settings.dispose()
    expect((await open()).changedWhileAway).toEqual([])
  })

  it('keeps what was in force before, also across restarts, while the file has a fault', async () => {
    write('version: 1\nlock: {afterMinutes: 3}')
    await (await open()).dispose()
    write('version: 1\nlock: {afterMinutes: -3}\nlog: {level: debug}')
    for (const _start of ['first', 'second']) {
      const settings = await open()
      expect([settings.current.lock.afterMinutes, settings.current.log.level]).toEqual([3, 'info'])
      expect(settings.problems).toMatchObject([{ line: 2, column: 22, path: 'lock.afterMinutes', code: 'wrong-value' }])
      expect(settings.changedWhileAway).toEqual([])
      await settings.dispose()
    }
    expect(readFileSync(file(), 'utf8')).toContain('-3')
  })

  it('has the standard in force when the first file there ever was has a fault', async () => {
    write('version: 1\nlock: {afterMinutes: -3}\nlog: {level: debug}')
    const settings = await open()
    expect([settings.current, settings.problems.length]).toEqual([standardSettings, 1])
    expect(existsSync(lastGood())).toBe(false)
  })

  it('writes a file that is gone again as it was, comments and all', async () => {
    write('version: 1 # mine\nlock: {afterMinutes: 3}')
    await (await open()).dispose()
    rmSync(file())
    const settings = await open()
    expect([settings.current.lock.afterMinutes, settings.problems]).toEqual([3, []])
    expect(readFileSync(file(), 'utf8')).toBe('version: 1 # mine\nlock: {afterMinutes: 3}')
  })

  it('does not trust a kept copy that has a fault itself', async () => {
    writeFileSync(lastGood(), 'version: 1\nlock: {afterMinutes: x}')
    write('version: 7')
    const settings = await open()
    expect([settings.current, settings.problems]).toMatchObject([standardSettings, [{ code: 'newer-version' }]])
  })

  it('says that it cannot be read when it is a folder', async () => {
    mkdirSync(file())
    expect((await open()).problems).toMatchObject([{ code: 'file-unreadable', line: 0 }])
  })

  it.runIf(process.platform !== 'win32')('does not wait for a pipe in its place, leaves it there, and has the last good ones in force', async () => {
    write('version: 1\nlock: {afterMinutes: 3}')
    await (await open()).dispose()
    rmSync(file())
    execFileSync('mkfifo', [file()])
    const settings = await open()
    expect([settings.current.lock.afterMinutes, settings.problems]).toMatchObject([3, [{ code: 'file-unreadable', reason: 'What is called settings.yaml is no file.' }]])
    expect(await settings.change({ 'lock.afterMinutes': 4 }, settings.revision)).toMatchObject({ ok: false, reason: 'file-has-problems' })
    expect(lstatSync(file()).isFIFO()).toBe(true)
  })

  it('has settings in force where nothing can be written, and says that they are not kept', async () => {
    const disk = await mountSmallFilesystem(1024 * 1024)
    try {
      disk.makeReadOnly()
      const settings = await open({ in: disk.folder })
      expect([settings.current, settings.problems]).toMatchObject([standardSettings, [{ code: 'file-unwritable', reason: expect.stringContaining('EROFS') }]])
      await settings.dispose()
      disk.makeWritable()
      writeFileSync(settingsPath(disk.folder), 'version: 1\nlock: {afterMinutes: 3}')
      disk.makeReadOnly()
      const again = await open({ in: disk.folder })
      expect([again.current.lock.afterMinutes, again.problems]).toMatchObject([3, [{ code: 'file-unwritable' }]])
      expect(await again.change({ 'lock.afterMinutes': 4 }, again.revision)).toMatchObject({ ok: false, reason: 'not-written', detail: 'EROFS' })
      expect(again.current.lock.afterMinutes).toBe(3)
      await again.dispose()
    } finally {
      disk.remove()
    }
  })
})

describe('a file that is edited', () => {
  it('is in force when it is right, and tells what is other than before', async () => {
    const settings = await open()
    const events = eventsOf(settings)
    write('version: 1\nbackup: {keep: {days: 9}}')
    await settings.refresh()
    expect(events).toEqual([{ at: 42, changes: [{ path: 'backup.keep.days', old: 7, new: 9 }], problems: [] }])
    expect([settings.current.backup.keep.days, readFileSync(lastGood(), 'utf8')]).toEqual([9, 'version: 1\nbackup: {keep: {days: 9}}'])
  })

  it('is not in force as long as it has a fault, and tells so once', async () => {
    const settings = await open()
    const events = eventsOf(settings)
    write('version: 1\nbackup: {enabled: false}\nlog: {level: loud}')
    await settings.refresh()
    await settings.refresh()
    expect(events).toMatchObject([{ changes: [], problems: [{ line: 3, path: 'log.level' }] }])
    expect([settings.current, settings.problems.length]).toEqual([standardSettings, 1])
    write('version: 1\nbackup: {enabled: false}\nlog: {level: warn}')
    await settings.refresh()
    expect(events[1]).toMatchObject({ changes: [{ path: 'backup.enabled', new: false }, { path: 'log.level' }], problems: [] })
    write(standardSettingsText())
    await settings.refresh()
    write(`${standardSettingsText()}# a comment more\n`)
    await settings.refresh()
    expect(events).toHaveLength(3)
  })

  it('that vanishes, or is emptied, changes nothing that is in force', async () => {
    write('version: 1\nlock: {afterMinutes: 3}')
    const settings = await open()
    const events = eventsOf(settings)
    rmSync(file())
    await settings.refresh()
    await settings.refresh()
    expect(settings.problems).toMatchObject([{ code: 'file-missing' }])
    write('')
    await settings.refresh()
    expect(settings.problems).toMatchObject([{ code: 'missing-version' }])
    expect([settings.current.lock.afterMinutes, events.length]).toEqual([3, 2])
  })

  it('is noticed by itself when it is written, and when it is replaced', async () => {
    const settings = await open({ settleMs: 20 })
    write('version: 1\nlock: {afterMinutes: 3}')
    await until(() => settings.current.lock.afterMinutes === 3)
    writeFileSync(join(folder, 'new'), 'version: 1\nlock: {afterMinutes: 4}')
    renameSync(join(folder, 'new'), file())
    await until(() => settings.current.lock.afterMinutes === 4)
  })

  it('does not count while it is still being written, even if what is there so far is right', async () => {
    write('version: 1\nlock: {afterMinutes: 3}')
    const settings = await open({ settleMs: 500, pollMs: 20 })
    const events = eventsOf(settings)
    const pause = (): Promise<unknown> => new Promise((resolve) => setTimeout(resolve, 300))
    // Cut short it says the standard; that was never meant.
    write('version: 1\n')
    await pause()
    write('version: 1\nlog:\n')
    await pause()
    write('version: 1\nlog:\nlock: {afterMinutes: 4}')
    await until(() => settings.current.lock.afterMinutes === 4)
    expect(events).toMatchObject([{ changes: [{ path: 'lock.afterMinutes', old: 3, new: 4 }] }])
  })

  it('is noticed where nothing tells of it: behind a link to another folder', async () => {
    const elsewhere = mkdtempSync(join(tmpdir(), 'ballast-linked-'))
    try {
      writeFileSync(join(elsewhere, 'mine.yaml'), 'version: 1')
      symlinkSync(join(elsewhere, 'mine.yaml'), file())
      const settings = await open({ pollMs: 20, settleMs: 10 })
      writeFileSync(join(elsewhere, 'mine.yaml'), 'version: 1\nlock: {afterMinutes: 3}')
      await until(() => settings.current.lock.afterMinutes === 3)
      expect(await settings.change({ 'lock.afterMinutes': 5 }, settings.revision)).toMatchObject({ ok: true })
      expect(lstatSync(file()).isSymbolicLink()).toBe(true)
      expect(readFileSync(join(elsewhere, 'mine.yaml'), 'utf8')).toContain('afterMinutes: 5')
    } finally {
      rmSync(elsewhere, { recursive: true, force: true })
    }
  })

  it('is followed by nobody after the settings are disposed of', async () => {
    const settings = await open({ pollMs: 10, settleMs: 10 })
    const events = eventsOf(settings)
    await settings.dispose()
    write('version: 1\nlock: {afterMinutes: 3}')
    await new Promise((resolve) => setTimeout(resolve, 60))
    expect([events, settings.current]).toEqual([[], standardSettings])
  })

  it('is followed by polling when its folder cannot be watched', async () => {
    const { watchFile } = await import('../../../../src-main/store/settings/watch-file.ts')
    let looks = 0
    const stop = watchFile({ path: join(folder, 'nowhere/settings.yaml'), pollMs: 10 }, () => (looks += 1))
    await until(() => looks > 1)
    stop()
  })
})

describe('a change by the program', () => {
  it('is in the file and in force, with everything else as it was', async () => {
    write('version: 1 # mine\nlog: {level: info} # so\n')
    const settings = await open()
    const events = eventsOf(settings)
    const changed = await settings.change({ 'log.level': 'debug' }, settings.revision)
    const change = { path: 'log.level', old: 'info', new: 'debug' }
    expect(changed).toEqual({ ok: true, revision: settings.revision, changes: [change] })
    expect(readFileSync(file(), 'utf8')).toBe('version: 1 # mine\nlog: {level: debug} # so\n')
    expect([settings.current.log.level, events]).toEqual(['debug', [{ at: 42, changes: [change], problems: [] }]])
    expect(readdirSync(folder).sort()).toEqual(['settings.last-good.yaml', 'settings.yaml'])
  })

  it.each([
    [{ 'log.level': 'loud' }, 'log.level'],
    [{ 'backup.keep.days': 0, 'log.level': 'debug' }, 'backup.keep.days'],
    [{ 'no.such': 1 }, 'no'],
    [{ 'alerts.quietHours.fromUtc': '01:00' }, 'alerts.quietHours.toUtc'],
    [{ version: 2 }, 'version'],
    [{ 'alerts.webhook.url': 'http://hook.example' }, 'alerts.webhook.url'],
  ])('%j is refused, and nothing is changed', async (patch, path) => {
    const settings = await open()
    const events = eventsOf(settings)
    expect(await settings.change(patch, settings.revision)).toMatchObject({ ok: false, reason: 'refused', problems: [{ path }] })
    expect([readFileSync(file(), 'utf8'), settings.current, settings.problems, events]).toEqual([standardSettingsText(), standardSettings, [], []])
  })

  it('is refused when the file was edited meanwhile, and the edit is in force', async () => {
    const settings = await open()
    const seen = settings.revision
    write('version: 1\nlock: {afterMinutes: 3}')
    expect(await settings.change({ 'log.level': 'loud' }, seen)).toMatchObject({ ok: false, reason: 'edited-meanwhile' })
    const refused = await settings.change({ 'lock.afterMinutes': 9 }, seen)
    expect(refused).toEqual({ ok: false, reason: 'edited-meanwhile', revision: settings.revision })
    expect([settings.current.lock.afterMinutes, readFileSync(file(), 'utf8')]).toEqual([3, 'version: 1\nlock: {afterMinutes: 3}'])
    expect(await settings.change({ 'lock.afterMinutes': 9 }, settings.revision)).toMatchObject({ ok: true })
  })

  it('is refused while the file has a fault: what a person is about to write would be lost', async () => {
    const settings = await open()
    write('version: 1\nlog: {level: loud}')
    await settings.refresh()
    expect(await settings.change({ 'log.keepDays': 3 }, settings.revision)).toMatchObject({ ok: false, reason: 'file-has-problems', problems: [{ path: 'log.level' }] })
    expect(readFileSync(file(), 'utf8')).toBe('version: 1\nlog: {level: loud}')
  })

  it('and another at the same moment: the second is told to look again', async () => {
    const settings = await open()
    const seen = settings.revision
    const both = await Promise.all([settings.change({ 'log.keepDays': 3 }, seen), settings.change({ 'log.keepDays': 4 }, seen)])
    expect(both.map(({ ok }) => ok)).toEqual([true, false])
    expect(settings.current.log.keepDays).toBe(3)
  })

  it('is not written over an edit that comes while it is being written', async () => {
    const { writeWhole } = await import('../../../../src-main/store/settings/whole-file.ts')
    write('the edit of a person')
    expect(await writeWhole(file(), 'of the program', () => Promise.resolve(false))).toBe(false)
    expect([readFileSync(file(), 'utf8'), readdirSync(folder)]).toEqual(['the edit of a person', ['settings.yaml']])
  })

  it('tells of an address only where it leads to', async () => {
    const settings = await open()
    const events = eventsOf(settings)
    const changed = await settings.change({ 'alerts.alive.url': 'https://alive.example/token-1234' }, settings.revision)
    expect(JSON.stringify([changed, events])).not.toContain('token')
    expect(changed).toMatchObject({ changes: [{ path: 'alerts.alive.url', old: '', new: 'https://alive.example/…' }] })
    expect(settings.current.alerts.alive.url).toBe('https://alive.example/token-1234')
  })

  it('stops telling whoever no longer listens', async () => {
    const settings = await open()
    let told = 0
    const stop = settings.onChange(() => (told += 1))
    await settings.change({ 'log.keepDays': 3 }, settings.revision)
    stop()
    await settings.change({ 'log.keepDays': 4 }, settings.revision)
    expect(told).toBe(1)
  })

  it('says so when it cannot be kept for the next start', async () => {
    const settings = await open()
    rmSync(lastGood())
    mkdirSync(join(lastGood(), 'in-the-way'), { recursive: true })
    chmodSync(lastGood(), 0o700)
    expect(await settings.change({ 'log.keepDays': 3 }, settings.revision)).toMatchObject({ ok: true })
    expect([settings.current.log.keepDays, settings.problems]).toMatchObject([3, [{ code: 'file-unwritable' }]])
  })
})
