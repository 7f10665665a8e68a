import { describe, expect, it } from 'vitest'
import { Conflator } from '../../../src-main/market/conflation.ts'

function setUp() {
  let now = 0
  let turn: (() => void) | undefined
  const broken: unknown[] = []
  const readers = new Conflator({
    monotonicMs: () => now,
    every: (action) => {
      turn = action
      return () => (turn = undefined)
    },
    onBroken: (error) => broken.push(error),
  })
  const run = (ms: number, stepMs = 50): void => {
    for (const end = now + ms; now < end;) {
      now += stepMs
      turn?.()
    }
  }
  return { readers, broken, run, isRunning: () => turn !== undefined }
}

describe('telling readers', () => {
  it('tells each one no more often than its period', () => {
    const { readers, run } = setUp()
    const told = { fast: 0, slow: 0 }
    readers.add(50, () => told.fast++)
    readers.add(100, () => told.slow++)
    run(10_000)
    expect(told).toEqual({ fast: 200, slow: 100 })
  })

  it('does not make up for turns that were missed', () => {
    const { readers, run } = setUp()
    let told = 0
    readers.add(100, () => told++)
    run(5_000, 5_000)
    run(100)
    expect(told).toBe(2)
  })

  it('rests while nobody reads', () => {
    const { readers, isRunning } = setUp()
    expect(isRunning()).toBe(false)
    const end = readers.add(50, () => undefined)
    expect(isRunning()).toBe(true)
    end()
    expect(isRunning()).toBe(false)
  })

  it('lets a reader go whose telling breaks, says so once, and goes on with the others', () => {
    const { readers, broken, run } = setUp()
    let told = 0
    readers.add(50, () => {
      throw new Error('a bug')
    })
    readers.add(50, () => told++)
    run(1_000)
    expect(broken).toHaveLength(1)
    expect(told).toBe(20)
    expect(readers.size).toBe(1)
  })
})
