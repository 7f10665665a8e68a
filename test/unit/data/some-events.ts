import { lotsFromRaw, rateFromRaw, ticksFromRaw } from '../../../src-main/base/index.ts'
import type { MarketEvent } from '../../../src-main/domain/index.ts'
import { readRecording } from '../../../src-main/data/index.ts'

export const trade = (instrument: string, at: number, sequence: number, price = 100): MarketEvent => ({
  kind: 'trade', instrument, at, sequence, price: ticksFromRaw(price), size: lotsFromRaw(7), aggressor: sequence % 2 === 0 ? 'buyer' : 'seller',
})

/** One of each kind. */
export const eachKind = (instrument: string, at: number): readonly MarketEvent[] => [
  {
    kind: 'book', instrument, at, sequence: 1,
    bids: [{ price: ticksFromRaw(99), size: lotsFromRaw(5) }, { price: ticksFromRaw(97), size: lotsFromRaw(900_000_000_000) }],
    asks: [{ price: ticksFromRaw(101), size: lotsFromRaw(1) }],
  },
  { kind: 'level', instrument, at, sequence: 2, side: 'bid', price: ticksFromRaw(99), size: lotsFromRaw(0) },
  { kind: 'level', instrument, at: at + 1, sequence: 3, side: 'ask', price: ticksFromRaw(-3), size: lotsFromRaw(4) },
  trade(instrument, at + 1, 4),
  trade(instrument, at + 2, 5, 2 ** 50),
  {
    kind: 'mark', instrument, at: at + 3, sequence: 6, mark: ticksFromRaw(100), index: ticksFromRaw(99), fundingRate: rateFromRaw(-12_345),
    nextFundingAt: at + 28_800_000,
  },
]

export interface ReadBack {
  readonly events: readonly MarketEvent[]
  readonly lost: number
  /** What else was said, in its order. */
  readonly said: readonly string[]
}

export async function readBack(file: string): Promise<ReadBack> {
  const events: MarketEvent[] = []
  const said: string[] = []
  let lost = 0
  for await (const part of readRecording(file)) {
    if (part.kind === 'events') {
      events.push(...part.events)
      lost += part.lostBefore
    } else said.push(part.kind === 'torn' ? 'torn' : part.trouble.code)
  }
  return { events, lost, said }
}
