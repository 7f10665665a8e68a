import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { rawOf } from '../../../src-main/base/index.ts'
import {
  policyPaths, policyProblemCodes, policySchema, policyText, policyValues, readPolicy, readPolicyBytes, standardPolicyIn, standardPolicyText,
} from '../../../src-main/risk-policy/index.ts'
import { policyOf } from './policies.ts'

const told = (text: string) => {
  const read = readPolicy(text)
  return read.ok ? [] : read.problems.map(({ line, column, path, code }) => [line, column, path, code])
}
const inOrder = (line: string): string => `version: 1\norder:\n  ${line}`

describe('the standard policy', () => {
  it('is what the file says that is made of it', () => {
    expect(readPolicy(standardPolicyText())).toEqual({ ok: true, policy: standardPolicyIn('EUR') })
    expect(readPolicy(standardPolicyText('USD'))).toEqual({ ok: true, policy: standardPolicyIn('USD') })
  })

  it('is what a file has that says nothing but its form', () => expect(policyOf()).toEqual(standardPolicyIn('EUR')))

  it('has the limits that the house promises', () => {
    const { values } = standardPolicyIn('EUR')
    expect([
      values['capital.max'], values['losses.dailyMax'], values['losses.drawdownMax'], values['losses.streakMax'], values['losses.streakPauseMinutes'], values['exposure.sectorMax'],
      values['sizing.kellyMax'], values['sizing.edgeMin'],
    ].map(rawOf)).toEqual([10_000_000_000, 50_000_000, 150_000_000, 3, 60, 300_000_000, 80_000_000, 80_000_000])
  })

  it('explains every limit in the file', () => {
    const text = standardPolicyText()
    expect(policyPaths.filter((path) => !text.includes(`# ${policyValues[path].description}\n  ${path.split('.')[1]}: ${policyValues[path].standard}\n`))).toEqual([])
  })
})

describe('a policy', () => {
  it('takes each number as its digits say, also where a float could not', () => {
    const { values } = policyOf('order:\n  notionalMax: 900000000.000001\n  priceBandMax: 0.1000001 %\nexposure:\n  leverageMax: 1.100000001\n')
    expect([values['order.notionalMax'], values['order.priceBandMax'], values['exposure.leverageMax']].map(rawOf)).toEqual([900_000_000_000_001, 1_000_001, 1_100_000_001])
  })

  it('takes what is said for one instrument, also above the limit for all', () => {
    const { instruments } = policyOf('instruments:\n  BTC-USD:\n    notionalMax: 5000\n    openMax: 3\n  ETH-USD:\n')
    expect([...instruments].map(([name, rules]) => [name, rules.notionalMax === undefined ? undefined : rawOf(rules.notionalMax), rules.openMax === undefined ? undefined : rawOf(rules.openMax)]))
      .toEqual([['BTC-USD', 5_000_000_000, 3], ['ETH-USD', undefined, undefined]])
  })

  it('takes lines that end as Windows ends them, and a mark at the beginning', () => {
    expect(readPolicy('\uFEFFversion: 1\r\norder:\r\n  openMax: 7\r\n')).toMatchObject({ ok: true, policy: { values: { 'order.openMax': 7 } } })
  })

  it('says the same when it is written and read again', () => {
    const policy = policyOf('currency: USD\norder: {openMax: 7}\ninstruments: {"BTC:USD": {priceBandMax: 0.5 %}}\nhours: {windowsUtc: [fri-mon 22:30-02:00, daily 10:00-24:00]}\n')
    expect(readPolicy(policyText(policy))).toEqual({ ok: true, policy })
    expect(readPolicy(policyText({ ...policy, windows: [] }))).toEqual({ ok: true, policy: { ...policy, windows: [] } })
  })
})

