import { describe, expect, it } from 'vitest'
import { always, isOpenAt, never, parseWindow } from '../../../src-main/risk-policy/trading-windows.ts'

const windowsOf = (text: string) => {
  const windows = parseWindow(text)
  if (typeof windows === 'string') throw new Error(windows)
  return windows
}

describe('a trading window', () => {
  it.each([
    ['mon-fri 07:00-21:00', Date.UTC(2026, 5, 17, 7), true],
    ['mon-fri 07:00-21:00', Date.UTC(2026, 5, 17, 21), false],
    ['mon-fri 07:00-21:00', Date.UTC(2026, 5, 20, 12), false],
    ['sun 22:00-02:00', Date.UTC(2026, 5, 22, 1, 59), true],
    ['sun 22:00-02:00', Date.UTC(2026, 5, 21, 1), false],
    ['sat-mon 00:00-24:00', Date.UTC(2026, 5, 21, 23, 59, 59, 999), true],
    ['sat-mon 00:00-24:00', Date.UTC(2026, 5, 23), false],
  ])('%s at %d is open: %s', (text, at, isOpen) => expect(isOpenAt(windowsOf(text), at)).toBe(isOpen))

  it('is open at every moment, or at none', () => {
    expect([0, 345_600_000, 1_781_700_000_000].map((at) => [isOpenAt(always, at), isOpenAt(never, at)])).toEqual([[true, false], [true, false], [true, false]])
  })

  it.each(['mon 7:00-21:00', 'mon 07:00-24:30', 'mon', '07:00-21:00', 'mon-xyz 07:00-21:00', 'mon  07:00-21:00'])('does not take %s', (text) => expect(parseWindow(text)).toBe('malformed'))
})
