import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createEngineHandlers, type BridgeServer } from '../../../src-main/bridge/index.ts'
import type { VenueReport, VenueRequest } from '../../../src-main/domain/index.ts'
import type { Venue, VenueListener } from '../../../src-main/ports/index.ts'
import { Runtime } from '../../../src-main/runtime/index.ts'
import { createMemoryJournal } from '../../fixtures/memory-journal.ts'
import { amount, setupOf } from '../engine/trading-rig.ts'

const startedAt = 1_700_000_000_000
const caller = { access: 'admin', peer: 'test' } as const
const asked = { reason: 'a test', actor: 'hand' } as const
let runtime: Runtime

beforeEach(() => void vi.useFakeTimers())
afterEach(async () => {
  await runtime.dispose()
  vi.useRealTimers()
})

/** A runtime that has begun, and a venue that answers its rounds only when it is told to. */
function rig() {
  let listener: VenueListener | undefined
  const requests: VenueRequest[] = []
  const venue: Venue = {
    perform: (request) => void requests.push(request),
    listen: (heard) => {
      listener = heard
      return () => (listener = undefined)
    },
    dispose: () => Promise.resolve(),
  }
  const at = (): number => startedAt + performance.now()
  runtime = new Runtime({
    clock: { wallMs: at, monotonicMs: () => performance.now() }, version: '1', onBroken: (error) => { throw error },
    latch: { keep: () => undefined, drop: () => undefined, read: () => undefined, settled: async () => undefined },
    trading: { setup: setupOf(), venue, answerPatienceMs: 60_000, snapshots: { everyEvents: 1_000, keep: () => undefined } },
  })
  runtime.open(createMemoryJournal(), { lastSequence: 0, recentEvents: [], trading: { events: [] } })
  const none = { ok: true, items: [] } as const
  const answer = (): void => {
    const round = requests.findLast((request) => request.kind === 'fetch-epoch')
    if (round === undefined) throw new Error('no round was asked')
    const report: VenueReport = {
      kind: 'epoch-reported', at: at(), account: 'main', epoch: round.epoch, askedAt: at(), since: round.since, openOrders: none, closedOrders: none, trades: none,
      positions: none, postings: none, balances: { ok: true, items: [{ asset: 'USD', total: amount(1_000_000), free: amount(1_000_000) }] },
    }
    listener?.report(report)
  }
  // Nothing here looks at who else is connected.
  const handlers = createEngineHandlers(runtime, { profile: 'paper', profileKind: 'paper', version: '1', restarts: 0 }, () => ({ clients: 1 }) as BridgeServer)
  return { handlers, answer, rounds: () => requests.filter(({ kind }) => kind === 'fetch-epoch').length }
}

describe('a resume', () => {
  it('that has to wait for the venue is answered when the venue has', async () => {
    const { handlers, answer } = rig()
    const reply = handlers['trading.resume']({ to: 'active', ...asked }, caller)
    await vi.advanceTimersByTimeAsync(1_000)
    answer()
    await vi.advanceTimersByTimeAsync(0)
    expect(await reply).toMatchObject({ ok: true, value: { mode: 'active', reason: 'a test' } })
  })

  it('that waits too long says that it still waits, and is done later all the same', async () => {
    const { handlers, answer } = rig()
    const reply = handlers['trading.resume']({ to: 'active', ...asked }, caller)
    await vi.advanceTimersByTimeAsync(8_000)
    expect(await reply).toMatchObject({ ok: false, error: { code: 'engine.resume-waits', details: { mode: 'starting', wanted: 'active' } } })
    answer()
    expect(runtime.mode).toBe('active')
  })

  it('that a kill overtakes is refused', async () => {
    const { handlers } = rig()
    const reply = handlers['trading.resume']({ to: 'active', ...asked }, caller)
    await vi.advanceTimersByTimeAsync(100)
    runtime.submit({ kind: 'kill-trading', at: runtime.now(), reason: 'a test', actor: 'hand' })
    expect(await reply).toMatchObject({ ok: false, error: { code: 'engine.mode-refused', details: { mode: 'killing' } } })
  })

  it('from where nothing has to be asked is answered at once', async () => {
    const { handlers, answer } = rig()
    answer()
    expect(runtime.mode).toBe('reducing')
    expect(await handlers['trading.resume']({ to: 'active', ...asked }, caller)).toMatchObject({ ok: true, value: { mode: 'active' } })
  })
})
