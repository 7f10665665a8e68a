import { describe, expect, it } from 'vitest'
import type { EngineEventView, EngineStatus } from '../../../../src-preload/contract/index.ts'
import { clockTrouble, engineWallMs } from '../../../../src-renderer/stores/engine-clock.ts'
import { eventsKept, isFirstOfEngine, joinedEvents } from '../../../../src-renderer/stores/engine-events.ts'
import { withStatus, type EngineFacts } from '../../../../src-renderer/stores/engine-status.ts'

const status = (facts: Partial<EngineStatus> = {}): EngineStatus => ({
  mode: 'starting', since: 0, reason: 'started', actor: 'engine', profile: 'demo', profileKind: 'demo', clients: 1, uptimeMs: 500,
  version: '0.1.0', processId: 11, restarts: 0, ...facts,
})
const unknown: EngineFacts = { status: undefined, startedAt: undefined, restartedAt: undefined }

describe('what is known of the engine', () => {
  it('is no restart at first sight of an engine that never crashed', () => {
    expect(withStatus(unknown, status(), 10_000)).toMatchObject({ startedAt: 9_500, restartedAt: undefined })
  })

  it('is a restart when another process answers, or when its supervisor counts one', () => {
    const first = withStatus(unknown, status(), 10_000)
    const second = withStatus(first, status({ processId: 12, uptimeMs: 100 }), 20_000)
    expect(second).toMatchObject({ startedAt: 19_900, restartedAt: 19_900 })
    expect(withStatus(unknown, status({ restarts: 1 }), 10_000).restartedAt).toBe(9_500)
  })

  it('keeps the moment of the start while the same process answers', () => {
    const first = withStatus(unknown, status(), 10_000)
    expect(withStatus(first, status({ uptimeMs: 60_510 }), 70_000).startedAt).toBe(9_500)
  })
})

const changed = (sequence: number, at: number): EngineEventView => ({
  kind: 'mode-changed', sequence, at, from: 'starting', to: 'halted', reason: 'test', actor: 'hand',
})

describe('the events of the engine', () => {
  it('are those of the snapshot where both know them, after those that only this page still knows', () => {
    const known = [changed(1, 10), changed(2, 20)]
    expect(joinedEvents(known, [changed(2, 20), changed(3, 30)])).toEqual([changed(1, 10), changed(2, 20), changed(3, 30)])
  })

  it('outlive the engine that decided them', () => {
    const joined = joinedEvents([changed(1, 10), changed(2, 20)], [changed(1, 50)])
    expect(joined.map(({ at }) => at)).toEqual([10, 20, 50])
    expect(joined.map((event, nth) => isFirstOfEngine(event, joined[nth - 1]))).toEqual([false, false, true])
  })

  it('are bounded, and the oldest go first', () => {
    const many = Array.from({ length: eventsKept + 5 }, (_, nth) => changed(nth + 1, nth))
    const joined = joinedEvents(many.slice(0, 10), many)
    expect(joined).toHaveLength(eventsKept)
    expect(joined[0]?.sequence).toBe(6)
  })
})

const reading = { wallMs: 1_000_000, monotonicMs: 5, driftMs: 0, stallMs: 0 }

describe('the engine’s clock on the screen', () => {
  it('goes on between readings and stands still when none comes', () => {
    expect(engineWallMs({ reading, readAt: 100 }, 350)).toBe(1_000_250)
    expect(engineWallMs({ reading, readAt: 100 }, 90_000)).toBe(1_003_000)
    expect(engineWallMs({ reading: undefined, readAt: 0 }, 5)).toBeUndefined()
  })

  it.each([
    ['none', { ...reading, driftMs: 250, stallMs: 250 }, 3_000],
    ['drift', { ...reading, driftMs: -251 }, 0],
    ['stall', { ...reading, stallMs: 251 }, 0],
    ['no-reading', reading, 3_001],
  ] as const)('has the trouble %s at its limit', (trouble, given, age) => {
    expect(clockTrouble({ reading: given, readAt: 0 }, age)).toBe(trouble)
  })
})
