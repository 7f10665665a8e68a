import { describe, expect, it } from 'vitest'
import { Runtime, type ClockReading, type Timers } from '../../../src-main/runtime/index.ts'

/** Timers that fire when the test says. */
function handedIn() {
  const works = new Set<() => void>()
  const periods: number[] = []
  let stalls = 0
  const timers: Timers = {
    clockPeriodMs: 1_000,
    every(periodMs, work) {
      periods.push(periodMs)
      works.add(work)
      return () => works.delete(work)
    },
    after: () => () => undefined,
    watchLoop: () => ({ takeMs: () => stalls, dispose: () => undefined }),
  }
  return { timers, periods, works, fire: () => works.forEach((work) => work()), stall: (ms: number) => { stalls = ms } }
}

describe('a runtime on timers that are handed in', () => {
  it('reads its clock when they fire, at their period, and not when this process has time', async () => {
    const hand = handedIn()
    let wall = 5_000
    const runtime = new Runtime({
      timers: hand.timers, version: '1.2.3', onBroken: (error) => { throw error },
      clock: { wallMs: () => wall, monotonicMs: () => wall },
      latch: { keep: () => undefined, drop: () => undefined, read: () => undefined, settled: async () => undefined },
    })
    const readings: ClockReading[] = []
    runtime.onClock((reading) => readings.push(reading))
    // Longer than its usual period.
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(readings).toEqual([])
    wall = 6_000
    hand.stall(70)
    hand.fire()
    expect(hand.periods).toEqual([1_000])
    expect(readings).toEqual([{ wallMs: 6_000, monotonicMs: 6_000, driftMs: 0, stallMs: 70 }])
    await runtime.dispose()
    expect(hand.works.size).toBe(0)
  })
})
