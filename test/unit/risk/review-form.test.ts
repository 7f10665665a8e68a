import { describe, expect, it } from 'vitest'
import { amountFromRaw, lotsFromRaw, rateFromRaw, ticksFromRaw } from '../../../src-main/base/index.ts'
import { orderTypes } from '../../../src-main/domain/index.ts'
import type { OrderSpec, OrderType } from '../../../src-main/domain/index.ts'
import { reviewForm } from '../../../src-main/risk/index.ts'
import { perpetual, spot } from './sample-tradables.ts'

const limit = ticksFromRaw(10_000)
const trigger = { price: ticksFromRaw(10_050), source: 'last' } as const
const trail = { distance: { by: 'amount', ticks: ticksFromRaw(50) }, source: 'mark' } as const
const plain = {
  account: 'a', instrument: perpetual.instrument.id, side: 'buy', size: { by: 'quantity', lots: lotsFromRaw(10) }, timeInForce: 'gtc', owner: 'hand',
} as const

/** What each type needs, and nothing else. */
const whole: Readonly<Record<OrderType, OrderSpec>> = {
  market: { ...plain, type: 'market' },
  limit: { ...plain, type: 'limit', limit },
  stop: { ...plain, type: 'stop', trigger },
  'stop-limit': { ...plain, type: 'stop-limit', trigger, limit },
  'take-profit': { ...plain, type: 'take-profit', trigger },
  'take-profit-limit': { ...plain, type: 'take-profit-limit', trigger, limit },
  'trailing-stop': { ...plain, type: 'trailing-stop', trail },
}

const fault = (spec: OrderSpec, positions: 'netting' | 'hedging' = 'netting'): string | undefined => reviewForm(spec, perpetual, positions)?.detail

const cash = { by: 'cash', cash: amountFromRaw(5) } as const
const zero = lotsFromRaw(0)

const malformed: readonly (readonly [string, OrderSpec, string])[] = [
  ['a limit of zero', { ...whole.limit, limit: ticksFromRaw(0) }, 'the limit price is not above zero'],
  ['a trigger below zero', { ...whole.stop, trigger: { ...trigger, price: ticksFromRaw(-1) } }, 'the trigger price is not above zero'],
  ['an order in the name of somebody else', { ...whole.limit, owner: 'external' }, "an order placed here cannot be called somebody else's"],
  ['a quantity of zero', { ...whole.market, size: { by: 'quantity', lots: zero } }, 'the quantity is not above zero'],
  ['no cash', { ...whole.market, size: { by: 'cash', cash: amountFromRaw(0) } }, 'the cash is not above zero'],
  ['cash at a limit', { ...whole.limit, size: cash }, 'an order with a limit price is sized by quantity, not by cash'],
  ['a trail of nothing', { ...whole['trailing-stop'], trail: { ...trail, distance: { by: 'amount', ticks: ticksFromRaw(0) } } }, 'the distance of the trail is not above zero'],
  ['a trail as long as the price', { ...whole['trailing-stop'], trail: { ...trail, distance: { by: 'percent', rate: rateFromRaw(1_000_000_000) } } }, 'the distance of the trail is the whole price or more'],
  ['an activation of zero', { ...whole['trailing-stop'], trail: { ...trail, activation: ticksFromRaw(0) } }, 'the activation price is not above zero'],
  ['a market order with an expiry', { ...whole.market, timeInForce: 'gtd', expiresAt: 9 }, 'a market order has no expiry'],
  ['good till a date without one', { ...whole.limit, timeInForce: 'gtd' }, 'an order good till a date needs that date'],
  ['a date without need', { ...whole.limit, expiresAt: 9 }, 'an order that is gtc takes no expiry date'],
  ['post-only without a limit', { ...whole.stop, postOnly: true }, 'an order of type stop never rests, so it is neither post-only nor shown in part'],
  ['post-only at once', { ...whole.limit, timeInForce: 'ioc', postOnly: true }, 'an order that is ioc never rests, so it is neither post-only nor shown in part'],
  ['a shown part of a market order', { ...whole.market, display: lotsFromRaw(1) }, 'an order of type market never rests, so it is neither post-only nor shown in part'],
  ['a shown part of nothing', { ...whole.limit, display: zero }, 'the shown part is not above zero'],
  ['a shown part above the whole', { ...whole.limit, display: lotsFromRaw(11) }, 'the shown part is more than the whole'],
  ['a side of a netting account', { ...whole.limit, positionSide: 'long' }, 'the account holds one position, so the order names no side of it'],
]

describe('the form of an order', () => {
  it.each(orderTypes)('of type %s is whole with what the type needs', (type) => {
    expect(fault(whole[type])).toBeUndefined()
  })

  it.each(orderTypes)('of type %s is refused with a field too few or too many', (type) => {
    for (const [field, value, name] of [['limit', limit, 'limit price'], ['trigger', trigger, 'trigger'], ['trail', trail, 'trail']] as const) {
      const { [field]: given, ...without } = whole[type]
      const changed = given === undefined ? { ...without, [field]: value } : without
      expect(fault(changed)).toBe(given === undefined ? `an order of type ${type} takes no ${name}` : `an order of type ${type} needs a ${name}`)
    }
  })

  it.each(malformed)('is refused with %s', (_, spec, detail) => {
    expect(reviewForm(spec, perpetual, 'netting')).toEqual({ rule: 'order.malformed', detail })
  })

  it('takes cash and all where no limit stands in the way, and a part to show', () => {
    expect(fault({ ...whole.market, size: cash })).toBeUndefined()
    expect(fault({ ...whole['trailing-stop'], size: { by: 'all' } })).toBeUndefined()
    expect(fault({ ...whole.limit, size: { by: 'all' }, display: lotsFromRaw(5), postOnly: true })).toBeUndefined()
    expect(fault({ ...whole.limit, timeInForce: 'gtd', expiresAt: 9 })).toBeUndefined()
  })

  it('names a side of a hedging account, and reduces only from the other side', () => {
    expect(fault(whole.limit, 'hedging')).toBe('the account holds long and short apart, so the order has to name one')
    expect(fault({ ...whole.limit, positionSide: 'short', reduceOnly: true }, 'hedging')).toBeUndefined()
    expect(fault({ ...whole.limit, positionSide: 'long', reduceOnly: true }, 'hedging')).toBe('a buy cannot reduce a long position')
  })

  it('is of the instrument that it is judged by', () => {
    expect(reviewForm(whole.limit, spot, 'netting')).toMatchObject({ rule: 'order.unknown-instrument' })
  })
})
