import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createAuditWatch } from '../../../src-main/bookkeeping/audit-watch.ts'
import type { AuditVerdict } from '../../../src-preload/contract/index.ts'

const head = { seq: 3, mac: 'aa' }
const good: AuditVerdict = { ok: true, records: 3, head }
const bad: AuditVerdict = { ok: false, records: 1, head, reason: 'content' }

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function watchOf(found: (AuditVerdict | undefined)[], isOn = () => true) {
  const told: AuditVerdict[] = []
  const state = { asked: 0 }
  const watch = createAuditWatch({
    isOn,
    verify: async () => (state.asked++, found.shift()),
    onVerdict: (verdict) => void told.push(verdict),
    firstAfterMs: 1_000,
    everyMs: 10_000,
    soonMs: 500,
  })
  return { watch, told, state }
}

describe('the watch over the journal', () => {
  it('looks some time after the start, and then once a day', async () => {
    const { watch, told, state } = watchOf([good, good])
    await vi.advanceTimersByTimeAsync(900)
    expect(state.asked).toBe(0)
    await vi.advanceTimersByTimeAsync(200)
    expect(told).toEqual([good])
    await vi.advanceTimersByTimeAsync(10_000)
    expect(told).toEqual([good, good])
    watch.dispose()
    await vi.advanceTimersByTimeAsync(100_000)
    expect(state.asked).toBe(2)
  })

  it('believes in damage only when it is there the second time too', async () => {
    const { watch, told, state } = watchOf([bad, good, bad, bad])
    await vi.advanceTimersByTimeAsync(1_100)
    expect([told, state.asked]).toEqual([[good], 2])
    await vi.advanceTimersByTimeAsync(10_000)
    expect([told, state.asked]).toEqual([[good, bad], 4])
    watch.dispose()
  })

  it('looks again soon when damage could not be confirmed', async () => {
    const { watch, told, state } = watchOf([bad, undefined, bad, bad])
    await vi.advanceTimersByTimeAsync(1_100)
    expect([told, state.asked]).toEqual([[], 2])
    await vi.advanceTimersByTimeAsync(500)
    expect([told, state.asked]).toEqual([[bad], 4])
    watch.dispose()
  })

  it('does nothing while it is switched off, and says nothing of what could not be read', async () => {
    let isOn = false
    const { watch, told, state } = watchOf([undefined, good], () => isOn)
    await vi.advanceTimersByTimeAsync(1_100)
    expect(state.asked).toBe(0)
    isOn = true
    await vi.advanceTimersByTimeAsync(10_000)
    expect([told, state.asked]).toEqual([[], 1])
    await vi.advanceTimersByTimeAsync(10_000)
    expect(told).toEqual([good])
    watch.dispose()
  })
})
