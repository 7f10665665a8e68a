import { afterEach, describe, expect, it, vi } from 'vitest'
import type { ModeState } from '../../../src-main/domain/index.ts'
import { Engine } from '../../../src-main/engine/index.ts'
import type { Clock, HaltLatch } from '../../../src-main/ports/index.ts'
import { Runtime, systemClock } from '../../../src-main/runtime/index.ts'

const halt = { kind: 'halt-trading', at: 1, reason: 'a test', actor: 'hand' } as const
const resume = { kind: 'resume-trading', at: 2, to: 'active', reason: 'a test', actor: 'hand' } as const

function createLatch(left?: ModeState): HaltLatch & { readonly asked: string[] } {
  const asked: string[] = []
  return {
    asked,
    keep: ({ mode, reason }) => void asked.push(`keep ${mode}: ${reason}`),
    drop: () => void asked.push('drop'),
    read: () => left,
    settled: async () => void asked.push('settled'),
  }
}

/** A clock that is set by hand. */
function createClock(): Clock & { wall: number; monotonic: number } {
  return {
    wall: 1_000_000,
    monotonic: 0,
    wallMs() {
      return this.wall
    },
    monotonicMs() {
      return this.monotonic
    },
  }
}

const running: Runtime[] = []
function createRuntime(parts: { clock?: Clock; latch?: HaltLatch; onBroken?: (error: unknown) => void } = {}): Runtime {
  const runtime = new Runtime({ clock: systemClock, latch: createLatch(), onBroken: () => undefined, ...parts })
  running.push(runtime)
  return runtime
}

afterEach(async () => {
  for (const runtime of running.splice(0)) await runtime.dispose()
  vi.restoreAllMocks()
  vi.useRealTimers()
})

