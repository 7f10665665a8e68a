import { describe, expect, it } from 'vitest'
import { DurableMarks } from '../../../src-main/runtime/durable-marks.ts'

describe('the marks of what is on the disk', () => {
  it('begin with those of the books as they were opened', () => {
    const marks = new DurableMarks(41)
    expect(marks.durable).toBe(41)
    expect(marks.reach(1_000)).toBe(false)
    expect(marks.durable).toBe(41)
  })

  it('count a mark only when its record and every one before it is on the disk', () => {
    const marks = new DurableMarks(0)
    // Records that nobody waits for have numbers in between.
    marks.wait(1, 3)
    marks.wait(2, 4)
    marks.wait(3, 9)
    expect(marks.reach(2)).toBe(false)
    expect(marks.durable).toBe(0)
    expect(marks.reach(8)).toBe(true)
    expect(marks.durable).toBe(2)
    expect(marks.reach(8)).toBe(false)
    expect(marks.reach(9)).toBe(true)
    expect(marks.durable).toBe(3)
  })

  it('go on over thousands of them', () => {
    const marks = new DurableMarks(0)
    for (let mark = 1; mark <= 5_000; mark++) {
      marks.wait(mark, mark * 2)
      if (mark % 3 === 0) {
        marks.reach(mark * 2 - 1)
        expect(marks.durable).toBe(mark - 1)
      }
    }
    expect(marks.reach(10_000)).toBe(true)
    expect(marks.durable).toBe(5_000)
  })
})
