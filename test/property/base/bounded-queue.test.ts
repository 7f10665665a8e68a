import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BoundedQueue } from '../../../src-main/base/index.ts'
import type { OfferOutcome, OverflowPolicy } from '../../../src-main/base/index.ts'

/** The plain array that the ring must be indistinguishable from. */
const offerToModel = (model: number[], item: number, capacity: number, policy: OverflowPolicy): OfferOutcome => {
  if (model.length < capacity) {
    model.push(item)
    return 'queued'
  }
  if (policy === 'refuse') return 'refused'
  if (policy === 'dropNewest') return 'droppedNewest'
  model.shift()
  model.push(item)
  return 'droppedOldest'
}

const policies: readonly OverflowPolicy[] = ['refuse', 'dropOldest', 'dropNewest']

describe('a bounded queue', () => {
  it.each(policies)('behaves like a plain array under %s, for any sequence of steps', (policy) => {
    const steps = fc.array(fc.oneof({ weight: 3, arbitrary: fc.nat() }, { weight: 2, arbitrary: fc.constant('take' as const) }))
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 7 }), steps, (capacity, sequence) => {
        const queue = new BoundedQueue<number>(capacity, policy)
        const model: number[] = []
        let taken = 0
        for (const step of sequence) {
          if (step === 'take') {
            if (model.length > 0) taken += 1
            expect(queue.take()).toBe(model.shift())
          } else {
            expect(queue.offer(step)).toBe(offerToModel(model, step, capacity, policy))
          }
          expect([queue.size, queue.peek(), queue.isFull]).toEqual([model.length, model[0], model.length === capacity])
          expect(queue.offered).toBe(taken + queue.dropped + queue.refused + queue.size)
        }
      }),
      { numRuns: 2_000 },
    )
  })
})
