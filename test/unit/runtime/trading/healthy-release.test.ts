import { describe, expect, it } from 'vitest'
import type { EngineEvent, ResumeTrading } from '../../../../src-main/domain/index.ts'
import type { AnyEvent } from '../../../../src-main/engine/index.ts'
import { HealthyRelease } from '../../../../src-main/runtime/trading/index.ts'

const wallMs = 1_700_000_000_000
type ModeChanged = Extract<EngineEvent, { readonly kind: 'mode-changed' }>

const modeChanged = (change: Partial<ModeChanged> = {}): ModeChanged =>
  ({ kind: 'mode-changed', sequence: 1, at: wallMs, from: 'active', to: 'reducing', reason: 'the clock jumped by 5000 ms', actor: 'engine', ...change })
const asked = (account = 'main'): AnyEvent => ({ kind: 'epoch-asked', sequence: 2, at: wallMs, account, epoch: 2, why: '' })
const closed = (outcome: 'clean' | 'breaks' | 'inconclusive' = 'clean', account = 'main'): AnyEvent =>
  ({ kind: 'epoch-closed', sequence: 2, at: wallMs, account, epoch: 2, outcome, since: 0, detail: '' })

const round = (outcome: 'clean' | 'breaks' | 'inconclusive' = 'clean', account = 'main'): readonly AnyEvent[] => [asked(account), closed(outcome, account)]

function rig(before: readonly EngineEvent[] = [], accounts: readonly string[] = ['main']) {
  const wishes: ResumeTrading[] = []
  let ms = 0
  const release = new HealthyRelease({ accounts, now: () => wallMs + ms, monotonicMs: () => ms, submit: (command) => wishes.push(command) }, before)
  return {
    release, wishes,
    note: (...events: readonly (AnyEvent | readonly AnyEvent[])[]) => events.flat().forEach((event) => release.note(event)),
    lookAt(at: number, mode = 'reducing'): number {
      ms = at
      release.look(mode)
      return wishes.length
    },
    at: (to: number) => (ms = to),
  }
}

describe('a fall that the engine decided', () => {
  it('is taken back after a minute that was well, with a clean round', () => {
    const { note, lookAt, wishes } = rig()
    note(modeChanged(), round())
    expect(lookAt(59_999)).toBe(0)
    expect(lookAt(60_000)).toBe(1)
    expect(wishes).toMatchObject([{ kind: 'resume-trading', to: 'active', actor: 'engine', reason: 'well for 60 s since: the clock jumped by 5000 ms' }])
    note(modeChanged({ from: 'reducing', to: 'active', actor: 'engine' }))
    expect(lookAt(200_000, 'active')).toBe(1)
  })

  it('is not taken back without a clean round of every account that was asked since', () => {
    const { note, lookAt } = rig([], ['main', 'other'])
    note(round(), round('clean', 'other'), modeChanged())
    expect(lookAt(70_000)).toBe(0)
    note(round())
    expect(lookAt(80_000)).toBe(0)
    note(round('breaks', 'other'))
    expect(lookAt(90_000)).toBe(0)
    note(round('clean', 'other'))
    expect(lookAt(100_000)).toBe(1)
  })

  it('is not taken back on the word of a round that was asked before it', () => {
    const { note, lookAt } = rig()
    note(asked(), modeChanged(), closed())
    expect(lookAt(70_000)).toBe(0)
    note(round())
    expect(lookAt(70_001)).toBe(1)
  })

  it.each<[string, AnyEvent]>([
    ['the clock jumps again', { kind: 'clock-jumped', sequence: 3, at: wallMs, byMs: 9_000 }],
    ['the journal is troubled and well again', { kind: 'journal-recovered', sequence: 3, at: wallMs }],
  ])('waits a whole minute more when %s', (_what, trouble) => {
    const { note, lookAt, at } = rig()
    note(modeChanged(), round())
    at(50_000)
    note(trouble)
    expect(lookAt(109_999)).toBe(0)
    expect(lookAt(110_000)).toBe(0)
    note(round())
    expect(lookAt(110_001)).toBe(1)
  })

  it('waits for a journal that is well', () => {
    const { note, lookAt } = rig()
    note(modeChanged(), { kind: 'journal-troubled', sequence: 3, at: wallMs, trouble: 'stalled', detail: '' }, round())
    expect(lookAt(500_000)).toBe(0)
  })

  it.each<[string, Partial<ModeChanged>]>([
    ['reduced by hand', { actor: 'hand' }], ['halted', { to: 'halted' }], ['reduced from a halt', { from: 'halted' }],
  ])('is none where trading was %s', (_what, change) => {
    const { note, lookAt } = rig()
    note(modeChanged(change), round())
    expect(lookAt(500_000)).toBe(0)
  })

  it('is forgotten when somebody chooses a mode meanwhile', () => {
    const { note, lookAt } = rig()
    note(modeChanged(), modeChanged({ from: 'reducing', to: 'halted', actor: 'hand' }), modeChanged({ from: 'halted', to: 'reducing', actor: 'hand' }), round())
    expect(lookAt(500_000)).toBe(0)
  })

  it('outlives a restart, which begins the minute anew', () => {
    const { note, lookAt } = rig([modeChanged({ from: 'starting', to: 'active' }), modeChanged(), modeChanged({ from: 'starting', to: 'reducing', reason: 'the start was clean' })])
    note(modeChanged({ from: 'starting', to: 'reducing', reason: 'the start was clean' }), round())
    expect(lookAt(59_000)).toBe(0)
    expect(lookAt(60_000)).toBe(1)
  })

  it('is asked for again only after a while where the engine refused', () => {
    const { note, lookAt } = rig()
    note(modeChanged(), round())
    expect(lookAt(60_000)).toBe(1)
    expect(lookAt(60_250)).toBe(1)
    expect(lookAt(70_000)).toBe(2)
  })
})
