import { afterEach, describe, expect, it, vi } from 'vitest'
import type { ModeState } from '../../../src-main/domain/index.ts'
import { TradingEngine } from '../../../src-main/engine/index.ts'
import type { Clock, HaltLatch } from '../../../src-main/ports/index.ts'
import { eventOfRecord, Runtime, systemClock } from '../../../src-main/runtime/index.ts'
import { createMemoryJournal, type MemoryJournal } from '../../fixtures/memory-journal.ts'

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
interface TestParts {
  clock?: Clock
  latch?: HaltLatch
  onBroken?: (error: unknown) => void
  journal?: MemoryJournal
}

function createClosedRuntime({ journal: _journal, ...parts }: TestParts = {}): Runtime {
  const runtime = new Runtime({ clock: systemClock, latch: createLatch(), version: '1.2.3', onBroken: () => undefined, ...parts })
  running.push(runtime)
  return runtime
}

function createRuntime(parts: TestParts = {}): Runtime {
  const runtime = createClosedRuntime(parts)
  runtime.open(parts.journal ?? createMemoryJournal(), { lastSequence: 0, recentEvents: [] })
  return runtime
}

afterEach(async () => {
  for (const runtime of running.splice(0)) await runtime.dispose()
  vi.restoreAllMocks()
  vi.useRealTimers()
})

