import { amountFromRaw, createRandom, ensureDefined, lotsFromRaw, ticksFromRaw } from '../../src-main/base/index.ts'
import { accountsSetUp } from '../../src-main/bookkeeping/index.ts'
import type { OrderId, TradingEvent } from '../../src-main/domain/index.ts'
import type { JournalDraft, JournalRecord } from '../../src-main/ports/index.ts'
import { recordOfEvent } from '../../src-main/runtime/event-record.ts'
import { houseTradables } from '../../src-main/venues/sim/index.ts'

const account = 'paper'
const owners = ['hand', 'market-maker', 'trend-follower']
const startAt = Date.UTC(2026, 0, 1)

/** A trader's year: orders of every instrument, a tenth refused, a fifth canceled, the rest filled by a few trades each. */
export function* tradingRecords(orders: number, fillsOfOrder: number, from = 1): Generator<JournalRecord> {
  let sequence = from
  const numbered = (draft: JournalDraft): JournalRecord => ({ ...(JSON.parse(JSON.stringify(draft)) as JournalDraft), sequence: sequence++ })
  if (from === 1) {
    const setup = { reportingAsset: 'USD', accounts: [{ id: account, positions: 'netting', lots: 'fifo' }] as const, tradables: houseTradables }
    for (const draft of accountsSetUp(setup, startAt)) yield numbered(draft)
  }
  const random = createRandom(7)
  const among = (count: number): number => random.nextUint32() % count
  for (let number = 0; number < orders; number++) {
    for (const event of eventsOf(number, fillsOfOrder, among)) yield numbered(recordOfEvent({ ...event, sequence }))
  }
}

type Unnumbered = TradingEvent extends infer Event ? (Event extends TradingEvent ? Omit<Event, 'sequence'> : never) : never

function* eventsOf(number: number, fillsOfOrder: number, among: (count: number) => number): Generator<TradingEvent> {
  const order = `aabbccddeeff018bcfe56800${number.toString(16).padStart(8, '0')}` as OrderId
  const { instrument } = ensureDefined(houseTradables[among(houseTradables.length)], 'an instrument of the house')
  const at = startAt + number * 300_000
  const side = among(2) === 0 ? 'buy' : 'sell'
  const limit = ticksFromRaw(10_000 + among(100))
  const size = lotsFromRaw(fillsOfOrder * 2)
  const spec = {
    account, instrument: instrument.id, side, type: 'limit', size: { by: 'quantity', lots: size }, limit, timeInForce: 'gtc', owner: owners[among(owners.length)] ?? 'hand',
  } as const
  const decided = (event: Unnumbered): TradingEvent => ({ ...event, sequence: 0 }) as TradingEvent
  yield decided({ kind: 'order-intended', at, order, spec, lots: size })
  const fate = among(10)
  if (fate === 0) return yield decided({ kind: 'order-denied', at, order, refusal: { rule: 'risk.order-notional', limit: 100, actual: 120, detail: 'too large' } })
  const venueSpec = { instrument: instrument.id, side, type: 'limit', lots: size, limit, timeInForce: 'gtc', postOnly: false, reduceOnly: false, positionSide: 'net' } as const
  yield decided({ kind: 'order-sending', at, order, venueSpec, validUntil: at + 5_000 })
  yield decided({ kind: 'order-working', at: at + 40, order, venueOrder: `v${number}` })
  if (fate < 3) return yield decided({ kind: 'order-canceled', at: at + 60_000, order, by: 'person', why: 'asked for' })
  for (let fill = 0; fill < fillsOfOrder; fill++) {
    const trade = {
      trade: `t${number}-${fill}`, venueOrder: `v${number}`, order, instrument: instrument.id, side, price: limit, lots: lotsFromRaw(2), liquidity: 'maker',
      fee: amountFromRaw(1 + among(9)), feeAsset: 'USD', at: at + 100 + fill,
    } as const
    yield decided({ kind: 'order-filled', at: at + 120 + fill, order, trade, inferred: false })
  }
}
