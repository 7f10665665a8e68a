import { describe, expect, it } from 'vitest'
import { alertAction, alertTitle } from '../../../../src-renderer/format/alert-title.ts'
import { fileName } from '../../../../src-renderer/format/file-name.ts'
import { printBytes, printQuantity } from '../../../../src-renderer/format/quantity.ts'

describe('quantities', () => {
  it.each([
    [0.000_41, 'seconds', '0.41 ms'], [0.084, 'seconds', '84.0 ms'], [1.76, 'seconds', '1.76 s'], [11_520, 'seconds', '3 h 12 min'],
    [2 * 86_400 + 61, 'seconds', '2 d 00:01:01'], [0.07, 'days', '0.1 d'], [41, 'days', '41 d'], [0.125, 'ratio', '12.5 %'], [12_345, 'count', '12,345'],
    [null, 'bytes', '–'],
  ] as const)('print %d %s as %s', (value, unit, text) => {
    expect(printQuantity('en', value, unit)).toBe(text)
  })

  it.each([[0, '0 B'], [812, '812 B'], [999, '999 B'], [1_000, '1.0 kB'], [99_949, '99.9 kB'], [99_950, '100 kB'], [999_499, '999 kB'], [999_500, '1.0 MB'], [23_456_789, '23.5 MB'], [7e15, '7,000 TB']])(
    'print %d bytes as %s', (bytes, text) => {
      expect(printBytes('en', bytes)).toBe(text)
    })

  it('print French in octets and with a comma', () => {
    expect(printBytes('fr', 1_400_000)).toBe('1,4 Mo')
    expect(printQuantity('fr', 1.1, 'days')).toBe('1,1 j')
  })
})

describe('a file', () => {
  it.each([['/a/b/c.backup', 'c.backup'], ['C:\\books\\c.backup', 'c.backup'], ['c.backup', 'c.backup']])('%s is called %s', (path, name) => {
    expect(fileName(path)).toBe(name)
  })
})

describe('the words of an alert', () => {
  it('are those of the catalogue, filled in', () => {
    expect(alertTitle('en', { rule: 'disk-low', details: { megabytes: 812 } })).toBe('Only 812 MB are free on the disk of the books.')
    expect(alertAction('fr', { rule: 'test' })).not.toBe('')
  })

  it('are at least the name of a rule that is not known here', () => {
    expect(alertTitle('en', { rule: 'of-tomorrow', details: {} })).toBe('of-tomorrow')
    expect(alertAction('en', { rule: 'of-tomorrow' })).toBe('')
  })
})
