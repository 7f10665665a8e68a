import type { BridgeError, CandleWindow, TimeframeName } from '../../src-preload/contract/index.ts'
import type { ScreenBridge } from '../bridge/screen-bridge.ts'
import { barsOfWindow, type Bar } from '../charts/bar.ts'
import { frameLengthMs } from '../charts/timeframes.ts'

/** `keptFrom`: the market is older, yet nothing older than this is kept in this timeframe. */
export type Page =
  | { readonly ok: true; readonly bars: readonly Bar[]; readonly hasMore: boolean; readonly keptFrom?: number | undefined }
  | { readonly ok: false; readonly error: BridgeError }

/** The past of one instrument in one timeframe, a page at a time: never the whole of it. */
export interface CandlePages {
  /** The newest bars before a time, or the newest of all. */
  older(before: number | undefined, limit?: number): Promise<Page>
  /** The bars after a time. */
  newer(after: number): Promise<Page>
}

export const pageBars = 1_000

export interface CandlePagesParts {
  readonly bridge: Pick<ScreenBridge, 'call'>
  readonly instrument: string
  readonly timeframe: TimeframeName
  /** The market's clock. */
  readonly now: () => number
}

export function createCandlePages({ bridge, instrument, timeframe, now }: CandlePagesParts): CandlePages {
  const frameMs = frameLengthMs(timeframe)
  const ask = async (before: number | undefined, limit: number): Promise<Page & { readonly window?: CandleWindow }> => {
    const reply = await bridge.call('market.candles', { instrument, timeframe, limit, ...(before === undefined ? {} : { before }) })
    if (!reply.ok) return reply
    return { ok: true, bars: barsOfWindow(reply.value), hasMore: reply.value.hasOlder, keptFrom: reply.value.keptFrom }
  }
  return {
    older: (before, limit = pageBars) => ask(before, limit),
    async newer(after) {
      // The engine counts back from a time; a span without trades, a weekend for one, is stepped over by growing ones.
      for (let spanMs = frameMs * (pageBars - 1); ; spanMs *= 8) {
        const before = after + frameMs + spanMs
        const isLast = before > now()
        const page = await ask(isLast ? undefined : before, pageBars)
        if (!page.ok) return page
        const bars = page.bars.filter(({ time }) => time > after)
        const isWhole = bars.length < page.bars.length || !page.hasMore
        // More came in between than one page holds: the nearer half of the span is asked for.
        if (!isWhole) return stepThrough(ask, bars, after, frameMs)
        if (bars.length > 0 || isLast) return { ok: true, bars, hasMore: !isLast }
      }
    },
  }
}

/** Goes back page by page until the bars meet the time that they are to follow. */
async function stepThrough(
  ask: (before: number, limit: number) => Promise<Page>, found: readonly Bar[], after: number, frameMs: number,
): Promise<Page> {
  let bars = found
  for (let first = bars[0]?.time; first !== undefined && first > after + frameMs; first = bars[0]?.time) {
    const page = await ask(first, pageBars)
    if (!page.ok) return page
    const nearer = page.bars.filter(({ time }) => time > after)
    if (nearer.length > 0) bars = nearer
    if (nearer.length < page.bars.length || !page.hasMore) break
  }
  return { ok: true, bars, hasMore: true }
}
