import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AnyEvent, EngineInput, TradingEngine } from '../../../src-main/engine/index.ts'
import { engineAfter } from '../../unit/engine/engine-after.ts'

const at = fc.integer({ min: 0, max: 2 ** 45 })
const actor = fc.constantFrom('hand', 'cli', 'tray', 'hotkey', 'signal', 'engine')
const reason = fc.string({ minLength: 1, maxLength: 20 })
const input: fc.Arbitrary<EngineInput> = fc.oneof(
  fc.record({ kind: fc.constant('halt-trading' as const), at, reason, actor }),
  fc.record({ kind: fc.constant('kill-trading' as const), at, reason, actor }),
  fc.record({ kind: fc.constant('resume-trading' as const), at, to: fc.constantFrom('active' as const, 'reducing' as const), reason, actor }),
  fc.record({ kind: fc.constant('clock-jumped' as const), at, byMs: fc.integer() }),
  fc.record({ kind: fc.constant('machine-slept' as const), at }),
  fc.record({ kind: fc.constant('journal-well' as const), at }),
  fc.record({
    kind: fc.constant('journal-in-trouble' as const), at, trouble: fc.constantFrom('stalled' as const, 'short' as const, 'failed' as const), detail: reason,
  }),
)
const inputs = fc.array(input, { maxLength: 60 })

function run(sequence: readonly EngineInput[]): { readonly engine: TradingEngine; readonly events: readonly AnyEvent[] } {
  const engine = engineAfter(0)
  return { engine, events: sequence.flatMap((each) => engine.process(each).events) }
}

describe('for any sequence of inputs', () => {
  it('event numbers have no gap', () => {
    fc.assert(
      fc.property(inputs, (sequence) => {
        expect(run(sequence).events.map(({ sequence: number }) => number)).toEqual(run(sequence).events.map((_event, index) => index + 1))
      }),
    )
  })

  it('the state is what the events say', () => {
    fc.assert(
      fc.property(inputs, (sequence) => {
        const { engine, events } = run(sequence)
        let mode = 'starting'
        for (const event of events) {
          if (event.kind !== 'mode-changed') continue
          expect(event.from).toBe(mode)
          mode = event.to
        }
        expect(engine.mode.mode).toBe(mode)
      }),
    )
  })

  it('after a halt or kill nothing but a resume leads to active', () => {
    fc.assert(
      fc.property(inputs, (sequence) => {
        const engine = engineAfter(0)
        for (const each of sequence) {
          const before = engine.mode.mode
          engine.process(each)
          if (engine.mode.mode === 'active' && before !== 'active') expect(each.kind).toBe('resume-trading')
        }
      }),
    )
  })

  it('killed stays killed', () => {
    fc.assert(
      fc.property(inputs, inputs, (before, after) => {
        const { engine } = run([...before, { kind: 'kill-trading', at: 1, reason: 'enough', actor: 'hand' }])
        for (const each of after) engine.process(each)
        expect(engine.mode.mode).toBe('killed')
      }),
    )
  })

  it('the same inputs give the same events', () => {
    fc.assert(fc.property(inputs, (sequence) => void expect(run(sequence).events).toEqual(run(sequence).events)))
  })
})
