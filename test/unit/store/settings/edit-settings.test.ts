import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { editSettings } from '../../../../src-main/store/settings/edit-settings.ts'
import { readSettings, standardSettingsText } from '../../../../src-main/store/settings/index.ts'
import { flatten } from '../../../../src-main/store/settings/setting-values.ts'

const own = `# mine
version: 1   # never touch

lock: { afterMinutes: 5 }   # in one line
backup:
    # four spaces, because I like them
    folder:   "/srv/books"     # on the other disk
    keep:
        days:  30
log:
  level: info
`

describe('a change of one value', () => {
  it.each([
    ['backup.folder', '/mnt/books', `    folder:   /mnt/books     # on the other disk`],
    ['backup.folder', 'a: b # c', `    folder:   'a: b # c'     # on the other disk`],
    ['backup.keep.days', 31, '        days:  31'],
    ['lock.afterMinutes', 0, 'lock: { afterMinutes: 0 }   # in one line'],
    ['log.level', 'debug', '  level: debug'],
  ])('%s to %j touches nothing else', (path, value, line) => {
    const edited = editSettings(own, { [path]: value }).split('\n')
    const before = own.split('\n')
    const changed = edited.flatMap((text, index) => (text === before[index] ? [] : [text]))
    expect([edited.length, changed]).toEqual([before.length, [line]])
    const read = readSettings(edited.join('\n'))
    expect(read.ok && flatten(read.value).get(path)).toBe(value)
  })

  it('that is not there yet comes in a line of its own at the end of its group, and every other line stays', () => {
    const edited = editSettings(own, { 'log.keepDays': 3, 'alerts.sound': false, 'backup.keep.weeks': 2, 'backup.atUtc': '04:00' })
    expect(edited).toBe(own
      .replace('        days:  30\n', '        days:  30\n        weeks: 2\n    atUtc: 04:00\n')
      .replace('  level: info\n', '  level: info\n  keepDays: 3\nalerts:\n  sound: false\n'))
  })

  it('keeps every comment and the order even where the lines have to be laid out anew', () => {
    const edited = editSettings(own, { 'lock.afterMinutes': null, 'alerts.sound': false })
    for (const comment of ['# mine', '# never touch', '# in one line', '# four spaces, because I like them', '# on the other disk']) {
      expect(edited).toContain(comment)
    }
    expect([...edited.matchAll(/^\w+/gm)].map(([name]) => name)).toEqual(['version', 'lock', 'backup', 'log', 'alerts'])
  })

  it('fills a group that has no value yet, and keeps its comment', () => {
    const edited = editSettings('version: 1\nlog: # here\n', { 'log.level': 'warn' })
    expect(edited).toContain('# here')
    expect(readSettings(edited)).toMatchObject({ ok: true, value: { log: { level: 'warn' } } })
  })

  it('takes a group out again, and leaves a file alone that does not have it', () => {
    const hours = { 'alerts.quietHours.fromUtc': '22:00', 'alerts.quietHours.toUtc': '06:00' }
    const withHours = editSettings(standardSettingsText(), hours)
    expect(readSettings(withHours)).toMatchObject({ ok: true, value: { alerts: { quietHours: { fromUtc: '22:00', toUtc: '06:00' } } } })
    expect(readSettings(editSettings(withHours, { 'alerts.quietHours': null }))).toEqual(readSettings(standardSettingsText()))
    expect(editSettings(own, { 'alerts.quietHours': null })).toBe(own)
  })

  it('keeps the ends of lines and the mark of a file from Windows', () => {
    const windows = '\uFEFFversion: 1\r\nlock:\r\n  afterMinutes: 3 # so\r\n'
    expect(editSettings(windows, { 'lock.afterMinutes': 4 })).toBe('\uFEFFversion: 1\r\nlock:\r\n  afterMinutes: 4 # so\r\n')
  })

  it('says afterwards what was asked, whatever was asked and whatever the file looks like', () => {
    const files = fc.constantFrom(own, standardSettingsText(), 'version: 1', 'version: 1\nbackup:\nlog: {}\n', '{version: 1, backup: {folder: x, keep: {days: 1}}}',
      'version: 1\nbackup:\n  folder: |\n    a\n    b\n  keep:\n\n\n# end', `version: 1\n? backup\n: folder: 'it''s'\n`)
    const paths = fc.constantFrom('backup.folder', 'backup.keep.days', 'log.level', 'log.level.deeper', 'alerts.quietHours.fromUtc', 'version', 'x', '__proto__', 'constructor.prototype')
    const values = fc.oneof(fc.string(), fc.string({ unit: 'grapheme' }), fc.integer(), fc.boolean(),
      fc.constantFrom('', 'null', '~', 'true', '1', '- a', 'a: b', '# a', '|', '*a', '&a', '!t', '%', '@', '`', '"', `'`, 'a\nb', ' a ', '\t', '0x1', '1e3', '.nan', '{', '}', ',', 'a,b]'))
    fc.assert(fc.property(files, paths, values, (file, path, value) => {
      const edited = editSettings(file, { [path]: value })
      const read = readSettings(edited)
      if (read.ok) expect(flatten(read.value).get(path)).toBe(value)
      expect(parse(editSettings(edited, { [path]: value }))).toEqual(parse(edited))
    }), { numRuns: 500 })
  })
})
