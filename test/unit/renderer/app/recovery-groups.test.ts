import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { flawOf } from '../../../../src-renderer/app/passphrase-dialog.tsx'
import { askedGroups, groupsOf, isSameGroup } from '../../../../src-renderer/app/recovery-groups.ts'

const code = 'A1B0-CDEF-0110-WXYZ-2345-6789-GHJK'

describe('a recovery code on paper', () => {
  it('has seven groups', () => {
    expect(groupsOf(code)).toHaveLength(7)
    expect(groupsOf(code)[2]).toBe('0110')
  })

  it('is read back in either case, with what looks alike taken for the same', () => {
    expect(isSameGroup('0110', 'oIlo')).toBe(true)
    expect(isSameGroup('CDEF', ' cd-ef ')).toBe(true)
  })

  it.each(['', 'CDE', 'CDEG', 'CDEFF'])('is not read back by “%s”', (typed) => {
    expect(isSameGroup('CDEF', typed)).toBe(false)
  })

  it('is never read back where there is no such group', () => {
    expect(isSameGroup(undefined, '')).toBe(false)
  })

  it('asks for two different groups, whatever chance says', () => {
    fc.assert(fc.property(fc.uint8Array({ minLength: 2, maxLength: 2 }), (bytes) => {
      const [one, other] = askedGroups(7, bytes)
      expect(one).toBeGreaterThanOrEqual(0)
      expect(other).toBeGreaterThan(one)
      expect(other).toBeLessThan(7)
    }))
  })
})

describe('a new passphrase', () => {
  const good = 'ten letters and more'
  it.each([
    ['is fine as the first one', { old: undefined, next: good, again: good }, undefined],
    ['is fine with the one so far', { old: 'whatever', next: good, again: good }, undefined],
    ['wants the one so far', { old: '', next: good, again: good }, 'missing'],
    ['is long enough, counted in characters', { old: undefined, next: '🔑🔑🔑🔑🔑', again: '🔑🔑🔑🔑🔑' }, 'weak'],
    ['is typed twice the same', { old: undefined, next: good, again: `${good}.` }, 'differ'],
  ] as const)('%s', (_what, typed, flaw) => {
    expect(flawOf(typed)).toBe(flaw)
  })
})
