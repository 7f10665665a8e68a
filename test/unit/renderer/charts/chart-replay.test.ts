import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Bar } from '../../../../src-renderer/charts/bar.ts'
import { liveBars, liveBarsMax, type BarWindow } from '../../../../src-renderer/charts/bar-window.ts'
import { Replay, replaySpeeds, type ReplayState } from '../../../../src-renderer/charts/replay.ts'
import { bridgeError } from '../../../../src-preload/contract/index.ts'

const bar = (time: number): Bar => ({ time, open: 1, high: 1, low: 1, close: 1, volume: 1 })

/** A past of so many bars, in pages. */
function replayOver(count: number, pageBars: number, fails = false) {
  const past = Array.from({ length: count }, (_, nth) => bar(nth * 60_000))
  const states: ReplayState[] = []
  const shown: number[] = []
  const work = { barsDrawn: 0, windowsDrawn: 0 }
  const note = ({ bars }: BarWindow): void => void shown.push(bars.at(-1)?.time ?? -1)
  const replay = new Replay({
    pages: {
      older: async (before) => ({ ok: true, bars: past.filter(({ time }) => time < before).slice(-pageBars), hasMore: true }),
      newer: async (after) => {
        if (fails) return { ok: false, error: bridgeError('bridge.malformed-output', { name: 'market.candles' }) }
        const rest = past.filter(({ time }) => time > after)
        return { ok: true, bars: rest.slice(0, pageBars), hasMore: rest.length > pageBars }
      },
    },
    onWindow(window) {
      work.windowsDrawn += 1
      note(window)
    },
    onBars(window, from) {
      work.barsDrawn += window.bars.length - from
      note(window)
    },
    onState: (state) => void states.push(state),
  })
  return { replay, past, states, shown, work }
}

describe('a replay', () => {
  it('shows each bar once and in order, none of the future, and leaves out the one that still forms', async () => {
    await fc.assert(fc.asyncProperty(fc.integer({ min: 20, max: 900 }), fc.integer({ min: 1, max: 15 }), fc.constantFrom(...replaySpeeds), async (count, start, speed) => {
      const { replay, past, states, shown } = replayOver(count, 120)
      await replay.begin(start * 60_000)
      expect(shown).toEqual([(start - 1) * 60_000])
      replay.setSpeed(speed)
      replay.play()
      for (let turn = 0; turn < 40_000 && replay.state === 'playing'; turn++) {
        replay.advance(100)
        await Promise.resolve()
        await Promise.resolve()
      }
      expect(states.at(-1)).toBe('ended')
      expect(replay.window.bars.at(-1)?.time).toBe(past.at(-2)?.time)
      const times = replay.window.bars.map(({ time }) => time)
      expect(times).toEqual(times.map((_, nth) => (times[0] ?? 0) + nth * 60_000))
      expect(shown).toEqual(shown.toSorted((one, other) => one - other))
    }), { numRuns: 15 })
  })

  it('runs at so many bars a second, stands still while paused, and steps one by one', async () => {
    const { replay } = replayOver(900, 400)
    await replay.begin(60_000 * 10)
    replay.advance(5_000)
    expect(replay.window.bars).toHaveLength(10)
    replay.step()
    expect(replay.window.bars).toHaveLength(11)
    replay.setSpeed(25)
    replay.play()
    for (let turn = 0; turn < 60; turn++) replay.advance(1_000 / 60)
    expect(replay.window.bars.length - 11).toBeGreaterThanOrEqual(24)
    expect(replay.window.bars.length - 11).toBeLessThanOrEqual(25)
    replay.step()
    expect(replay.state).toBe('paused')
  })

  it('says so when no bars can be had', async () => {
    const { replay, states } = replayOver(50, 20, true)
    await replay.begin(60_000 * 10)
    expect(states).toEqual(['failed'])
    replay.play()
    replay.advance(10_000)
    expect(replay.window.bars).toHaveLength(10)
  })

  it('draws at full speed only the bars that are new in a frame, and all anew no more than once in two hundred bars', async () => {
    const { replay, work } = replayOver(6_000, 1_000)
    await replay.begin(60_000 * 1_000)
    replay.setSpeed(100)
    replay.play()
    const frames = 60 * 30
    const windowsBefore = work.windowsDrawn
    let drawnMost = 0
    for (let frame = 0; frame < frames; frame++) {
      const before = work.barsDrawn
      replay.advance(1_000 / 60)
      drawnMost = Math.max(drawnMost, work.barsDrawn - before)
      await Promise.resolve()
      await Promise.resolve()
    }
    const bars = (replay.window.bars.at(-1)?.time ?? 0) / 60_000 - 999
    expect(bars).toBeGreaterThan(2_990)
    expect(drawnMost).toBe(2)
    expect(work.windowsDrawn - windowsBefore).toBeLessThanOrEqual(Math.ceil(bars / (liveBarsMax - liveBars)))
  })
})
