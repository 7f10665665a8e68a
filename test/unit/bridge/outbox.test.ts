import { beforeEach, describe, expect, it } from 'vitest'
import { coalesceMs, stream, unacknowledgedFramesMax, type ServerFrame, type ServerMessage } from '../../../src-preload/contract/index.ts'
import { Outbox } from '../../../src-main/bridge/outbox.ts'
import { z } from 'zod'

const every = stream({ summary: '', access: 'read', delivery: 'every', bound: 3, input: z.any(), snapshot: z.any(), delta: z.any() })
const latest = stream({ summary: '', access: 'read', delivery: 'latest', input: z.any(), snapshot: z.any(), delta: z.any() })
const delta = (id: number, seq: number) => ({ kind: 'delta', id, seq, value: seq }) as const

let frames: ServerFrame[]
let timers: (() => void)[]
let delays: number[]
let overflowed: number[]
let outbox: Outbox

beforeEach(() => {
  frames = []
  timers = []
  delays = []
  overflowed = []
  outbox = new Outbox({
    post: (text) => frames.push(JSON.parse(text) as ServerFrame),
    schedule: (action, delayMs) => {
      timers.push(action)
      delays.push(delayMs)
      return () => void timers.splice(timers.indexOf(action), 1)
    },
    onOverflow: (id) => overflowed.push(id),
  })
})
const tick = (): void => timers.splice(0).forEach((action) => action())
const sent = (): readonly ServerMessage[] => frames.flatMap(({ messages }) => messages)

describe('the outbox', () => {
  it('gathers stream messages into one frame and lets answers leave at once, after what waited', () => {
    outbox.stream(every, { kind: 'snapshot', id: 1, seq: 0, value: 0 })
    outbox.stream(every, delta(1, 1))
    expect(frames).toEqual([])
    outbox.answer({ kind: 'done', id: 9, output: null })
    expect(frames.map(({ frame, messages }) => [frame, messages.map(({ kind }) => kind)])).toEqual([[1, ['snapshot', 'delta']], [2, ['done']]])
    tick()
    expect(frames).toHaveLength(2)
  })

  it('lets the first word leave at once and gathers only what follows it closely', () => {
    outbox.stream(every, { kind: 'snapshot', id: 1, seq: 0, value: 0 })
    expect(delays).toEqual([0])
    tick()
    expect(frames).toHaveLength(1)
    outbox.stream(every, delta(1, 1))
    outbox.stream(every, delta(1, 2))
    expect(delays).toEqual([0, coalesceMs])
    tick()
    expect(frames.map(({ messages }) => messages.length)).toEqual([1, 2])
    // Silence ends the gathering, and the next word leaves at once again.
    tick()
    outbox.stream(every, delta(1, 3))
    expect(delays).toEqual([0, coalesceMs, coalesceMs, 0])
  })

  it('runs no timer while it waits for a reader that is behind', () => {
    for (let seq = 1; seq <= unacknowledgedFramesMax + 1; seq++) {
      outbox.stream(every, delta(1, seq))
      tick()
    }
    for (let turn = 0; turn < 5; turn++) tick()
    expect(timers).toEqual([])
    outbox.acknowledge(1)
    tick()
    expect(frames).toHaveLength(unacknowledgedFramesMax + 1)
  })

  it('keeps one delta of a latest-stream, the newest, behind its snapshot', () => {
    outbox.stream(latest, { kind: 'snapshot', id: 1, seq: 0, value: 0 })
    for (let seq = 1; seq <= 100; seq++) outbox.stream(latest, delta(1, seq))
    tick()
    expect(sent()).toEqual([{ kind: 'snapshot', id: 1, seq: 0, value: 0 }, delta(1, 100)])
  })

  it('ends an every-stream that outgrows its bound, and only that one', () => {
    for (let seq = 1; seq <= 4; seq++) {
      outbox.stream(every, delta(1, seq))
      if (seq < 4) outbox.stream(every, delta(2, seq))
    }
    tick()
    expect(overflowed).toEqual([1])
    expect(sent()).toMatchObject([delta(2, 1), delta(2, 2), delta(2, 3), { kind: 'ended', id: 1, error: { code: 'bridge.overflow' } }])
  })

  it('has room again after what waited has left', () => {
    for (let seq = 1; seq <= 12; seq++) {
      outbox.stream(every, delta(1, seq))
      tick()
    }
    expect(overflowed).toEqual([])
    expect(sent()).toHaveLength(12)
  })

  it('sends no more streams than a window unacknowledged, but every answer', () => {
    for (let seq = 1; seq <= unacknowledgedFramesMax + 3; seq++) {
      outbox.stream(every, delta(1, seq))
      tick()
    }
    expect(frames).toHaveLength(unacknowledgedFramesMax)
    outbox.answer({ kind: 'done', id: 9, output: null })
    expect(frames).toHaveLength(unacknowledgedFramesMax + 1)
    outbox.acknowledge(1)
    tick()
    expect(frames).toHaveLength(unacknowledgedFramesMax + 2)
    expect(frames.at(-1)?.messages).toEqual([1, 2, 3].map((offset) => delta(1, unacknowledgedFramesMax + offset)))
  })

  it('says nothing of a stream that was forgotten, or after its end', () => {
    outbox.stream(every, delta(1, 1))
    outbox.stream(latest, delta(2, 1))
    outbox.forget(1)
    outbox.forget(2)
    outbox.stream(every, delta(3, 1))
    tick()
    expect(sent()).toEqual([delta(3, 1)])
    outbox.stream(every, delta(4, 1))
    outbox.dispose()
    tick()
    expect(sent()).toHaveLength(1)
  })
})
