import { expect, test } from 'vitest'
import { isTerminal, oppositeOf, orderStatuses, signOf } from '../../../src-main/domain/index.ts'

test('the two sides are each other’s opposite and move a position in opposite ways', () => {
  expect([oppositeOf('buy'), oppositeOf('sell')]).toEqual(['sell', 'buy'])
  expect([signOf('buy'), signOf('sell')]).toEqual([1, -1])
})

test('an order is over only where nothing of it can come any more: what is unknown or stuck is not', () => {
  expect(orderStatuses.filter(isTerminal)).toEqual(['denied', 'filled', 'canceled', 'expired', 'rejected', 'absent'])
})
