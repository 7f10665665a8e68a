import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anchorsOf, drawingKinds, drawingsMax, fibTicks, moved, type Drawing } from '../../../../src-renderer/charts/drawings/drawing.ts'
import { emptyBook, undone, withChanged, withDrawing, withoutDrawing } from '../../../../src-renderer/charts/drawings/drawing-book.ts'
import { distanceToSegment, hitShape } from '../../../../src-renderer/charts/drawings/drawing-shape.ts'
import { parseDrawings, printDrawings } from '../../../../src-renderer/stores/chart-drawings.ts'

const anchor = fc.record({ time: fc.maxSafeInteger(), ticks: fc.maxSafeInteger() })
const drawing: fc.Arbitrary<Drawing> = fc.constantFrom(...drawingKinds).chain((kind) => fc.record({
  id: fc.uuid(), kind: fc.constant(kind), words: fc.string({ maxLength: 40 }),
  anchors: fc.array(anchor, { minLength: anchorsOf[kind], maxLength: anchorsOf[kind] }),
}))
const level = (id: string, ticks = 1): Drawing => ({ id, kind: 'level', anchors: [{ time: 0, ticks }], words: '' })

describe('drawings', () => {
  it('come back from the browser’s memory as they were', () => {
    fc.assert(fc.property(fc.uniqueArray(drawing, { selector: ({ id }) => id, maxLength: 8 }), (drawings) => {
      expect(parseDrawings(JSON.parse(printDrawings(drawings)))).toEqual(drawings)
    }))
  })

  it.each([
    ['another version', { version: 2, drawings: [] }],
    ['a kind that is not known', { version: 1, drawings: [{ ...level('a'), kind: 'star' }] }],
    ['an anchor too few', { version: 1, drawings: [{ ...level('a'), kind: 'trend' }] }],
    ['a price that is no whole number of ticks', { version: 1, drawings: [level('a', 1.5)] }],
    ['one id twice', { version: 1, drawings: [level('a'), level('a')] }],
  ])('are not taken with %s', (_, json) => {
    expect(parseDrawings(json)).toBeUndefined()
  })

  it('never throw, whatever JSON lies there', () => {
    fc.assert(fc.property(fc.jsonValue(), (json) => {
      expect(parseDrawings(json) === undefined || Array.isArray(parseDrawings(json))).toBe(true)
      expect(parseDrawings({ version: 1, drawings: [json] })).toBeUndefined()
    }))
  })

  it('can be taken back change by change, and a change that changes nothing is none', () => {
    const one = withDrawing(emptyBook, level('a'))
    const two = withChanged(one, level('a', 7))
    const three = withoutDrawing(two, 'a')
    expect(three.drawings).toEqual([])
    expect(undone(three).drawings).toEqual([level('a', 7)])
    expect(undone(undone(three)).drawings).toEqual([level('a')])
    expect(undone(undone(undone(three))).drawings).toEqual([])
    expect(undone(emptyBook)).toBe(emptyBook)
    expect(withoutDrawing(two, 'b')).toBe(two)
    expect(withChanged(two, level('b'))).toBe(two)
  })

  it('are no more than can be painted in each frame', () => {
    let book = emptyBook
    for (let nth = 0; nth <= drawingsMax; nth++) book = withDrawing(book, level(String(nth)))
    expect(book.drawings).toHaveLength(drawingsMax)
  })

  it('keep their shape when they are moved', () => {
    const trend: Drawing = { id: 'a', kind: 'trend', words: '', anchors: [{ time: 10, ticks: 5 }, { time: 40, ticks: 9 }] }
    expect(moved(trend, 5, -3).anchors).toEqual([{ time: 15, ticks: 2 }, { time: 45, ticks: 6 }])
    expect(fibTicks({ time: 0, ticks: 100 }, { time: 1, ticks: 200 }, 0.25)).toBe(175)
  })

  it('are found by the pointer where they are drawn', () => {
    const [from, to] = [{ x: 0, y: 0 }, { x: 100, y: 100 }]
    expect(distanceToSegment({ x: 100, y: 0 }, from, to)).toBeCloseTo(Math.SQRT1_2 * 100)
    expect(distanceToSegment({ x: 200, y: 100 }, from, to)).toBe(100)
    expect(hitShape('trend', [from, to], { x: 52, y: 50 }, 6)).toBe('whole')
    expect(hitShape('trend', [from, to], { x: 98, y: 99 }, 6)).toEqual({ anchor: 1 })
    expect(hitShape('level', [from], { x: 900, y: 4 }, 6)).toBe('whole')
    expect(hitShape('rectangle', [from, to], { x: 50, y: 50 }, 6)).toBeUndefined()
    expect(hitShape('rectangle', [from, to], { x: 50, y: 2 }, 6)).toBe('whole')
    expect(hitShape('measure', [from, to], { x: 50, y: 50 }, 6)).toBe('whole')
    expect(hitShape('text', [from], { x: 30, y: 5 }, 6, 40)).toBe('whole')
    expect(hitShape('text', [from], { x: 60, y: 5 }, 6, 40)).toBeUndefined()
  })
})
