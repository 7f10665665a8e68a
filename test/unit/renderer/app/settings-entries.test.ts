import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  controlOf, hiddenValue, parseTyped, problemsIn, sectionOf, withDraft, type SettingEntry, type SettingScalar,
} from '../../../../src-renderer/app/settings-entries.ts'
import { isMessageKey } from '../../../../src-preload/contract/text/index.ts'
import { hiddenValue as hiddenByEngine } from '../../../../src-main/bookkeeping/setting-handlers.ts'
import { settingValues } from '../../../../src-main/store/index.ts'

const entry = (path: string, preset: SettingScalar, value = preset): SettingEntry => ({ path, preset, value, meaning: 'what it is for' })

describe('a setting on the screen', () => {
  it('has a name and a meaning in the catalogue for every value that the engine shows', () => {
    const shown = settingValues.filter(({ standard }) => standard !== undefined)
    expect(shown.length).toBeGreaterThan(20)
    const wordless = shown.flatMap(({ path }) => [`screen.setting.${path}`, `screen.setting.${path}.means`]).filter((key) => !isMessageKey(key))
    expect(wordless).toEqual([])
  })

  it('is hidden wherever the engine holds it private, set or not', () => {
    const kinds = settingValues.filter(({ isPrivate }) => isPrivate).map(({ path }) => controlOf(entry(path, '')).kind)
    expect(kinds).toEqual(['private', 'private', 'private'])
    expect(hiddenValue).toBe(hiddenByEngine)
    expect(controlOf(entry('alerts.future.key', '', hiddenValue)).kind).toBe('private')
  })

  it.each([
    ['backup.enabled', true, 'switch'], ['backup.keep.days', 7, 'number'], ['backup.atUtc', '03:00', 'time'], ['backup.folder', 'backups', 'text'],
    ['log.level', 'info', 'choice'],
  ] as const)('%s gets the control that fits it', (path, preset, kind) => {
    expect(controlOf(entry(path, preset)).kind).toBe(kind)
  })

  it('lies in the section of its first name, and one of a later version in the last', () => {
    expect(sectionOf('backup.keep.days')).toBe('backup')
    expect(sectionOf('journalling.speed')).toBe('reminders')
  })
})

describe('what is typed', () => {
  it.each([['12', 12], [' 0 ', 0], ['-3', -3], ['soon', 'soon'], ['', ''], ['1e9', '1e9'], ['0x1F', '0x1F']])('as %j becomes %j for a number', (typed, value) => {
    expect(parseTyped(entry('a.b', 1), typed)).toBe(value)
  })

  it('stays text for a text', () => {
    expect(parseTyped(entry('a.b', ''), ' 12 ')).toBe('12')
  })

  it('is a draft only while it differs from what is in force', () => {
    const days = entry('backup.keep.days', 7, 9)
    const drafts = withDraft({ 'log.keepDays': 3 }, days, 14)
    expect(drafts).toEqual({ 'log.keepDays': 3, 'backup.keep.days': 14 })
    expect(withDraft(drafts, days, 9)).toEqual({ 'log.keepDays': 3 })
  })
})

describe('the engine’s sentence about wrong values', () => {
  it('is taken apart to stand beside the fields', () => {
    const sentence = 'a.days: expected a number; not 900; b.at: expected a time'
    expect(problemsIn(sentence, ['b.at', 'a.days', 'c'])).toEqual({
      byPath: { 'a.days': 'expected a number; not 900', 'b.at': 'expected a time' }, rest: '',
    })
  })

  it('is kept whole where it names no field', () => {
    expect(problemsIn('The file is gone.', ['a.days'])).toEqual({ byPath: {}, rest: 'The file is gone.' })
    expect(problemsIn('Broken; a.days: wrong', ['a.days'])).toEqual({ byPath: { 'a.days': 'wrong' }, rest: 'Broken' })
  })

  it('loses no reason, whatever the reasons are', () => {
    const reason = fc.stringMatching(/^[a-z ]*[a-z]$/).map((text) => text.trim())
    fc.assert(fc.property(fc.dictionary(fc.constantFrom('a.x', 'b.y', 'c.z'), reason, { minKeys: 1 }), (reasons) => {
      const sentence = Object.entries(reasons).map(([path, why]) => `${path}: ${why}`).join('; ')
      expect(problemsIn(sentence, ['a.x', 'b.y', 'c.z']).byPath).toEqual({ ...reasons })
    }))
  })
})