describe('the runtime', () => {
  it('says in its start what the engine before it left', () => {
    const left: ModeState = { mode: 'halted', since: 5, reason: 'looked wrong', actor: 'hand' }
    expect(createRuntime({ latch: createLatch(left) }).state).toMatchObject({ mode: 'starting', reason: 'started; was halted: looked wrong' })
  })

  it('tells of an event only after the state has changed', () => {
    const runtime = createRuntime()
    const seen: string[] = []
    runtime.onEvent((event) => seen.push(`${event.kind} while ${runtime.mode}`))
    runtime.submit(halt)
    expect(seen).toEqual(['mode-changed while halted'])
  })

  it('performs what the engine asks of the disk', () => {
    const latch = createLatch()
    const runtime = createRuntime({ latch })
    runtime.submit(halt)
    runtime.submit(resume)
    expect(latch.asked).toEqual(['keep halted: a test', 'drop'])
  })

  it('lets everybody hear of an event before the input of a listener is processed', () => {
    const runtime = createRuntime()
    const seen: string[] = []
    runtime.onEvent(({ kind, sequence }) => {
      if (kind === 'mode-changed' && sequence === 1) runtime.submit(halt)
    })
    runtime.onEvent(({ sequence }) => seen.push(`${sequence} while ${runtime.mode}`))
    runtime.submit(resume)
    expect(seen).toEqual(['1 while active', '2 while halted'])
  })

  it('stops trading when listeners answer each event with another input for ever', () => {
    const broken: unknown[] = []
    const runtime = createRuntime({ onBroken: (error) => broken.push(error) })
    runtime.onEvent(() => {
      for (let again = 0; again < 3; again++) runtime.submit({ kind: 'clock-jumped', at: 1, byMs: 1 })
    })
    runtime.submit(halt)
    expect(broken).toHaveLength(1)
  })

  it('lets the others hear of an event on which one listener throws, and stops trading', () => {
    const broken: unknown[] = []
    const seen: string[] = []
    const runtime = createRuntime({ onBroken: (error) => broken.push(error) })
    runtime.onEvent(() => {
      throw new Error('a bug in a listener')
    })
    runtime.onEvent(({ kind }) => seen.push(kind))
    runtime.submit(halt)
    expect(seen).toEqual(['mode-changed'])
    expect(broken.map(String)).toEqual(['Error: a bug in a listener'])
  })

  it('starts killed when the engine before it was killed', () => {
    const runtime = createRuntime({ latch: createLatch({ mode: 'killed', since: 5, reason: 'enough', actor: 'hand' }) })
    runtime.submit(resume)
    expect(runtime.mode).toBe('killed')
  })

  it('takes a loop that stood still for sleep, on systems whose clocks do not tell', () => {
    vi.useFakeTimers()
    const runtime = createRuntime({ clock: createClock() })
    runtime.submit(resume)
    vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 6_000)
    vi.advanceTimersByTime(250)
    expect(runtime.state).toMatchObject({ mode: 'reducing', reason: 'the machine slept' })
  })

  it('stops telling whoever stopped listening', () => {
    const runtime = createRuntime()
    const seen: string[] = []
    const stop = runtime.onEvent(({ kind }) => seen.push(kind))
    stop()
    runtime.submit(halt)
    expect(seen).toEqual([])
  })

  it('keeps the last thousand events', () => {
    const runtime = createRuntime()
    for (let round = 0; round < 600; round++) {
      runtime.submit(halt)
      runtime.submit(resume)
    }
    expect(runtime.recentEvents).toHaveLength(1_000)
    expect(runtime.recentEvents.at(-1)?.sequence).toBe(1_200)
  })

  it('takes nothing more after a throw in the engine, and says so once', () => {
    const broken: unknown[] = []
    const runtime = createRuntime({ onBroken: (error) => broken.push(error) })
    vi.spyOn(Engine.prototype, 'process').mockImplementation(() => {
      throw new Error('a bug')
    })
    runtime.submit(halt)
    vi.restoreAllMocks()
    runtime.submit(halt)
    expect(runtime.mode).toBe('starting')
    expect(broken).toHaveLength(1)
    expect(runtime.recentEvents).toEqual([])
  })

  it('notices a clock that was set, reduces, and tells the readings', () => {
    vi.useFakeTimers()
    const clock = createClock()
    const runtime = createRuntime({ clock })
    runtime.submit(resume)
    const readings: number[] = []
    const stop = runtime.onClock(({ driftMs }) => readings.push(driftMs))
    clock.wall += 250
    clock.monotonic += 250
    vi.advanceTimersByTime(250)
    expect(runtime.mode).toBe('active')
    clock.wall += 60_250
    clock.monotonic += 250
    vi.advanceTimersByTime(250)
    expect(runtime.mode).toBe('reducing')
    expect(runtime.state.reason).toBe('the clock jumped by 60000 ms')
    stop()
    vi.advanceTimersByTime(250)
    expect(readings).toEqual([0, 60_000])
  })

  it('does not take a slow correction for a jump', () => {
    vi.useFakeTimers()
    const clock = createClock()
    const runtime = createRuntime({ clock })
    runtime.submit(resume)
    for (let second = 0; second < 20; second++) {
      clock.wall += 1_150
      clock.monotonic += 250
      vi.advanceTimersByTime(250)
    }
    expect(runtime.mode).toBe('active')
    expect(runtime.readClock().driftMs).toBe(18_000)
  })

  it('waits for the disk when it ends', async () => {
    const latch = createLatch()
    await createRuntime({ latch }).dispose()
    expect(latch.asked).toEqual(['settled'])
  })

  it('measures how long its loop was stopped', async () => {
    const runtime = createRuntime()
    await new Promise((resolve) => setTimeout(resolve, 50))
    runtime.readClock()
    const end = performance.now() + 120
    while (performance.now() < end);
    await new Promise((resolve) => setTimeout(resolve, 30))
    expect(runtime.readClock().stallMs).toBeGreaterThan(60)
  })

  it('reads the real clocks', () => {
    expect(Math.abs(createRuntime().now() - Date.now())).toBeLessThan(50)
  })
})
