import { describe, expect, it } from 'vitest'
import type { EngineMode, ModeState } from '../../../src-main/domain/index.ts'
import type { EngineInput, TradingEngine } from '../../../src-main/engine/index.ts'
import { engineAfter } from './engine-after.ts'

function started(left?: ModeState): TradingEngine {
  const engine = engineAfter(0)
  engine.process({ kind: 'program-started', at: 1_000, version: '1.2.3', ...(left === undefined ? {} : { left }) })
  return engine
}
const halt = { kind: 'halt-trading', at: 2_000, reason: 'looked wrong', actor: 'hand' } as const
const kill = { kind: 'kill-trading', at: 3_000, reason: 'enough', actor: 'hotkey' } as const
const resume = (to: 'active' | 'reducing', at = 4_000) => ({ kind: 'resume-trading', at, to, reason: 'looked again', actor: 'hand' }) as const

/** An engine that was led into a mode by ordinary inputs. */
/** Without accounts a kill has nothing to prove. */
type Reached = Exclude<EngineMode, 'killing'>

function engineIn(mode: Reached): TradingEngine {
  const engine = started()
  const way: Record<Reached, readonly EngineInput[]> = {
    starting: [],
    active: [resume('active')],
    reducing: [resume('reducing')],
    halted: [halt],
    killed: [kill],
  }
  for (const input of way[mode]) engine.process(input)
  expect(engine.mode.mode).toBe(mode)
  return engine
}

