import { describe, expect, it } from 'vitest'
import { RestingPlaces } from '../../../../src-main/runtime/index.ts'
import type { RestingRuntime } from '../../../../src-main/runtime/trading/resting-places.ts'

function rig() {
  const listeners = new Set<() => void>()
  const orders: { readonly spec: { readonly instrument: string } }[] = []
  let looked = 0
  let isOpen = true
  // Of an order nothing but its instrument is looked at.
  const trading = { openOrders: () => { looked += 1; return orders.values() } } as unknown as NonNullable<RestingRuntime['trading']>
  const runtime: RestingRuntime = {
    get trading() {
      return isOpen ? trading : undefined
    },
    onTradingEvent: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
  const places = new RestingPlaces(runtime)
  return {
    places, listeners,
    looked: () => looked,
    open: (is: boolean) => (isOpen = is),
    rest: (...instruments: readonly string[]) => orders.splice(0, orders.length, ...instruments.map((instrument) => ({ spec: { instrument } }))),
    happen: () => listeners.forEach((listener) => listener()),
  }
}

describe('the instruments that something rests on', () => {
  it('are those of the open orders, looked at anew only when something happened', () => {
    const { places, rest, happen, looked } = rig()
    rest('BTC/USD')
    expect([places.has('BTC/USD'), places.has('ETH/USD')]).toEqual([true, false])
    rest('ETH/USD')
    expect(places.has('BTC/USD')).toBe(true)
    expect(looked()).toBe(1)
    happen()
    happen()
    expect([places.has('BTC/USD'), places.has('ETH/USD')]).toEqual([false, true])
    expect(looked()).toBe(2)
  })

  it('are known as soon as there is an engine, though replayed orders make no event', () => {
    const { places, open, rest } = rig()
    open(false)
    expect(places.has('BTC/USD')).toBe(false)
    rest('BTC/USD')
    open(true)
    expect(places.has('BTC/USD')).toBe(true)
  })

  it('are not listened for any more once let go', () => {
    const { places, listeners } = rig()
    places.dispose()
    expect(listeners.size).toBe(0)
  })
})
