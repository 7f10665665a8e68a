import { describe, expect, it } from 'vitest'
import type { EngineMode } from '../../../src-main/domain/index.ts'
import { Engine, type EngineInput } from '../../../src-main/engine/index.ts'

const started = (): Engine => new Engine({ at: 1_000, reason: 'started', mode: 'starting' })
const halt = { kind: 'halt-trading', at: 2_000, reason: 'looked wrong', actor: 'hand' } as const
const kill = { kind: 'kill-trading', at: 3_000, reason: 'enough', actor: 'hotkey' } as const
const resume = (to: 'active' | 'reducing', at = 4_000) => ({ kind: 'resume-trading', at, to, reason: 'looked again', actor: 'hand' }) as const

/** An engine that was led into a mode by ordinary inputs. */
function engineIn(mode: EngineMode): Engine {
  const engine = started()
  const way: Record<EngineMode, readonly EngineInput[]> = {
    starting: [],
    active: [resume('active')],
    reducing: [resume('reducing')],
    halted: [halt],
    killed: [kill],
  }
  for (const input of way[mode]) engine.process(input)
  expect(engine.state.mode).toBe(mode)
  return engine
}

describe('the mode machine', () => {
  it('starts in starting, never active', () => {
    expect(started().state).toEqual({ mode: 'starting', since: 1_000, reason: 'started', actor: 'engine' })
  })

  it('starts killed after a kill, and no resume leads out of it', () => {
    const engine = new Engine({ at: 1, reason: 'started; was killed', mode: 'killed' })
    expect(engine.process(resume('active')).events).toMatchObject([{ kind: 'mode-refused', mode: 'killed' }])
    expect(engine.state.mode).toBe('killed')
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
    expect(engine.state).toMatchObject({ reason: 'looked wrong', since: 2_000 })
  })

  it.each(['starting', 'active', 'reducing', 'halted'] as const)('is killed from %s', (mode) => {
    const engine = engineIn(mode)
    expect(engine.process(kill).events).toMatchObject([{ from: mode, to: 'killed' }])
  })

  it('is not softened from killed to halted', () => {
    const engine = engineIn('killed')
    expect(engine.process(halt)).toEqual({ events: [], requests: [] })
    expect(engine.state.mode).toBe('killed')
  })

  it.each(['active', 'reducing'] as const)('refuses to resume from killed to %s, and says so', (to) => {
    const engine = engineIn('killed')
    expect(engine.process(resume(to)).events).toMatchObject([{ kind: 'mode-refused', mode: 'killed', wanted: to }])
    expect(engine.state.mode).toBe('killed')
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

  it.each(['starting', 'reducing', 'halted', 'killed'] as const)('is not made more active by trouble while %s', (mode) => {
    const engine = engineIn(mode)
    engine.process({ kind: 'machine-slept', at: 5_000 })
    engine.process({ kind: 'clock-jumped', at: 5_000, byMs: 9_000 })
    expect(engine.state.mode).toBe(mode)
  })
})