describe('the runtime', () => {
  it('is still halted when the engine before it was', () => {
    const left: ModeState = { mode: 'halted', since: 5, reason: 'looked wrong', actor: 'hand' }
    expect(createRuntime({ latch: createLatch(left) }).state).toEqual(left)
  })

  it('is still halted when only the journal knows of it, and not when it was resumed since', () => {
    const halted = { kind: 'mode-changed', sequence: 3, at: 9, from: 'active', to: 'halted', reason: 'looked wrong', actor: 'hand' } as const
    const resumed = { kind: 'mode-changed', sequence: 4, at: 10, from: 'halted', to: 'active', reason: 'well', actor: 'hand' } as const
    const runtime = createClosedRuntime()
    runtime.open(createMemoryJournal(), { lastSequence: 3, recentEvents: [halted] })
    expect(runtime.state).toEqual({ mode: 'halted', since: 9, reason: 'looked wrong', actor: 'hand' })
    const other = createClosedRuntime()
    other.open(createMemoryJournal(), { lastSequence: 4, recentEvents: [halted, resumed] })
    expect(other.mode).toBe('starting')
  })

  it('takes nothing but a halt before its books are open, and does not forget it', () => {
    const latch = createLatch()
    const runtime = createClosedRuntime({ latch })
    const told: string[] = []
    runtime.onState(() => told.push(runtime.mode))
    runtime.submit(resume)
    expect(runtime.mode).toBe('starting')
    runtime.submit(halt)
    runtime.submit({ ...halt, reason: 'again' })
    expect(latch.asked).toEqual(['keep halted: a test'])
    expect(told).toEqual(['halted'])
    const journal = createMemoryJournal()
    runtime.open(journal, { lastSequence: 7, recentEvents: [] })
    expect(runtime.state).toEqual({ mode: 'halted', since: 1, reason: 'a test', actor: 'hand' })
    expect(journal.drafts).toMatchObject([{ kind: 'engine.started', body: { sequence: 8, mode: 'halted' } }])
  })

  it('can be killed before its books are open, and a halt does not soften it', () => {
    const runtime = createClosedRuntime()
    runtime.submit({ ...halt, kind: 'kill-trading' })
    runtime.submit(halt)
    expect(runtime.mode).toBe('killed')
  })

  it('hands command and events to the journal, tied together, before anybody is told', () => {
    const journal = createMemoryJournal()
    const runtime = createRuntime({ journal })
    const written: number[] = []
    runtime.onEvent(() => written.push(journal.drafts.length))
    runtime.submit({ ...halt, correlation: 'key-1' })
    expect(written).toEqual([3])
    expect(journal.drafts.slice(1)).toEqual([
      { kind: 'command.taken', at: 1, correlation: 'key-1', body: { command: 'halt-trading', reason: 'a test', actor: 'hand' } },
      {
        kind: 'engine.mode-changed', at: 1, correlation: 'key-1',
        body: { sequence: 2, from: 'starting', to: 'halted', reason: 'a test', actor: 'hand' },
      },
    ])
    const read = journal.drafts.map((draft, index) => eventOfRecord({ ...draft, sequence: index + 1 }))
    expect(read).toEqual([runtime.recentEvents[0], undefined, runtime.recentEvents[1]])
  })

  it('keeps what the journal cannot take and gives it again in its order', () => {
    vi.useFakeTimers()
    const journal = createMemoryJournal()
    const runtime = createRuntime({ journal, clock: createClock() })
    journal.refuse = 'full'
    runtime.submit(halt)
    runtime.submit(resume)
    expect(journal.drafts).toHaveLength(1)
    journal.refuse = undefined
    vi.advanceTimersByTime(250)
    expect(journal.drafts.map(({ kind }) => kind)).toEqual([
      'engine.started', 'command.taken', 'engine.mode-changed', 'command.taken', 'engine.mode-changed',
    ])
  })

  it('only reduces while the disk does not answer, and says so once, and when it is well again', () => {
    vi.useFakeTimers()
    const journal = createMemoryJournal()
    const runtime = createRuntime({ journal, clock: createClock() })
    runtime.submit(resume)
    journal.waits = 2_400
    vi.advanceTimersByTime(1_000)
    expect(runtime.state).toMatchObject({ mode: 'reducing', reason: 'the journal is stalled: the disk has not answered for 2 s' })
    journal.waits = 0
    vi.advanceTimersByTime(1_000)
    expect(runtime.mode).toBe('reducing')
    const kinds = runtime.recentEvents.map(({ kind }) => kind).filter((kind) => kind.startsWith('journal'))
    expect(kinds).toEqual(['journal-troubled', 'journal-recovered'])
  })

  it('halts when the disk refuses, and a stall says nothing more on top', () => {
    vi.useFakeTimers()
    const journal = createMemoryJournal()
    const runtime = createRuntime({ journal, clock: createClock() })
    runtime.submit(resume)
    journal.trouble({ kind: 'failed', detail: 'EIO' })
    expect(runtime.state).toMatchObject({ mode: 'halted', reason: 'the journal failed: EIO', actor: 'engine' })
    journal.waits = 60_000
    vi.advanceTimersByTime(1_000)
    expect(runtime.recentEvents.filter(({ kind }) => kind === 'journal-troubled')).toHaveLength(1)
    journal.trouble({ kind: 'recovered' })
    expect(runtime.mode).toBe('halted')
  })

  it('only reduces when there is little room ahead', () => {
    const journal = createMemoryJournal()
    const runtime = createRuntime({ journal })
    runtime.submit(resume)
    journal.trouble({ kind: 'no-room-ahead', detail: 'ENOSPC', bytesLeft: 4_000 })
    expect(runtime.mode).toBe('reducing')
  })

  it('stops trading when more records wait than honest work could cause', () => {
    const broken: unknown[] = []
    const journal = createMemoryJournal()
    const runtime = createRuntime({ journal, onBroken: (error) => broken.push(error) })
    journal.refuse = 'full'
    for (let round = 0; round < 6_000; round++) runtime.submit({ kind: 'clock-jumped', at: 1, byMs: 1 })
    expect(broken).toEqual([])
    for (let round = 0; round < 6_000; round++) runtime.submit({ kind: 'clock-jumped', at: 1, byMs: 1 })
    expect(broken).toHaveLength(1)
  })

  it('does not hold up the records behind one that can never fit: that is a bug', () => {
    const broken: unknown[] = []
    const journal = createMemoryJournal()
    const runtime = createRuntime({ journal, onBroken: (error) => broken.push(error) })
    journal.refuse = 'too-large'
    runtime.submit(halt)
    expect(broken.map(String)).toEqual(['Error: a record command.taken is larger than the journal takes'])
  })

  it('can be waited for while its books are being opened, but not for ever', async () => {
    const runtime = createClosedRuntime()
    expect(await runtime.whenOpen(10)).toBe(false)
    const waiting = runtime.whenOpen(5_000)
    runtime.open(createMemoryJournal(), { lastSequence: 0, recentEvents: [] })
    expect(await waiting).toBe(true)
    expect(await runtime.whenOpen(0)).toBe(true)
  })

  it('remembers what the books hold of the engines before', () => {
    const runtime = createClosedRuntime()
    const before = { kind: 'clock-jumped', sequence: 3, at: 1, byMs: 9 } as const
    runtime.open(createMemoryJournal(), { lastSequence: 3, recentEvents: [before] })
    expect(runtime.recentEvents).toMatchObject([before, { kind: 'engine-started', sequence: 4 }])
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
      if (kind === 'mode-changed' && sequence === 2) runtime.submit(halt)
    })
    runtime.onEvent(({ sequence }) => seen.push(`${sequence} while ${runtime.mode}`))
    runtime.submit(resume)
    expect(seen).toEqual(['2 while active', '3 while halted'])
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
    expect(runtime.recentEvents.at(-1)?.sequence).toBe(1_201)
  })

  it('takes nothing more after a throw in the engine, and says so once', () => {
    const broken: unknown[] = []
    const runtime = createRuntime({ onBroken: (error) => broken.push(error) })
    vi.spyOn(TradingEngine.prototype, 'process').mockImplementation(() => {
      throw new Error('a bug')
    })
    runtime.submit(halt)
    vi.restoreAllMocks()
    runtime.submit(halt)
    expect(runtime.mode).toBe('starting')
    expect(broken).toHaveLength(1)
    expect(runtime.recentEvents).toMatchObject([{ kind: 'engine-started' }])
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
