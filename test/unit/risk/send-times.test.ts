import { describe, expect, it } from 'vitest'
import { createRichBook } from './review-rig.ts'
import { SendTimes } from '../../../src-main/risk/send-times.ts'

describe('the times of sends', () => {
  it('are counted after a moment, that moment left out', () => {
    const times = new SendTimes(10)
    for (const at of [100, 200, 200, 300]) times.count(at)
    expect([99, 100, 199, 200, 299, 300].map((moment) => times.after(moment))).toEqual([4, 3, 3, 1, 1, 0])
  })

  it('forget the oldest when they are full', () => {
    const times = new SendTimes(3)
    for (let at = 1; at <= 10; at += 1) times.count(at)
    expect([0, 8, 10].map((moment) => times.after(moment))).toEqual([3, 2, 0])
  })

  it('make no room when the clock is set back', () => {
    const times = new SendTimes(10)
    for (const at of [1_000, 2_000, 3_000, 500]) times.count(at)
    expect([times.after(499), times.after(500)]).toEqual([4, 0])
  })

  it('are those of the account in the book of exposure', () => {
    const book = createRichBook()
    book.countSent(50)
    expect([book.sentSince(49), book.sentSince(50)]).toEqual([1, 0])
  })
})
