import type { CandleColumns, Timeframe } from '../../domain/index.ts'
import type { CandleWindow } from '../../../src-preload/contract/index.ts'
import type { Trouble } from '../trouble.ts'
import type { MarketSource } from './market-source.ts'

export interface CandleWish {
  readonly instrument: string
  readonly timeframe: Timeframe
  readonly to: number
  /** The oldest opening; with it, all from there on are told, oldest first. */
  readonly from?: number | undefined
  /** The newest of them only. */
  readonly limit?: number | undefined
}

export interface CandleStep {
  readonly shortestMs: number
}

/** What the contract lets one question ask for. */
export const pageRows = 5_000

/** Ends a reading that cannot go on; what was read before must not pass for all there is. */
export class PageTrouble extends Error {
  readonly trouble: Trouble

  constructor(trouble: Trouble) {
    super(trouble.code)
    this.trouble = trouble
  }
}

/** All candles with `from <= time < to`, oldest first, page by page: each as long as can hold no more rows than a question may ask for. */
export async function* pagesFrom(source: MarketSource, wish: CandleWish, from: number, { shortestMs }: CandleStep): AsyncGenerator<CandleColumns, void, undefined> {
  let start = from
  while (start < wish.to) {
    const before = Math.min(wish.to, start + pageRows * shortestMs)
    // No more than can lie between: a source that computes its past computes nothing in vain.
    const window = await ask(source, wish, before, Math.ceil((before - start) / shortestMs))
    const first = window.time.findIndex((time) => time >= start)
    if (first >= 0) yield columnsOf(window, first)
    start = before
  }
}

/** The newest candles before `to`, at most `limit`, oldest first; page by page backwards, so they are held until all are there. */
export async function newestPages(source: MarketSource, wish: CandleWish, limit: number): Promise<readonly CandleColumns[]> {
  const pages: CandleColumns[] = []
  let before = wish.to
  for (let missing = limit; missing > 0; ) {
    const window = await ask(source, wish, before, Math.min(missing, pageRows))
    const first = window.time.findIndex((time) => time >= (wish.from ?? 0))
    if (first < 0) break
    pages.unshift(columnsOf(window, first))
    missing -= window.time.length - first
    before = window.time[0] ?? 0
    if (first > 0 || !window.hasOlder) break
  }
  return pages
}

async function ask(source: MarketSource, { instrument, timeframe }: CandleWish, before: number, limit: number): Promise<CandleWindow> {
  const told = await source.candles({ instrument, timeframe, before, limit })
  if (!told.ok) throw new PageTrouble(told.trouble)
  return told.value
}

const columnsOf = ({ time, open, high, low, close, volume }: CandleWindow, first: number): CandleColumns => ({
  time: Float64Array.from(time.slice(first)),
  open: Float64Array.from(open.slice(first)),
  high: Float64Array.from(high.slice(first)),
  low: Float64Array.from(low.slice(first)),
  close: Float64Array.from(close.slice(first)),
  volume: Float64Array.from(volume.slice(first)),
})
