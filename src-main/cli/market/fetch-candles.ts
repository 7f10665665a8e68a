import type { CandleColumns, Timeframe } from '../../domain/index.ts'
import type { DataTrouble } from '../../data/index.ts'
import type { Result } from '../../base/index.ts'
import type { InstrumentView } from '../../../src-preload/contract/index.ts'
import { callerPath } from '../books/caller-path.ts'
import type { CommandContext } from '../command.ts'
import { badInput, refuse, type Refused } from '../trouble.ts'
import { newestPages, PageTrouble, pagesFrom, type CandleWish } from './candle-pages.ts'
import { limitMax } from './market-flags.ts'
import type { MarketSource } from './market-source.ts'
import { sayDataTrouble } from './market-words.ts'

/** Candles of one instrument, oldest first, as they come. */
export interface CandleStream {
  readonly instrument: InstrumentView
  readonly timeframe: Timeframe
  readonly pages: AsyncIterable<CandleColumns>
}

const limitPreset = 500
const quietMs = 1_000

/** With a beginning, all from there on; without, the newest. */
export async function* candlePages(context: CommandContext, source: MarketSource, wish: CandleWish): AsyncGenerator<CandleColumns, void, undefined> {
  const { nextOpening } = await import('../../data/index.ts')
  // The shortest month, so that no page can hold more rows than it may.
  const shortestMs = wish.timeframe === '1M' ? 28 * 86_400_000 : nextOpening(wish.timeframe, 0)
  const all = wish.from !== undefined && wish.limit === undefined
  const pages = all ? pagesFrom(source, wish, wish.from, { shortestMs }) : await newestPages(source, wish, wish.limit ?? limitPreset)
  const began = performance.now()
  let told = began
  let rows = 0
  for await (const page of pages) {
    rows += page.time.length
    if (performance.now() - told > quietMs) {
      told = performance.now()
      context.note(context.speech.say('cli.market.candles-so-far', { count: rows, time: new Date(page.time.at(-1) ?? 0).toISOString() }))
    }
    yield page
  }
}

export type Fetched<Value> = { readonly ok: true; readonly value: Value } | Refused

/** What a page could not be read for becomes the command's own answer. */
export async function withPages<Value>(read: () => Promise<Fetched<Value>>): Promise<Fetched<Value>> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof PageTrouble) return refuse(error.trouble)
    throw error
  }
}

/** For the answer itself; a document that nobody could read is refused. */
export async function heldCandles({ speech }: CommandContext, pages: AsyncIterable<CandleColumns>): Promise<Fetched<readonly CandleColumns[]>> {
  const held: CandleColumns[] = []
  let rows = 0
  for await (const page of pages) {
    rows += page.time.length
    if (rows > limitMax) return refuse(badInput('market.too-many-candles', speech.say('cli.error.too-many-candles', { limit: limitMax })))
    held.push(page)
  }
  return { ok: true, value: held }
}

export interface WrittenFile {
  readonly file: string
  readonly rows: number
}

/** The end of the file's name says its form; the flag has seen to it that it is one of the two. */
export async function writeCandles(
  context: CommandContext, { instrument, timeframe, pages }: CandleStream, out: string, mayReplace: boolean,
): Promise<Fetched<WrittenFile>> {
  const { writeCandlesCsv, writeCandlesParquet } = await import('../../data/index.ts')
  const file = callerPath(context, out)
  const write = file.toLowerCase().endsWith('.csv') ? writeCandlesCsv : writeCandlesParquet
  const { id, venue, tick, lot } = instrument
  const series = { venue, instrument: id, timeframe, tick, lot }
  const written: Result<{ readonly rows: number }, DataTrouble> = await write({ file, mayReplace, series, candles: pages })
  return written.ok ? { ok: true, value: { file, rows: written.value.rows } } : refuse(sayDataTrouble(context.speech, written.error))
}