describe('a fault', () => {
  it.each([
    ['a bracket that is not closed', 'version: 1\norder: {openMax: 1', [2, 19, '', 'syntax-indent']],
    ['a quote that is not closed', 'version: "1', [1, 12, '', 'syntax-missing']],
    ['a line with two colons', 'version: 1: 2', [1, 10, '', 'syntax']],
    ['a tab at the beginning of a line', 'version: 1\norder:\n\topenMax: 1', [3, 1, '', 'syntax-tab']],
    ['a name that is there twice', inOrder('openMax: 1\n  openMax: 2'), [4, 3, '', 'syntax-twice']],
    ['a tag', inOrder('openMax: !!int 1'), [3, 12, '', 'syntax-tag']],
    ['an alias', 'version: &one 1\norder:\n  openMax: *one', [3, 12, '', 'alias']],
    ['an empty file', '', [0, 0, '', 'empty-file']],
    ['a file that is one word', 'nothing', [1, 1, '', 'not-a-policy']],
    ['no version', 'order:\n  openMax: 1', [1, 1, 'version', 'missing-version']],
    ['a version of the future', 'version: 2', [1, 10, 'version', 'newer-version']],
    ['a version that is none', 'version: one', [1, 10, 'version', 'wrong-version']],
    ['a group that is not known', 'version: 1\nleverage:\n  max: 3', [2, 1, 'leverage', 'unknown-name']],
    ['a limit that is mistyped', inOrder('notionalMx: 3'), [3, 3, 'order.notionalMx', 'unknown-name-meant']],
    ['a limit of another group', inOrder('leverageMax: 3'), [3, 3, 'order.leverageMax', 'unknown-name']],
    ['a value in place of a group', 'version: 1\norder: 3', [2, 8, 'order', 'not-names']],
    ['a list in place of a value', inOrder('openMax: [1]'), [3, 12, 'order.openMax', 'not-one-value']],
    ['a name with nothing behind it', inOrder('openMax:'), [3, 11, 'order.openMax', 'no-value']],
    ['a currency in small letters', 'version: 1\ncurrency: eur', [2, 11, 'currency', 'wrong-currency']],
    ['an instrument that cannot be one', 'version: 1\ninstruments:\n  "BTC USD": {openMax: 1}', [3, 3, 'instruments.BTC USD', 'wrong-instrument']],
    ['a limit of an instrument that is not known', 'version: 1\ninstruments:\n  BTC-USD:\n    openMx: 1', [4, 5, 'instruments.BTC-USD.openMx', 'unknown-name-meant']],
    ['an amount with a sign of its currency', inOrder('notionalMax: 1000 EUR'), [3, 16, 'order.notionalMax', 'wrong-money']],
    ['an amount with an exponent', inOrder('notionalMax: 1e3'), [3, 16, 'order.notionalMax', 'wrong-money']],
    ['an amount with groups of digits', inOrder('notionalMax: "1,000"'), [3, 16, 'order.notionalMax', 'wrong-money']],
    ['an amount without an end', inOrder('notionalMax: .inf'), [3, 16, 'order.notionalMax', 'wrong-money']],
    ['a percentage that is no number', inOrder('priceBandMax: some %'), [3, 17, 'order.priceBandMax', 'wrong-percent']],
    ['a percentage without its sign', inOrder('priceBandMax: 3'), [3, 17, 'order.priceBandMax', 'percent-sign']],
    ['a factor with a percent sign', 'version: 1\nsizing:\n  kellyMax: 8 %', [3, 13, 'sizing.kellyMax', 'wrong-factor']],
    ['half an order', inOrder('openMax: 1.5'), [3, 12, 'order.openMax', 'wrong-count']],
    ['more decimals than are counted', inOrder('notionalMax: 1.0000001'), [3, 16, 'order.notionalMax', 'too-fine']],
    ['a limit of zero', inOrder('notionalMax: 0'), [3, 16, 'order.notionalMax', 'not-positive']],
    ['a limit below zero', inOrder('openMax: -1'), [3, 12, 'order.openMax', 'not-positive']],
    ['a limit of zero for one instrument', 'version: 1\ninstruments:\n  BTC-USD: {notionalMax: 0}', [3, 26, 'instruments.BTC-USD.notionalMax', 'not-positive']],
    ['a limit that is too small to mean it', inOrder('notionalMax: 0.001'), [3, 16, 'order.notionalMax', 'too-small']],
    ['a loss of more than everything', 'version: 1\nlosses:\n  dailyMax: 101 %', [3, 13, 'losses.dailyMax', 'too-large']],
    ['a number that is past counting', inOrder('notionalMax: 99999999999999999999'), [3, 16, 'order.notionalMax', 'too-large']],
    ['hours in a word that is not known', 'version: 1\nhours: {windowsUtc: sometimes}', [2, 21, 'hours.windowsUtc', 'wrong-windows']],
    ['hours without a window', 'version: 1\nhours: {windowsUtc: []}', [2, 21, 'hours.windowsUtc', 'no-windows']],
    ['a window of no day', 'version: 1\nhours:\n  windowsUtc:\n    - monday 07:00-21:00', [4, 7, 'hours.windowsUtc.0', 'wrong-window']],
    ['a window that never opens', 'version: 1\nhours:\n  windowsUtc: [sat 10:00-10:00]', [3, 16, 'hours.windowsUtc.0', 'window-never-opens']],
    ['a warning above its limit', 'version: 1\nlosses:\n  dailyWarn: 6 %', [3, 14, 'losses.dailyWarn', 'warn-above']],
    ['a limit below its standard warning', 'version: 1\nlosses:\n  drawdownMax: 10 %', [3, 16, 'losses.drawdownMax', 'warn-above']],
  ])('is %s, told with its place', (_name, text, problem) => expect(told(text)).toEqual([problem]))

  it('is told of with all the others, in the order of the file', () => {
    expect(told('version: 1\nlosses:\n  dailyMax: 0 %\norder:\n  openMx: 1\n  openMax: x')).toEqual([
      [3, 13, 'losses.dailyMax', 'not-positive'], [5, 3, 'order.openMx', 'unknown-name-meant'], [6, 12, 'order.openMax', 'wrong-count'],
    ])
  })

  it('names what was probably meant', () => {
    const read = readPolicy(inOrder('notionalMx: 3'))
    expect(read).toMatchObject({ problems: [{ details: { name: 'notionalMx', meant: 'notionalMax' } }] })
  })

  it('says of a long text no more than fits a line', () => {
    const read = readPolicy(inOrder(`openMax: "${'long\\n'.repeat(40)}"`))
    expect(read).toMatchObject({ problems: [{ details: { given: `${'long?'.repeat(6)}l…` } }] })
  })

  it('in the bytes is told before anything is read', () => {
    expect(readPolicyBytes({ ok: false, error: 'not-text' })).toMatchObject({ problems: [{ code: 'not-text', line: 0 }] })
    expect(readPolicyBytes({ ok: false, error: 'too-large' })).toMatchObject({ problems: [{ code: 'too-large-file', line: 0 }] })
  })

  it('has a code of its own for each cause', () => expect(new Set(policyProblemCodes).size).toBe(policyProblemCodes.length))
})

describe('the published schema', () => {
  const schema = z.fromJSONSchema(policySchema() as Parameters<typeof z.fromJSONSchema>[0])

  it('takes the standard file as an editor reads it', () => {
    const read = schema.safeParse(parse(standardPolicyText()))
    expect(read.error?.issues ?? []).toEqual([])
  })

  it.each([
    ['an unknown limit', 'version: 1\norder: {notionalMx: 3}'],
    ['a percentage without its sign', 'version: 1\norder: {priceBandMax: 3}'],
    ['a negative limit', 'version: 1\norder: {notionalMax: -3}'],
    ['a window of no day', 'version: 1\nhours: {windowsUtc: [monday 07:00-21:00]}'],
    ['no version', 'order: {notionalMax: 3}'],
  ])('marks %s, as Ballast does', (_name, text) => {
    expect(schema.safeParse(parse(text)).success).toBe(false)
    expect(readPolicy(text).ok).toBe(false)
  })
})
