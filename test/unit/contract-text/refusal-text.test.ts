import { describe, expect, it } from 'vitest'
import { refusalRules } from '../../../src-main/domain/index.ts'
import { locales, messageKeys, refusalRuleNames, refusalText, refusalUnits, type RefusalView } from '../../../src-preload/contract/index.ts'

const print = (value: number, unit: string): string => `${value} ${unit}`
const refusal = (part: Partial<RefusalView> & Pick<RefusalView, 'rule'>): RefusalView =>
  ({ limit: null, actual: null, unit: null, asset: null, instrument: null, detail: 'because of it', ...part })

describe('the words of a refusal', () => {
  it('exist for each rule of the engine, and for no other', () => {
    expect([...refusalRuleNames].sort()).toEqual([...refusalRules].sort())
  })

  it.each(locales)('say what was allowed and what was met, in %s', (locale) => {
    const said = refusalText(locale, refusal({ rule: 'risk.position', limit: 10, actual: 12, unit: 'lots' }), print)
    expect(said).toContain('10 lots')
    expect(said).toContain('12 lots')
  })

  it.each(locales)('leave no placeholder open, with numbers or without, in %s', (locale) => {
    for (const rule of refusalRuleNames) {
      for (const unit of [null, ...refusalUnits]) {
        const numbers = unit === null ? {} : { limit: 1, actual: 2, unit }
        expect(refusalText(locale, refusal({ rule, ...numbers }), print)).not.toMatch(/[?{}]/)
      }
    }
  })

  it('name no number that is not known', () => {
    expect(refusalText('en', refusal({ rule: 'risk.leverage' }), print)).toBe('The account has no equity to carry this.')
  })

  it('have sentences with numbers only for rules that there are', () => {
    const known = new Set<string>(refusalRuleNames.map((rule) => `refusal.${rule}`))
    const strangers = messageKeys.filter((key) => key.startsWith('refusal.') && !known.has(key.replace(/\.numbers$/, '')))
    expect(strangers).toEqual([])
  })
})