describe('the mode machine', () => {
  it('starts in starting, never active', () => {
    expect(started().mode).toEqual({ mode: 'starting', since: 1_000, reason: 'started', actor: 'engine' })
  })

  it('goes on with the numbers of its books, and says that it started', () => {
    const outcome = engineAfter(41).process({ kind: 'program-started', at: 1_000, version: '1.2.3' })
    expect(outcome).toEqual({
      events: [{ kind: 'engine-started', sequence: 42, at: 1_000, mode: 'starting', reason: 'started', version: '1.2.3' }],
      requests: [],
    })
  })

  it('is as still as it was left: what was halted before is halted, with its reason and since then', () => {
    const left: ModeState = { mode: 'halted', since: 5, reason: 'looked wrong', actor: 'hand' }
    expect(started(left).mode).toEqual(left)
  })

  it('starts killed after a kill, and no resume leads out of it', () => {
    const engine = started({ mode: 'killed', since: 5, reason: 'enough', actor: 'hand' })
    expect(engine.process(resume('active')).events).toMatchObject([{ kind: 'mode-refused', mode: 'killed' }])
    expect(engine.mode.mode).toBe('killed')
  })

  it.each(['starting', 'active', 'reducing'] as const)('halts from %s and leaves word on the disk', (mode) => {
    const engine = engineIn(mode)
    const { events, requests } = engine.process(halt)
    expect(events).toMatchObject([{ kind: 'mode-changed', from: mode, to: 'halted', reason: 'looked wrong', actor: 'hand', at: 2_000 }])
    expect(requests).toEqual([{ kind: 'keep-latch', state: { mode: 'halted', since: 2_000, reason: 'looked wrong', actor: 'hand' } }])
  })

  it('keeps the first reason when it is halted again', () => {
    const engine = engineIn('halted')
    expect(engine.process({ ...halt, reason: 'again', at: 9_000 })).toEqual({ events: [], requests: [] })
    expect(engine.mode).toMatchObject({ reason: 'looked wrong', since: 2_000 })
  })

  it.each(['starting', 'active', 'reducing', 'halted'] as const)('is killed from %s', (mode) => {
    const engine = engineIn(mode)
    expect(engine.process(kill).events).toMatchObject([{ from: mode, to: 'killed' }])
  })

  it('is not softened from killed to halted', () => {
    const engine = engineIn('killed')
    expect(engine.process(halt)).toEqual({ events: [], requests: [] })
    expect(engine.mode.mode).toBe('killed')
  })

  it.each(['active', 'reducing'] as const)('refuses to resume from killed to %s, and says so', (to) => {
    const engine = engineIn('killed')
    expect(engine.process(resume(to)).events).toMatchObject([{ kind: 'mode-refused', mode: 'killed', wanted: to }])
    expect(engine.mode.mode).toBe('killed')
  })

  it.each([
    ['starting', 'active'],
    ['starting', 'reducing'],
    ['halted', 'active'],
    ['halted', 'reducing'],
    ['reducing', 'active'],
    ['active', 'reducing'],
  ] as const)('resumes from %s to %s and takes the word off the disk', (from, to) => {
    const engine = engineIn(from)
    const { events, requests } = engine.process(resume(to))
    expect(events).toMatchObject([{ kind: 'mode-changed', from, to }])
    expect(requests).toEqual([{ kind: 'drop-latch' }])
  })

  it('does nothing when it is asked to be what it is', () => {
    expect(engineIn('active').process(resume('active'))).toEqual({ events: [], requests: [] })
  })

  it('only reduces after the clock jumped, and says by how much', () => {
    const engine = engineIn('active')
    expect(engine.process({ kind: 'clock-jumped', at: 5_000, byMs: -3_000 }).events).toMatchObject([
      { kind: 'clock-jumped', byMs: -3_000 },
      { kind: 'mode-changed', from: 'active', to: 'reducing', actor: 'engine' },
    ])
  })

  it('only reduces after the machine slept', () => {
    const engine = engineIn('active')
    expect(engine.process({ kind: 'machine-slept', at: 5_000 }).events).toMatchObject([{ from: 'active', to: 'reducing' }])
  })

  it.each(['stalled', 'short'] as const)('only reduces while the journal is %s, and does not go back by itself', (trouble) => {
    const engine = engineIn('active')
    expect(engine.process({ kind: 'journal-in-trouble', at: 5_000, trouble, detail: 'because' }).events).toMatchObject([
      { kind: 'journal-troubled', trouble, detail: 'because' },
      { kind: 'mode-changed', from: 'active', to: 'reducing', actor: 'engine' },
    ])
    expect(engine.process({ kind: 'journal-well', at: 6_000 }).events).toMatchObject([{ kind: 'journal-recovered', at: 6_000 }])
    expect(engine.mode.mode).toBe('reducing')
  })

  it('halts when the journal fails, and leaves word of it', () => {
    const engine = engineIn('reducing')
    const { events, requests } = engine.process({ kind: 'journal-in-trouble', at: 5_000, trouble: 'failed', detail: 'x'.repeat(900) })
    expect(events).toMatchObject([{ kind: 'journal-troubled' }, { kind: 'mode-changed', from: 'reducing', to: 'halted', actor: 'engine' }])
    expect(requests).toEqual([{ kind: 'keep-latch', state: engine.mode }])
    expect(engine.mode.reason.length).toBeLessThanOrEqual(400)
  })

  it.each(['stalled', 'short', 'failed'] as const)('does not become active while the journal is %s, and may again when it is well', (trouble) => {
    const engine = engineIn('halted')
    engine.process({ kind: 'journal-in-trouble', at: 5_000, trouble, detail: 'because' })
    expect(engine.process(resume('active')).events).toMatchObject([{ kind: 'mode-refused', wanted: 'active' }])
    expect(engine.process(resume('reducing')).events).toMatchObject([{ kind: trouble === 'failed' ? 'mode-refused' : 'mode-changed' }])
    engine.process({ kind: 'journal-well', at: 6_000 })
    expect(engine.process(resume('active')).events).toMatchObject([{ kind: 'mode-changed', to: 'active' }])
  })

  it('ties each event to the command that caused it', () => {
    const engine = engineIn('active')
    expect(engine.process({ ...halt, correlation: 'key-1' }).events).toMatchObject([{ kind: 'mode-changed', correlation: 'key-1' }])
    expect(engineIn('killed').process({ ...resume('active'), correlation: 'key-2' }).events).toMatchObject([{ correlation: 'key-2' }])
    expect(Object.keys(engineIn('active').process(halt).events[0] ?? {})).not.toContain('correlation')
  })

  it.each(['starting', 'reducing', 'halted', 'killed'] as const)('is not made more active by trouble while %s', (mode) => {
    const engine = engineIn(mode)
    engine.process({ kind: 'machine-slept', at: 5_000 })
    engine.process({ kind: 'clock-jumped', at: 5_000, byMs: 9_000 })
    expect(engine.mode.mode).toBe(mode)
  })
})
