import { describe, expect, it } from 'vitest'
import { isDecimalStep } from '../../../../src-main/base/index.ts'
import { tradesAt } from '../../../../src-main/venues/sim/daily-rhythm.ts'
import { demoDrivers, demoInstruments } from '../../../../src-main/venues/sim/demo-instruments.ts'

const idGrammar = /^[A-Z0-9][A-Z0-9./:_-]{0,39}$/

describe('the demo instruments', () => {
  it('are eight of one venue, each with its own name and a proper grid', () => {
    expect(demoInstruments.map(({ instrument }) => instrument.id)).toEqual([
      'BTC/USD', 'ETH/USD', 'SOL/USD', 'XRP/USD', 'BTC/USD:PERP', 'ETH/USD:PERP', 'EUR/USD', 'BLST',
    ])
    for (const { instrument } of demoInstruments) {
      expect(instrument.id).toMatch(idGrammar)
      expect(instrument.venue).toBe('sim')
      expect(isDecimalStep(instrument.tick) && isDecimalStep(instrument.lot)).toBe(true)
    }
  })

  it('give a perpetual another grid than its spot market, and the same driver', () => {
    const [spot, perpetual] = [demoInstruments[0], demoInstruments[4]]
    expect(perpetual?.driver).toBe(spot?.driver)
    expect(perpetual?.instrument.tick).not.toEqual(spot?.instrument.tick)
    expect(perpetual?.instrument.lot).not.toEqual(spot?.instrument.lot)
    for (const { driver } of demoInstruments) expect(demoDrivers).toContain(driver)
  })

  it('let the share trade from Monday to Friday in its session only', () => {
    const hours = demoInstruments[7]?.instrument.hours ?? { kind: 'always' }
    const [friday, saturday] = [Date.UTC(2026, 10, 20) / 86_400_000, Date.UTC(2026, 10, 21) / 86_400_000]
    expect([809, 810, 1199, 1200].map((minute) => tradesAt(hours, friday, minute))).toEqual([false, true, true, false])
    expect(tradesAt(hours, saturday, 900)).toBe(false)
  })
})
