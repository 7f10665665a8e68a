import { describe, expect, it } from 'vitest'
import { Conflator } from '../../../src-main/market/conflation.ts'

function setUp() {
  let now = 0
  let timer: (() => void) | undefined
  const broken: unknown[] = []
  const readers = new Conflator({
    monotonicMs: () => now,
    every: (action) => {
      timer = action
      return () => (timer = undefined)
    },
    onBroken: (error) => broken.push(error),
  })
  const pass = (ms: number, stepMs: number, turn: () => void): void => {
    for (const end = now + ms; now < end;) {
      now += stepMs
      turn()
    }
  }
  return {
    readers, broken,
    now: () => now,
    /** The market is heard of with each step. */
    run: (ms: number, stepMs = 50) => pass(ms, stepMs, () => readers.turn()),
    /** Only the clock goes on. */
    wait: (ms: number) => pass(ms, 1, () => timer?.()),
    isRunning: () => timer !== undefined,
  }
}

const counted = () => {
  const told = { count: 0, tell: () => ++told.count > 0 }
  return told
}

describe('telling readers', () => {
  it('tells each one no more often than its period', () => {
    const { readers, run } = setUp()
    const [fast, slow] = [counted(), counted()]
    readers.add(50, fast.tell)
    readers.add(100, slow.tell)
    run(10_000)
    expect([fast.count, slow.count]).toEqual([200, 100])
  })

  it('does not make up for turns that were missed', () => {
    const { readers, run } = setUp()
    const told = counted()
    readers.add(100, told.tell)
    run(5_000, 5_000)
    run(100)
    expect(told.count).toBe(2)
  })

  it('tells in the very turn in which something was heard, and by its own clock only in a silence', () => {
    const { readers, now, run, wait } = setUp()
    const times: number[] = []
    readers.add(32, () => times.push(now()) > 0)
    run(96, 16)
    expect(times).toEqual([32, 64, 96])
    // Its turn would be at 128: a word that comes then is told then, and without one it is not late for long.
    wait(64)
    expect(times).toEqual([32, 64, 96, 144])
  })

  it('tells one who had nothing to hear of the next change at once', () => {
    const { readers, now, run } = setUp()
    let changedAt = Number.POSITIVE_INFINITY
    const times: number[] = []
    readers.add(100, () => {
      if (now() < changedAt) return false
      times.push(now())
      return true
    })
    run(130, 10)
    changedAt = 160
    run(60, 10)
    expect(times).toEqual([160])
  })

  it('rests while nobody reads', () => {
    const { readers, isRunning } = setUp()
    expect(isRunning()).toBe(false)
    const end = readers.add(50, () => true)
    expect(isRunning()).toBe(true)
    end()
    expect(isRunning()).toBe(false)
  })

  it('lets a reader go whose telling breaks, says so once, and goes on with the others', () => {
    const { readers, broken, run } = setUp()
    const told = counted()
    readers.add(50, () => {
      throw new Error('a bug')
    })
    readers.add(50, told.tell)
    run(1_000)
    expect(broken).toHaveLength(1)
    expect(told.count).toBe(20)
    expect(readers.size).toBe(1)
  })
})
