import { amountFromRaw, createRandom, ensureOk, lotsFromRaw, rawOf, ticksFromRaw } from '../../../../src-main/base/index.ts'
import { orderIdShape } from '../../../../src-main/domain/index.ts'
import type { OrderId, VenueOrderSpec, VenueReport } from '../../../../src-main/domain/index.ts'
import { PaperVenue, Schedule } from '../../../../src-main/venues/paper/index.ts'
import type { PaperVenueParts } from '../../../../src-main/venues/paper/index.ts'
import type { ExchangeAccount } from '../../../../src-main/venues/sim/index.ts'

export const installation = 'a1b2c3d4e5f6'
export const startAt = Date.UTC(2026, 2, 2, 14, 30)
export const paperAccount: ExchangeAccount = {
  id: 'paper', positions: 'netting', lots: 'fifo', balances: [{ asset: 'USD', amount: amountFromRaw(100_000_000_000) }],
}
export const orderIdOf = (number: number): OrderId => ensureOk(orderIdShape.parse(`${installation}${String(number).padStart(20, '0')}`), 'an order id')

export const limitOf = (lots: number, price: number, side: 'buy' | 'sell' = 'buy', instrument = 'BTC/USD'): VenueOrderSpec => ({
  instrument, side, type: 'limit', lots: lotsFromRaw(lots), limit: ticksFromRaw(price), timeInForce: 'gtc', postOnly: false, reduceOnly: false, positionSide: 'net',
})
export const marketOf = (lots: number, side: 'buy' | 'sell' = 'buy', instrument = 'BTC/USD'): VenueOrderSpec => ({
  instrument, side, type: 'market', lots: lotsFromRaw(lots), timeInForce: 'ioc', postOnly: false, reduceOnly: false, positionSide: 'net',
})

/** A paper venue in virtual time, with all that was heard of it. */
export function paperHouse(given: Partial<PaperVenueParts> = {}) {
  const ties = createRandom(1)
  const schedule = new Schedule(given.timeline?.now ?? startAt, () => ties.nextUint32())
  const prices = new Map<string, { readonly bid: number; readonly ask: number }>()
  const venue = new PaperVenue({
    timeline: schedule, installation, accounts: [paperAccount],
    pace: { seed: 7, anchorWall: startAt, anchorMarket: startAt, speed: 1 },
    onMarket: (report) => {
      if (report.kind === 'quote-seen') prices.set(report.instrument, { bid: rawOf(report.bid), ask: rawOf(report.ask) })
    },
    ...given,
  })
  const heard: VenueReport[] = []
  const end = venue.listen({ report: (report) => heard.push(report), gone: () => undefined })
  const run = (ms: number): void => {
    const until = schedule.now + ms
    while (schedule.step(until)) { /* one thing after the other */ }
    schedule.passTo(until)
  }
  let orders = 0
  return {
    venue, heard, run, schedule, end,
    of: <Kind extends VenueReport['kind']>(kind: Kind) => heard.filter((report): report is Extract<VenueReport, { kind: Kind }> => report.kind === kind),
    quote: (instrument = 'BTC/USD') => prices.get(instrument) ?? { bid: 0, ask: 0 },
    send: (spec: VenueOrderSpec, account = 'paper'): OrderId => {
      orders += 1
      const order = orderIdOf(orders)
      venue.perform({ kind: 'send-order', account, order, needs: 0, sendEpoch: 0, validUntil: schedule.now + 5_000, spec })
      return order
    },
  }
}
