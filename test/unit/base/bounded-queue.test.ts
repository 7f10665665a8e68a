import { describe, expect, it } from 'vitest'
import { BoundedQueue, InvariantError } from '../../../src-main/base/index.ts'

const filled = (policy: 'refuse' | 'dropOldest' | 'dropNewest') => {
  const queue = new BoundedQueue<string>(2, policy)
  queue.offer('a')
  queue.offer('b')
  return queue
}
const drain = (queue: BoundedQueue<string>) => [queue.take(), queue.take(), queue.take()]

describe('a full queue', () => {
  it('refuses, keeps what it has, and counts', () => {
    const queue = filled('refuse')
    expect(queue.offer('c')).toBe('refused')
    expect([queue.offered, queue.refused, queue.dropped]).toEqual([3, 1, 0])
    expect(drain(queue)).toEqual(['a', 'b', undefined])
  })

  it('drops its oldest item for the new one, and counts', () => {
    const queue = filled('dropOldest')
    expect(queue.offer('c')).toBe('droppedOldest')
    expect([queue.offered, queue.refused, queue.dropped]).toEqual([3, 0, 1])
    expect(drain(queue)).toEqual(['b', 'c', undefined])
  })

  it('drops the new item, and counts', () => {
    const queue = filled('dropNewest')
    expect(queue.offer('c')).toBe('droppedNewest')
    expect([queue.offered, queue.refused, queue.dropped]).toEqual([3, 0, 1])
    expect(drain(queue)).toEqual(['a', 'b', undefined])
  })

  it('has room again as soon as one item is taken', () => {
    const queue = filled('refuse')
    expect([queue.isFull, queue.peek(), queue.take(), queue.isFull]).toEqual([true, 'a', 'a', false])
    expect(queue.offer('c')).toBe('queued')
    expect([queue.size, queue.capacity, queue.policy]).toEqual([2, 2, 'refuse'])
  })
})

describe('an empty queue', () => {
  it('gives nothing and stays as it is', () => {
    const queue = new BoundedQueue<number>(1, 'refuse')
    expect([queue.take(), queue.peek(), queue.size]).toEqual([undefined, undefined, 0])
    queue.offer(1)
    expect([queue.take(), queue.take(), queue.peek()]).toEqual([1, undefined, undefined])
  })

  it.each([0, -1, 1.5, NaN, Infinity])('cannot be made for %d items', (capacity) => {
    expect(() => new BoundedQueue(capacity, 'refuse')).toThrow(InvariantError)
  })
})
