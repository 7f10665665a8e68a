import { describe, expect, it } from 'vitest'
import { WallTimeline } from '../../../../src-main/venues/paper/index.ts'

function clocks(notBefore?: number) {
  const clock = { wall: 1_000_000, monotonic: 50 }
  const asked: number[] = []
  const timeline = new WallTimeline({
    wallMs: () => clock.wall, monotonicMs: () => clock.monotonic, later: (delayMs) => void asked.push(delayMs), ...(notBefore === undefined ? {} : { notBefore }),
  })
  const pass = (ms: number): number => {
    clock.wall += ms
    clock.monotonic += ms
    return timeline.now
  }
  return { clock, timeline, pass, asked }
}

describe('the clock of the venue', () => {
  it('goes with the wall', () => {
    const { timeline, pass } = clocks()
    expect(timeline.now).toBe(1_000_000)
    expect(pass(250)).toBe(1_000_250)
  })

  it('never goes back: where the wall was set back it runs at half speed until that has caught up', () => {
    const { clock, timeline, pass } = clocks()
    clock.wall -= 1_000
    expect(timeline.now).toBe(1_000_000)
    expect(pass(1_000)).toBe(1_000_500)
    expect(pass(1_000)).toBe(1_001_000)
    expect(pass(1_000)).toBe(1_002_000)
  })

  it('follows a leap forward, as after a sleep of the machine', () => {
    const { clock, timeline } = clocks()
    clock.wall += 8 * 3_600_000
    expect(timeline.now).toBe(1_000_000 + 8 * 3_600_000)
  })

  it('goes on from where it stood before, although the wall is behind', () => {
    const { timeline, pass } = clocks(1_060_000)
    expect(timeline.now).toBe(1_060_000)
    expect(pass(1_000)).toBe(1_060_500)
  })

  it('asks for no timer that cannot be set', () => {
    const { timeline, asked } = clocks()
    timeline.after(1e12, () => undefined)
    timeline.after(0.2, () => undefined)
    expect(asked).toEqual([2 ** 31 - 1, 1])
  })
})
