import { lotsFromRaw, rateFromRaw, rawOf, ticksFromRaw, type Quantity } from '../base/index.ts'
import type { BookLevel, MarketEvent } from '../domain/index.ts'
import { varintMax, type VarintReader, type VarintWriter } from './varint.ts'

/** What stands before each event. */
const kinds = { define: 0, buyerTrade: 1, sellerTrade: 2, bidLevel: 3, askLevel: 4, book: 5, mark: 6 } as const

/** More than any venue publishes; a reader never makes room for more on the word of a file. */
const levelsMax = 20_000

/** What the next event of an instrument is told as a difference to. */
interface Track {
  readonly index: number
  sequence: number
  price: number
}

/** Names and last values of one block: nothing of an earlier one is needed to read it. */
export class EventTracks {
  readonly #tracks = new Map<string, Track>()
  readonly #names: string[] = []
  at = 0

  clear(): void {
    this.#tracks.clear()
    this.#names.length = 0
    this.at = 0
  }

  find(instrument: string): Track | undefined {
    return this.#tracks.get(instrument)
  }

  define(instrument: string): Track {
    const track: Track = { index: this.#names.length, sequence: 0, price: 0 }
    this.#tracks.set(instrument, track)
    this.#names.push(instrument)
    return track
  }

  named(index: number): string | undefined {
    return this.#names[index]
  }
}

const isWritable = (value: number): boolean => Number.isSafeInteger(value) && value <= varintMax && value >= -varintMax
const areWritable = (...quantities: readonly Quantity[]): boolean => quantities.every((quantity) => isWritable(rawOf(quantity)))
const areLevelsWritable = (levels: readonly BookLevel[]): boolean =>
  levels.length <= levelsMax && levels.every(({ price, size }) => areWritable(price, size))

/** Whether all numbers of an event have their place in the form. */
export function isEventWritable(event: MarketEvent): boolean {
  if (!isWritable(event.at) || !isWritable(event.sequence)) return false
  if (event.kind === 'trade' || event.kind === 'level') return areWritable(event.price, event.size)
  if (event.kind === 'mark') return areWritable(event.mark, event.index, event.fundingRate) && isWritable(event.nextFundingAt)
  return areLevelsWritable(event.bids) && areLevelsWritable(event.asks)
}

export function writeEvent(writer: VarintWriter, tracks: EventTracks, event: MarketEvent): void {
  const track = tracks.find(event.instrument) ?? writeDefinition(writer, tracks, event.instrument)
  writer.byte(kindOf(event))
  writer.unsigned(track.index)
  writer.signed(event.at - tracks.at)
  tracks.at = event.at
  writer.signed(event.sequence - track.sequence)
  track.sequence = event.sequence
  if (event.kind === 'book') {
    writeLevels(writer, event.bids)
    writeLevels(writer, event.asks)
  } else if (event.kind === 'mark') {
    const mark = rawOf(event.mark)
    writer.signed(mark)
    writer.signed(rawOf(event.index) - mark)
    writer.signed(rawOf(event.fundingRate))
    writer.signed(event.nextFundingAt - event.at)
  } else {
    const price = rawOf(event.price)
    writer.signed(price - track.price)
    track.price = price
    writer.signed(rawOf(event.size))
  }
}

function writeDefinition(writer: VarintWriter, tracks: EventTracks, instrument: string): Track {
  writer.byte(kinds.define)
  writer.text(instrument)
  return tracks.define(instrument)
}

function kindOf(event: MarketEvent): number {
  if (event.kind === 'trade') return event.aggressor === 'buyer' ? kinds.buyerTrade : kinds.sellerTrade
  if (event.kind === 'level') return event.side === 'bid' ? kinds.bidLevel : kinds.askLevel
  return kinds[event.kind]
}

function writeLevels(writer: VarintWriter, levels: readonly BookLevel[]): void {
  writer.unsigned(levels.length)
  let before = 0
  for (const { price, size } of levels) {
    writer.signed(rawOf(price) - before)
    before = rawOf(price)
    writer.signed(rawOf(size))
  }
}

/** The next event; `undefined` for bytes that hold none, which is never the form's own doing. */
export function readEvent(reader: VarintReader, tracks: EventTracks): MarketEvent | undefined {
  let kind = reader.byte()
  while (kind === kinds.define && !reader.isBroken) {
    tracks.define(reader.text())
    kind = reader.byte()
  }
  const instrument = tracks.named(reader.unsigned())
  const track = instrument === undefined ? undefined : tracks.find(instrument)
  if (instrument === undefined || track === undefined) return undefined
  const at = tracks.at + reader.signed()
  const sequence = track.sequence + reader.signed()
  if (reader.isBroken || !isWritable(at) || !isWritable(sequence)) return undefined
  tracks.at = at
  track.sequence = sequence
  if (kind === kinds.book) return readBook(reader, { instrument, at, sequence })
  if (kind === kinds.mark) return readMark(reader, { instrument, at, sequence })
  return readPriced(reader, kind, track, { instrument, at, sequence })
}

type Stamp = Pick<MarketEvent, 'instrument' | 'at' | 'sequence'>

function readPriced(reader: VarintReader, kind: number, track: Track, stamp: Stamp): MarketEvent | undefined {
  const price = track.price + reader.signed()
  const size = reader.signed()
  if (reader.isBroken || !isWritable(price) || !isWritable(size)) return undefined
  track.price = price
  const priced = { ...stamp, price: ticksFromRaw(price), size: lotsFromRaw(size) }
  if (kind === kinds.buyerTrade || kind === kinds.sellerTrade) {
    return { kind: 'trade', ...priced, aggressor: kind === kinds.buyerTrade ? 'buyer' : 'seller' }
  }
  if (kind === kinds.bidLevel || kind === kinds.askLevel) return { kind: 'level', ...priced, side: kind === kinds.bidLevel ? 'bid' : 'ask' }
  return undefined
}

function readMark(reader: VarintReader, stamp: Stamp): MarketEvent | undefined {
  const mark = reader.signed()
  const index = mark + reader.signed()
  const fundingRate = reader.signed()
  const nextFundingAt = stamp.at + reader.signed()
  if (reader.isBroken || ![mark, index, fundingRate, nextFundingAt].every(isWritable)) return undefined
  return { kind: 'mark', ...stamp, mark: ticksFromRaw(mark), index: ticksFromRaw(index), fundingRate: rateFromRaw(fundingRate), nextFundingAt }
}

function readBook(reader: VarintReader, stamp: Stamp): MarketEvent | undefined {
  const bids = readLevels(reader)
  const asks = readLevels(reader)
  return bids === undefined || asks === undefined ? undefined : { kind: 'book', ...stamp, bids, asks }
}

function readLevels(reader: VarintReader): readonly BookLevel[] | undefined {
  const count = reader.unsigned()
  if (count > levelsMax) return undefined
  const levels: BookLevel[] = []
  let price = 0
  for (let row = 0; row < count; row++) {
    price += reader.signed()
    const size = reader.signed()
    if (reader.isBroken || !isWritable(price) || !isWritable(size)) return undefined
    levels.push({ price: ticksFromRaw(price), size: lotsFromRaw(size) })
  }
  return levels
}
