import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  readSettings, settingGroups, settingsSchema, settingValues, standardSettings, standardSettingsText, type SettingsProblem,
} from '../../../../src-main/store/settings/index.ts'
import { readSettingsBytes } from '../../../../src-main/store/settings/read-settings.ts'

const problemsOf = (text: string): readonly SettingsProblem[] => {
  const read = readSettings(text)
  return read.ok ? [] : read.error
}
const shortly = (text: string): readonly string[] =>
  problemsOf(text).map(({ line, column, path, code }) => `${line}:${column} ${path} ${code}`)

describe('a settings file', () => {
  it('that says nothing but its version has the standard values', () => {
    expect(readSettings('version: 1')).toEqual({ ok: true, value: standardSettings })
    expect(readSettings(standardSettingsText())).toEqual({ ok: true, value: standardSettings })
    expect(standardSettings).toEqual({
      version: 1,
      backup: { enabled: true, atUtc: '03:00', folder: 'backups', keep: { days: 7, weeks: 4, months: 12 } },
      alerts: { desktop: true, sound: true, webhook: { url: '' }, telegram: { chatId: '' }, alive: { url: '', everyMinutes: 5 } },
      lock: { afterMinutes: 15 },
      log: { level: 'info', keepDays: 14, maxMegabytes: 64 },
      metrics: { enabled: true },
      traces: { enabled: false, endpoint: '' },
      journal: { segmentMegabytes: 16, archiveAfterDays: 90, sizeLimitMegabytes: 0, verifyDaily: true },
      reminders: { keyAgeDays: 90, drillAgeDays: 90 },
    })
  })

  it('may leave a group or a value empty, or in part', () => {
    expect(readSettings('version: 1\nlog:\nbackup:\n  keep: {days: 3}\n  folder:\n')).toMatchObject({
      ok: true, value: { log: standardSettings.log, backup: { folder: 'backups', keep: { days: 3, weeks: 4 } } },
    })
  })

  it('may be written on Windows, and with a mark at its beginning', () => {
    expect(readSettings('\uFEFFversion: 1\r\nlock:\r\n  afterMinutes: 3\r\n')).toMatchObject({ ok: true, value: { lock: { afterMinutes: 3 } } })
  })

  it.each([
    ['', ['1:1 version missing-version']],
    ['# only a comment\n', ['1:1 version missing-version']],
    ['version: 2', ['1:10 version newer-version']],
    ['version: 0', ['1:10 version wrong-value']],
    ['version: "1"', ['1:10 version wrong-value']],
    ['version: 1\nlog: 3', ['2:6 log wrong-value']],
    ['version: 1\nlog: [a]', ['2:6 log wrong-value']],
    ['- version: 1', ['1:1  wrong-value']],
    ['version: 1\nlog:\n  level: loud\n  keepDays: 0\n', ['3:10 log.level wrong-value', '4:13 log.keepDays wrong-value']],
    ['version: 1\nbackup:\n  enabled: yes', ['3:12 backup.enabled wrong-value']],
    ['version: 1\nbackup:\n  atUtc: 25:00', ['3:10 backup.atUtc wrong-value']],
    ['version: 1\nbackup:\n  folder: ""', ['3:11 backup.folder wrong-value']],
    ['version: 1\nbackup:\n  folder: "a\\0b"', ['3:11 backup.folder wrong-value']],
    ['version: 1\nbackups: {}\nlog: {levle: info}', ['3:7 log.levle unknown-name', '2:1 backups unknown-name']],
    ['version: 1\nlock: {afterMinutes: .nan}', ['2:22 lock.afterMinutes wrong-value']],
    ['version: 1\nlock: {afterMinutes: 1.5}', ['2:22 lock.afterMinutes wrong-value']],
    ['version: 1\nlock: {afterMinutes: "5"}', ['2:22 lock.afterMinutes wrong-value']],
    ['version: 1\nalerts: {quietHours: {fromUtc: 01:00}}', ['2:22 alerts.quietHours.toUtc missing-value']],
    ['version: 1\nalerts: {quietHours: {fromUtc: 01:00, toUtc: 01:00}}', ['2:22 alerts.quietHours wrong-value']],
    ['version: 1\nalerts: {telegram: {chatId: a chat}}', ['2:29 alerts.telegram.chatId wrong-value']],
    ['version: 1\nversion: 1', ['2:1  syntax']],
    ['version: 1\nlog: {', ['2:7  syntax']],
    ['version: !odd 1', ['1:10  syntax']],
    ['version: 1\n---\nversion: 1', ['2:1  syntax']],
    ['version: 1\nlog: &l {}\nlock: *l', ['3:7  alias']],
    ['version: 1\n__proto__: {}', ['2:1 __proto__ unknown-name']],
  ])('%j is refused, and each fault has its place', (text, expected) => {
    expect(shortly(text)).toEqual(expected)
  })

  it('names what was expected and what was there, in one sentence', () => {
    expect(problemsOf('version: 1\nlog: {keepDays: 0, level: loud, hue: red}\nbackup: {folder: 3}').map(({ reason }) => reason)).toEqual([
      'backup.folder: expected the path of a folder, was 3.',
      'log.level: expected one of trace, debug, info, warn, error, was "loud".',
      'log.keepDays: expected a whole number from 1 to 3,650, was 0.',
      'There is no setting "hue" in log.',
    ])
    expect(problemsOf('')[0]?.reason).toBe('Expected the line "version: 1".')
    expect(problemsOf('version: 9')[0]?.reason).toBe('This file is of version 9; this version of Ballast reads version 1.')
    expect(problemsOf(`version: 1\nlog: {level: ${'x'.repeat(200)}}`)[0]?.reason.length).toBeLessThan(160)
  })

  it.each(['http://hook.example/token-1234', 'ftp://hook.example/token-1234', 'token-1234', 'javascript:token-1234', 'http://localhost.evil.example/token-1234'])(
    'may not send to %s, and does not repeat what may be a secret', (url) => {
      const problems = problemsOf(`version: 1\nalerts: {webhook: {url: "${url}"}, alive: {url: "${url}"}}\ntraces: {endpoint: "${url}"}`)
      expect(problems.map(({ path }) => path)).toEqual(['alerts.webhook.url', 'alerts.alive.url', 'traces.endpoint'])
      expect(JSON.stringify(problems)).not.toContain('token')
    },
  )

  it.each([
    'alerts:\n  webhook: https://hooks.example/S3CRET',
    'alerts:\n  telegram: 123456:S3CRET',
    'alerts:\n  telegram: 4711',
    'alerts:\n  telegram:\n    chatId: 123456:S3CRET',
    'alerts:\n  telegram:\n    chatId: S3CRET',
    'alerts: https://hooks.example/S3CRET',
    'backup:\n  atUtc: 123456:S3CRETS3CRET',
    'backup:\n  folder: "S3CRET\\0"',
    'log:\n  level: https://hooks.example/S3CRET',
    'lock:\n  afterMinutes: S3CRET',
    'https://hooks.example/S3CRET: 1',
    'alerts:\n  webhook:\n    https://hooks.example/S3CRET: 1',
    'alerts:\n  webhook:\n    url: [https://hooks.example/S3CRET]',
    'alerts:\n  webhook:\n    url: |https://hooks.example/S3CRET',
    'alerts:\n  webhook:\n    url: !https://hooks.example/S3CRET',
    'alerts:\n  webhook:\n    url: !S3CRET x',
    'alerts:\n  webhook:\n    url: *https://hooks.example/S3CRET',
    'alerts:\n  webhook:\n    url: &S3CRET &S3CRET https://hooks.example/S3CRET',
    'alerts:\n  webhook:\n    url: "https://hooks.example\\S3CRET"',
    'alerts:\n  webhook:\n    url: @S3CRET',
    '%S3CRET',
    'alerts:\n  webhook:\n    url: "x" S3CRET',
    'alerts:\n  webhook: https://hooks.example/S3CRET\n    url: x',
  ])('says in a sentence of its own what is wrong with %j, and repeats nothing of it that may be a secret', (text) => {
    const read = readSettings(`${text}\nversion: 1\n`)
    if (read.ok) throw new Error('expected it to be refused')
    expect(JSON.stringify(read.error)).not.toMatch(/S3CRET|hooks|4711/)
    for (const { reason } of read.error) expect(reason).toMatch(/^[A-Z].*\.$|^[a-zA-Z.]+: expected .*\.$/)
  })

  it.each(['https://hook.example/token', 'http://localhost:4318/v1', 'http://127.0.0.1/x', 'http://[::1]:9/x'])('may send to %s', (url) => {
    expect(problemsOf(`version: 1\nalerts: {webhook: {url: "${url}"}}`)).toEqual([])
  })

  it('is not read when it is too large or no text', () => {
    expect(readSettingsBytes(new Uint8Array(65 * 1024))).toMatchObject({ ok: false, error: [{ code: 'too-large' }] })
    expect(readSettingsBytes(Uint8Array.of(0xff, 0xfe, 0x31))).toMatchObject({ ok: false, error: [{ code: 'not-text' }] })
  })

  it.each(['[', '{a: ', '- '])('made of nothing but %j is refused with a bounded list', (bracket) => {
    const problems = problemsOf(bracket.repeat(20_000))
    expect(problems.length).toBeGreaterThan(0)
    expect(problems.length).toBeLessThanOrEqual(20)
  })

  it('never throws, whatever is in it, and is right only with a version', () => {
    const pieces = fc.constantFrom(
      'version: 1', 'log:', '  level: debug', 'backup: {', '}', '- ', '? ', ': ', '&a ', '*a', '!!str ', '!!map ', '|', '>', '"', `'`, '#', '\t', '\n', '\n', '%YAML 1.1', '---', '...',
      '<<: ', '0x1f', '.inf', '~', '@', '\u0000', '\u2028', '\ud800', '__proto__: ', 'constructor: ',
    )
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.array(fc.oneof(pieces, fc.string({ maxLength: 3 })), { maxLength: 30 }).map((parts) => parts.join('')))
    fc.assert(fc.property(text, (given) => {
      const read = readSettings(given)
      if (read.ok) expect(given).toMatch(/version/)
      else expect(read.error.length).toBeGreaterThan(0)
    }), { numRuns: 1_000 })
  })
})

describe('the values', () => {
  it('have each a sentence, what is expected, and a standard that fits', () => {
    expect(settingValues.length).toBeGreaterThan(25)
    for (const { path, description, expected, standard } of settingValues) {
      expect(description, path).toMatch(/^[A-Z].*\.$/)
      expect(expected, path).not.toBe('')
      if (path !== 'version' && !path.startsWith('alerts.quietHours')) expect(standard, path).toBeDefined()
    }
    expect(settingGroups.filter(({ path }) => path !== '').every(({ description }) => /^[A-Z].*\.$/.test(description))).toBe(true)
    expect(settingsSchema.parse({ version: 1 })).toEqual(standardSettings)
  })

  it('that may hold a secret are marked', () => {
    expect(settingValues.filter(({ isPrivate }) => isPrivate).map(({ path }) => path)).toEqual(['alerts.webhook.url', 'alerts.alive.url', 'traces.endpoint'])
  })
})
