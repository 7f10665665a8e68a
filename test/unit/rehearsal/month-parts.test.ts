import { describe, expect, it } from 'vitest'
import { createRandom } from '../../../src-main/base/index.ts'
import { Breakdown } from '../../../src-main/rehearsal/breakdown.ts'
import { MachineClock } from '../../../src-main/rehearsal/machine-clock.ts'
import { ModeTimes } from '../../../src-main/rehearsal/mode-times.ts'
import { drawMishaps, drawWeather, mishapRates } from '../../../src-main/rehearsal/month-plan.ts'
import { marketTimeAt, Schedule, type MarketPace } from '../../../src-main/venues/paper/index.ts'

describe('the plan of a month', () => {
  it('has each mishap as often as its rate says, and at least once in the shortest run', () => {
    const dayMs = 86_400_000
    const of = (days: number, name: string) => drawMishaps(createRandom(1), 0, days).filter((mishap) => mishap.name === name).length
    for (const [name, perDay] of Object.entries(mishapRates)) {
      expect(of(1, name)).toBeGreaterThanOrEqual(1)
      expect(of(30, name)).toBe(Math.round(perDay * 30))
    }
    expect(of(30, 'crash')).toBeGreaterThanOrEqual(30)
    expect(drawMishaps(createRandom(1), 0, 3).every(({ at }) => at > 0 && at < 3 * dayMs)).toBe(true)
  })

  it('is the same for the same seed and another for another', () => {
    expect(drawMishaps(createRandom(1), 0, 5)).toEqual(drawMishaps(createRandom(1), 0, 5))
    expect(drawMishaps(createRandom(2), 0, 5)).not.toEqual(drawMishaps(createRandom(1), 0, 5))
  })

  it('has all of the house’s weathers, and mostly the calm one', () => {
    const weathers = drawWeather(createRandom(1), 0, 30).map(({ weather }) => weather)
    expect(new Set(weathers).size).toBe(6)
    const calm = weathers.filter((weather) => weather === 'calm').length / weathers.length
    expect(calm).toBeGreaterThan(0.6)
    expect(calm).toBeLessThan(0.8)
  })
})

describe('times of modes', () => {
  it('add up to all the time there was, and name each reason once', () => {
    const times = new ModeTimes(0, 'not started yet')
    times.become('active', 'started', 10)
    times.become('reducing', 'the clock jumped by 1500 ms', 100)
    times.become('active', 'well again', 160)
    times.become('reducing', 'the clock jumped by -99 ms', 200)
    times.close(250)
    expect(Object.fromEntries(times.modes)).toEqual({ down: 10, active: 130, reducing: 110 })
    expect(times.spells).toEqual([
      { mode: 'reducing', reason: 'the clock jumped by … ms', times: 2, ms: 110 }, { mode: 'down', reason: 'not started yet', times: 1, ms: 10 },
    ])
  })
})

describe('a breakdown', () => {
  it('strikes once, at its moment, when so many records have been written', () => {
    const breakdown = new Breakdown()
    const struck: string[] = []
    breakdown.arm(2, 'durable', () => struck.push('now'))
    breakdown.passes('written')
    breakdown.passes('durable')
    breakdown.passes('written')
    expect(struck).toEqual([])
    breakdown.passes('durable')
    breakdown.passes('durable')
    expect(struck).toEqual(['now'])
  })

  it('does not strike once it is called off', () => {
    const breakdown = new Breakdown()
    breakdown.arm(1, 'written', () => { throw new Error('called off') })
    breakdown.disarm()
    expect(() => breakdown.passes('written')).not.toThrow()
  })
})

describe('the clock of the machine', () => {
  const open = () => {
    const schedule = new Schedule(1_000, () => 0)
    const paces: MarketPace[] = []
    const clock = new MachineClock({ schedule, seed: 7, startAt: 1_000, intensity: 1, changed: (pace) => paces.push(pace) })
    const until = (at: number): void => { while (schedule.step(at)); schedule.passTo(at) }
    return { clock, paces, until }
  }

  it('leaps and comes back, and the market goes on as if it had not', () => {
    const { clock, paces, until } = open()
    until(5_000)
    clock.leap(3_600_000, 2_000)
    expect([clock.wallMs(), marketTimeAt(clock.pace(), clock.wallMs())]).toEqual([3_605_000, 5_000])
    until(8_000)
    expect([clock.wallMs(), marketTimeAt(clock.pace(), clock.wallMs()), paces.length]).toEqual([8_000, 8_000, 2])
  })

  it('stays right once it is set right', () => {
    const { clock, until } = open()
    clock.leap(-2_000, 500)
    clock.setRight()
    until(9_000)
    expect(clock.wallMs()).toBe(9_000)
  })
})
