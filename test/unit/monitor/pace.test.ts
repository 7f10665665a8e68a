import { describe, expect, it } from 'vitest'
import { createRandom } from '../../../src-main/base/index.ts'
import { channelLimits } from '../../../src-main/monitor/index.ts'
import { backoffMs, Pace } from '../../../src-main/monitor/delivery/pace.ts'

describe('the tries of a channel', () => {
  const random = createRandom(7)
  const delay = (failures: number, isLasting = false): number => backoffMs(channelLimits.backoff, failures, isLasting, random)

  it('reach a receiver that was down for 30 s within 18 s of its return, without asking it more than eight times before', () => {
    for (let round = 0; round < 200; round += 1) {
      let downMs = 0
      let tries = 1
      while (downMs < 30_000) downMs += delay(tries++)
      expect(downMs - 30_000).toBeLessThanOrEqual(18_000)
      expect(tries).toBeLessThanOrEqual(9)
    }
  })

  it('do not all come at the same moment, nor ever outside their bounds', () => {
    const delays = Array.from({ length: 1_000 }, (_each, at) => delay(at + 1))
    expect(new Set(delays.slice(10)).size).toBeGreaterThan(100)
    expect(Math.max(...delays)).toBeLessThanOrEqual(18_000)
    expect(Math.min(...delays)).toBeGreaterThanOrEqual(400)
    expect(delay(1, true)).toBeGreaterThanOrEqual(48_000)
  })

  it('are the same for the same seed', () => {
    const delaysOf = (seed: number) => {
      const from = createRandom(seed)
      return [1, 2, 3].map((failures) => backoffMs(channelLimits.backoff, failures, false, from))
    }
    expect(delaysOf(1)).toEqual(delaysOf(1))
    expect(delaysOf(1)).not.toEqual(delaysOf(2))
  })
})

describe('the pace of a channel', () => {
  it('lets a burst pass, keeps the last of it for what is critical, and fills up again', () => {
    const pace = new Pace({ burst: 3, keptForCritical: 1, refillMs: 1_000 }, 0)
    expect([pace.take(0, false), pace.take(0, false), pace.take(0, false)]).toEqual([0, 0, 1_000])
    expect([pace.take(0, true), pace.take(0, true)]).toEqual([0, 1_000])
    expect(pace.take(1_000, true)).toBe(0)
    expect(pace.take(100_000, false)).toBe(0)
  })
})
