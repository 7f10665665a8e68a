import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { OrderSpec } from '../../../src-main/domain/index.ts'
import { canonicalJson, type PreviewedCommand } from '../../../src-main/engine/index.ts'
import { lots, perpetual, Rig, spot, ticks } from '../../unit/engine/trading-rig.ts'

const specs = (side: 'buy' | 'sell'): fc.Arbitrary<OrderSpec> =>
  fc.record({
    instrument: fc.constantFrom(spot.instrument.id, perpetual.instrument.id, 'NO/SUCH'),
    type: fc.constantFrom('market', 'limit', 'stop', 'take-profit'),
    size: fc.oneof(fc.integer({ min: 0, max: 2_000_000 }).map((count) => ({ by: 'quantity', lots: lots(count) }) as const), fc.constant({ by: 'all' } as const)),
    price: fc.integer({ min: 9_000, max: 11_000 }),
    reduceOnly: fc.boolean(),
  }).map(({ instrument, type, size, price, reduceOnly }) => ({
    account: 'main', instrument, side, type, size, reduceOnly, timeInForce: type === 'market' ? 'ioc' : 'gtc', owner: 'hand',
    ...(type === 'limit' ? { limit: ticks(price) } : {}),
    ...(type === 'stop' || type === 'take-profit' ? { trigger: { price: ticks(price), source: 'last' } } : {}),
  }))
const anySpec = fc.constantFrom('buy', 'sell').chain((side) => specs(side as 'buy' | 'sell'))

const commands: fc.Arbitrary<PreviewedCommand> = fc.oneof(
  anySpec.map((order) => ({ kind: 'place-order', order }) as const),
  fc.tuple(fc.constantFrom('oco', 'oto', 'bracket'), fc.array(anySpec, { minLength: 1, maxLength: 3 }))
    .map(([group, orders]) => ({ kind: 'place-group', group: group as 'oco', orders }) as const),
)

describe('a preview of the engine', () => {
  it('changes neither state nor numbering, and a command after it gets the verdict that was foretold', () => {
    fc.assert(
      fc.property(fc.array(anySpec, { maxLength: 4 }), commands, fc.boolean(), (before, command, isHalted) => {
        const rig = Rig.active()
        for (const order of before) rig.command({ ...rig.asked(), kind: 'place-order', order })
        if (isHalted) rig.process({ kind: 'halt-trading', at: rig.at, reason: 'a test', actor: 'hand' })
        const [state, last] = [canonicalJson(rig.engine.snapshot()), rig.engine.lastSequence]
        const preview = rig.engine.preview(command)
        expect(canonicalJson(rig.engine.snapshot())).toBe(state)
        expect(rig.engine.lastSequence).toBe(last)
        expect(rig.process({ kind: 'time-passed', at: rig.at }).events).toEqual([])
        const { commandId, at } = rig.asked()
        rig.command({ ...command, commandId, at })
        const answer = rig.engine.answerTo(commandId)
        const denied = answer?.orders.flatMap((id) => (rig.engine.order(id)?.status === 'denied' ? [id] : [])) ?? []
        // A group is judged by its entry; what its legs meet later is not a verdict on the command.
        const isRefused = answer?.refusal !== undefined || (command.kind === 'place-order' && denied.length > 0)
        expect(preview.refusal !== undefined).toBe(isRefused)
        if (answer?.refusal !== undefined) expect(preview.refusal?.rule).toBe(answer.refusal.rule)
      }),
      { numRuns: 300 },
    )
  })
})
