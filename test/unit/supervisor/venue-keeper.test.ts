import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ToVenueChild, VenueNews, VenueProcessEvents } from '../../../src-main/supervisor/index.ts'
import { VenueKeeper } from '../../../src-main/supervisor/venue-keeper.ts'

interface Launched {
  readonly events: VenueProcessEvents
  readonly heard: ToVenueChild[]
  isKilled: boolean
}

let launched: Launched[]
let told: VenueNews[]
let nowMs: number
let keeper: VenueKeeper

beforeEach(() => {
  vi.useFakeTimers()
  launched = []
  told = []
  nowMs = 0
  keeper = new VenueKeeper({
    launch: (events) => {
      const each: Launched = { events, heard: [], isKilled: false }
      launched.push(each)
      return {
        send: (message) => void each.heard.push(message),
        kill: () => {
          each.isKilled = true
          events.onExit('SIGKILL')
        },
      }
    },
    tell: (news) => told.push(news),
    nowMs: () => nowMs,
  })
})
afterEach(async () => {
  const stopped = keeper.stop()
  launched.at(-1)?.events.onExit('0')
  await stopped
  vi.useRealTimers()
})

const advance = (ms: number): void => {
  nowMs += ms
  vi.advanceTimersByTime(ms)
}
/** It beats meanwhile. */
const alive = (ms: number): void => {
  for (let passed = 0; passed < ms; passed += 1_000) {
    advance(1_000)
    last().events.onMessage({ kind: 'beat' })
  }
}
const last = (): Launched => launched.at(-1) as Launched

describe('the keeper of the venue', () => {
  it('starts nothing before somebody wants it, and then one', () => {
    expect(launched).toHaveLength(0)
    keeper.want()
    keeper.want()
    expect(launched).toHaveLength(1)
    expect(told).toEqual([{ kind: 'up', life: 1 }, { kind: 'up', life: 1 }])
  })

  it('passes a message to the life it was meant for, and to no other', () => {
    keeper.want()
    keeper.pass(1, 'one')
    last().events.onExit('SIGKILL')
    keeper.pass(1, 'lost')
    advance(250)
    keeper.pass(1, 'late')
    keeper.pass(2, 'two')
    expect(launched.map(({ heard }) => heard)).toEqual([[{ kind: 'said', body: 'one' }], [{ kind: 'said', body: 'two' }]])
  })

  it('tells the end of each life, and hears nothing of one that has ended', () => {
    keeper.want()
    const first = last()
    first.events.onExit('exit code 1')
    advance(250)
    first.events.onMessage({ kind: 'said', body: 'from beyond' })
    last().events.onMessage({ kind: 'said', body: 'here' })
    expect(told.slice(1)).toEqual([
      { kind: 'gone', life: 1, why: 'exit code 1', again: 'soon' }, { kind: 'up', life: 2 }, { kind: 'said', life: 2, body: 'here' },
    ])
  })

  it('starts one that keeps crashing ever more slowly, and never gives it up', () => {
    keeper.want()
    for (let crash = 0; crash < 5; crash += 1) {
      last().events.onExit('exit code 1')
      keeper.want()
      alive(30_000)
    }
    expect(launched).toHaveLength(6)
    expect(told.flatMap((news) => (news.kind === 'gone' ? [news.again] : []))).toEqual(['soon', 'soon', 'slowly', 'slowly', 'slowly'])
    last().events.onExit('exit code 1')
    advance(29_000)
    expect(launched).toHaveLength(6)
  })

  it('ends one that hangs, and starts the next', () => {
    keeper.want()
    advance(5_000)
    last().events.onMessage({ kind: 'beat' })
    advance(10_000)
    expect(last().isKilled).toBe(false)
    advance(1_000)
    expect(launched[0]?.isKilled).toBe(true)
    advance(250)
    expect(launched).toHaveLength(2)
  })

  it('asks it to end when it is stopped, ends it when it does not, and starts none any more', async () => {
    keeper.want()
    const stopped = keeper.stop()
    expect(last().heard).toEqual([{ kind: 'stop' }])
    advance(3_000)
    await stopped
    expect(last().isKilled).toBe(true)
    keeper.want()
    advance(60_000)
    expect(launched).toHaveLength(1)
    expect(told.at(-1)).toMatchObject({ kind: 'gone', again: 'never' })
  })
})
