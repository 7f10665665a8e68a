import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { cancelTurn, planTurn, type TurnTaker } from '../../../../src-renderer/charts/chart-turns.ts'

let frames: ((now: number) => void)[] = []
let now = 0

beforeEach(() => {
  frames = []
  // Past whatever a test before this one waited for.
  now += 10_000
  vi.stubGlobal('requestAnimationFrame', (callback: (now: number) => void) => frames.push(callback))
})
afterEach(() => vi.unstubAllGlobals())

function runFrames(count: number): void {
  for (let nth = 0; nth < count; nth++) {
    now += 1_000 / 60
    for (const callback of frames.splice(0)) callback(now)
  }
}

/** A chart to which something new comes with each frame, as in a storm. */
const busyChart = (turns: string[], name: string): TurnTaker => {
  const chart: TurnTaker = {
    takeTurn() {
      turns.push(name)
      planTurn(chart)
    },
  }
  return chart
}

describe('the charts', () => {
  it('take turns, forty in a second of sixty frames, and none is passed over', () => {
    const turns: string[] = []
    const charts = ['a', 'b', 'c', 'd'].map((name) => busyChart(turns, name))
    for (const chart of charts) planTurn(chart)
    runFrames(60)
    expect(turns.length).toBeGreaterThanOrEqual(39)
    expect(turns.length).toBeLessThanOrEqual(41)
    expect(turns.slice(0, 8)).toEqual(['a', 'b', 'c', 'd', 'a', 'b', 'c', 'd'])
    for (const chart of charts) cancelTurn(chart)
    runFrames(3)
  })

  it('are drawn with the next frame where none was drawn just now, and no frame is asked for while none waits', () => {
    const turns: string[] = []
    const chart: TurnTaker = { takeTurn: () => void turns.push('once') }
    planTurn(chart)
    planTurn(chart)
    runFrames(1)
    expect(turns).toEqual(['once'])
    expect(frames).toEqual([])
    planTurn(chart)
    runFrames(2)
    expect(turns).toEqual(['once', 'once'])
    planTurn(chart)
    cancelTurn(chart)
    runFrames(3)
    expect(turns).toEqual(['once', 'once'])
  })

  it('make up for a long frame with no more than one turn of their own', () => {
    const turns: string[] = []
    const charts = ['a', 'b'].map((name) => busyChart(turns, name))
    for (const chart of charts) planTurn(chart)
    runFrames(1)
    now += 2_000
    runFrames(3)
    expect(turns.length).toBeLessThanOrEqual(4)
    for (const chart of charts) cancelTurn(chart)
    runFrames(3)
  })
})
