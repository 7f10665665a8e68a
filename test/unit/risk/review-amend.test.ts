import { describe, expect, it } from 'vitest'
import { amountFromRaw, lotsFromRaw, ticksFromRaw } from '../../../src-main/base/index.ts'
import type { Refusal } from '../../../src-main/domain/index.ts'
import { reviewAmend } from '../../../src-main/risk/index.ts'
import type { ExposureBook, PlaceableAmend, ProposedAmend, ReviewLimits } from '../../../src-main/risk/index.ts'
import { createRichBook, limitsWith, live, marketSpec, now, orderId, specOf, usd } from './review-rig.ts'
import { perpetual, spot } from './sample-tradables.ts'

const lots = lotsFromRaw
const ticks = ticksFromRaw
const working: ProposedAmend = { order: orderId(1), spec: specOf(), lots: lots(1_000), filled: lots(0), limit: ticks(10_000), at: now, askedAt: now }

const bookWithWorking = (): ExposureBook => {
  const book = createRichBook()
  book.setOrder(live(1))
  return book
}

const amend = (change: Partial<ProposedAmend>, limits: ReviewLimits = limitsWith(), book = bookWithWorking(), tradable = perpetual): PlaceableAmend | Refusal => {
  const verdict = reviewAmend({ ...working, ...change }, book, limits, tradable)
  return verdict.ok ? verdict.value.value : verdict.error
}

describe('the review of an amend', () => {
  it('answers with the order as it shall be, and the worse price of the two', () => {
    expect(amend({ newLimit: ticks(9_990) })).toEqual({ kind: 'amend', order: orderId(1), lots: 1_000, limit: 9_990, worstPrice: 10_000, reduces: false })
    expect(amend({ newLimit: ticks(10_005), newLots: lots(1_200) })).toEqual({ kind: 'amend', order: orderId(1), lots: 1_200, limit: 10_005, worstPrice: 10_005, reduces: false })
  })

  it('refuses a change of what is not there, and one that changes nothing', () => {
    expect(amend({})).toMatchObject({ rule: 'nothing-to-do' })
    expect(amend({ newTrigger: ticks(1) })).toMatchObject({ rule: 'order.amend-not-possible', detail: 'an order of type limit has no trigger to change' })
    const { limit: _, ...withoutLimit } = working
    const stop = { ...withoutLimit, spec: marketSpec({ type: 'stop', trigger: { price: ticks(10_100), source: 'last' } }), trigger: ticks(10_100) } as const
    const verdict = reviewAmend({ ...stop, newLimit: ticks(1) }, bookWithWorking(), limitsWith(), perpetual)
    expect(verdict).toMatchObject({ error: { rule: 'order.amend-not-possible', detail: 'an order of type stop has no limit price to change' } })
    expect(reviewAmend({ ...stop, newTrigger: ticks(10_200) }, bookWithWorking(), limitsWith(), perpetual)).toMatchObject({ ok: true, value: { value: { trigger: 10_200 } } })
  })

  it('never goes below what is filled', () => {
    expect(amend({ filled: lots(400), newLots: lots(400) })).toMatchObject({ rule: 'order.amend-not-possible' })
    expect(amend({ filled: lots(400), newLots: lots(399) })).toMatchObject({ rule: 'order.amend-not-possible' })
    const book = createRichBook()
    book.setOrder(live(1, { remaining: lots(600) }))
    expect(amend({ filled: lots(400), newLots: lots(401) }, limitsWith(), book)).toMatchObject({ lots: 401 })
  })

  it('refuses an order that is not live, of another account, or malformed as it would be', () => {
    expect(amend({ newLots: lots(5_000) }, limitsWith(), createRichBook())).toMatchObject({ rule: 'order.not-found' })
    expect(amend({ newLots: lots(5_000), spec: specOf({ account: 'b' }) })).toMatchObject({ rule: 'order.unknown-account' })
    expect(amend({ newLimit: ticks(0) })).toMatchObject({ rule: 'order.malformed' })
    expect(amend({ newLots: lots(50), spec: specOf({ display: lots(60) }) })).toMatchObject({ rule: 'order.malformed' })
  })

  it('keeps to the filters and limits with the new size and price', () => {
    expect(amend({ newLots: lots(1) })).toMatchObject({ rule: 'filter.notional-min' })
    expect(amend({ newLimit: ticks(16_000) })).toMatchObject({ rule: 'filter.price-band' })
    expect(amend({ newLots: lots(2_000) }, limitsWith({}, { positionLotsMax: lots(1_999) }))).toMatchObject({ rule: 'risk.position', actual: 2_000 })
    expect(amend({ newLots: lots(2_000) }, limitsWith({}, { positionLotsMax: lots(2_000) }))).toMatchObject({ lots: 2_000 })
    expect(amend({ newLots: lots(2_000) }, limitsWith({}, { orderLotsMax: lots(1_999) }))).toMatchObject({ rule: 'risk.order-quantity' })
  })

  it('takes no new place among the open orders', () => {
    expect(amend({ newLots: lots(1_100) }, limitsWith({ ordersOpenMax: 1 }, { ordersOpenMax: 1 }))).toMatchObject({ lots: 1_100 })
  })

  it('needs only what the order does not have set aside already', () => {
    const book = bookWithWorking()
    book.setBalance('USD', amountFromRaw(5_100_000 + 5_099_999))
    expect(amend({ newLots: lots(2_000) }, limitsWith(), book)).toMatchObject({ rule: 'risk.balance', limit: 5_099_999, actual: 5_100_000 })
    book.setBalance('USD', amountFromRaw(10_200_000))
    expect(amend({ newLots: lots(2_000) }, limitsWith(), book)).toMatchObject({ lots: 2_000 })
  })

  it('counts the old size until the venue has answered', () => {
    const book = createRichBook()
    book.setPosition(perpetual.instrument.id, 'net', lots(500), usd(50))
    book.setOrder(live(1, { side: 'sell' }))
    // 1,000 lots against a position of 500 turn it round, and may do so although fewer are wanted.
    expect(amend({ spec: specOf({ side: 'sell' }), newLots: lots(500) }, limitsWith(), book)).toMatchObject({ reduces: false })
    const small = createRichBook()
    small.setPosition(spot.instrument.id, 'net', lots(1_000), usd(100))
    small.setOrder(live(1, { side: 'sell', instrument: spot.instrument.id }))
    expect(amend({ spec: specOf({ side: 'sell', instrument: spot.instrument.id }), newLots: lots(500) }, limitsWith(), small, spot)).toMatchObject({ reduces: true })
  })

  it('answers a fault with a refusal', () => {
    expect(amend({ newLots: lots(1_100) }, limitsWith(), bookWithWorking(), { ...perpetual, leverageMax: 1.5 })).toMatchObject({ rule: 'risk.fault' })
    expect(amend({ newLots: lots(1_100), lots: lots(9_007_199_254_740_991), filled: lots(0) }, limitsWith(), bookWithWorking())).toMatchObject({ rule: 'risk.overflow' })
  })
})
