import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRandom, restoreRandom } from '../../../src-main/base/index.ts'
import type { Random } from '../../../src-main/base/index.ts'

const seed = () => fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER })
const draw = (random: Random, count: number): number[] => Array.from({ length: count }, () => random.nextUint32())

describe('seeded random', () => {
  it('repeats itself from the same seed, and continues from a saved state as if nothing had happened', () => {
    fc.assert(
      fc.property(seed(), fc.nat(50), (from, skipped) => {
        const [first, second] = [createRandom(from), createRandom(from)]
        expect(draw(first, skipped)).toEqual(draw(second, skipped))
        const restored = restoreRandom(JSON.parse(JSON.stringify(first.save())))
        if (!restored.ok) throw new Error('a saved state was refused')
        expect(draw(restored.value, 20)).toEqual(draw(second, 20))
        expect(draw(restored.value.split('child'), 5)).toEqual(draw(second.split('child'), 5))
      }),
    )
  })

  it('gives a child stream that no draw of the parent changes, and leaves the parent where it was', () => {
    fc.assert(
      fc.property(seed(), fc.string({ minLength: 1 }), fc.nat(40), (from, label, drawn) => {
        const [still, moved] = [createRandom(from), createRandom(from)]
        draw(moved, drawn)
        expect(draw(moved.split(label), 8)).toEqual(draw(still.split(label), 8))
        still.split(label)
        expect(draw(moved, 8)).toEqual(draw(still, drawn + 8).slice(drawn))
      }),
    )
  })

  it('gives different labels, and different paths of labels, different streams', () => {
    const label = fc.string({ minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(seed(), label, label, (from, one, other) => {
        fc.pre(one !== other)
        const root = createRandom(from)
        const streams = [root, root.split(one), root.split(other), root.split(one + other), root.split(one).split(other)]
        expect(new Set(streams.map((stream) => draw(stream, 4).join())).size).toBe(streams.length)
      }),
    )
  })

  it('stays inside the bound, for any bound up to 2^53 - 1', () => {
    const upTo = (max: number) => fc.integer({ min: 1, max })
    fc.assert(
      fc.property(seed(), fc.oneof(upTo(100), upTo(Number.MAX_SAFE_INTEGER)), (from, bound) => {
        const random = createRandom(from)
        for (let count = 0; count < 20; count += 1) {
          const drawn = random.nextInt(bound)
          expect(Number.isSafeInteger(drawn) && drawn >= 0 && drawn < bound).toBe(true)
        }
      }),
    )
  })

  it('shuffles without losing or doubling an item', () => {
    fc.assert(
      fc.property(seed(), fc.array(fc.integer()), (from, items) => {
        const shuffled = [...items]
        createRandom(from).shuffle(shuffled)
        expect(shuffled.toSorted((a, b) => a - b)).toEqual(items.toSorted((a, b) => a - b))
      }),
    )
  })
})
