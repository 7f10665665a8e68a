import { z } from 'zod'
import { instrumentView, timeframe } from '../../../src-preload/contract/index.ts'
import { defineCommand, done, type CommandContext, type Outcome } from '../command.ts'
import { candlePages, heldCandles, withPages, writeCandles, type CandleStream } from '../market/fetch-candles.ts'
import { candlesOutFlag, forceFlag, fromFlag, instrumentFlag, limitFlag, timeframeFlag, toFlag } from '../market/market-flags.ts'
import { openMarketSource, unknownInstrument, type MarketSource, type Told } from '../market/market-source.ts'
import { spokenCandles } from '../market/market-words.ts'
import { alignRows } from '../terminal-style.ts'
import { badInput, refuse } from '../trouble.ts'

const decimal = z.string().regex(/^-?\d+(\.\d+)?$/)
const output = z.strictObject({
  instrument: instrumentView.shape.id,
  timeframe,
  rows: z.int().min(0),
  /** Where they were written; then the document itself holds none. */
  file: z.string().nullable(),
  candles: z
    .array(z.strictObject({ time: z.int().min(0), open: decimal, high: decimal, low: decimal, close: decimal, volume: decimal }))
    .nullable(),
})

const flags = {
  instrument: instrumentFlag, timeframe: timeframeFlag, from: fromFlag, to: toFlag, limit: limitFlag, out: candlesOutFlag, force: forceFlag,
}
const presetFrame = '1h'

export const marketCandles = defineCommand({
  name: 'market candles',
  summary: 'cli.market-candles.summary',
  flags,
  output,
  exitCodes: [0, 2, 3],
  examples: [
    'ballast market candles --instrument BTC/USD --timeframe 1h --limit 48',
    'ballast market candles --instrument BTC/USD --timeframe 1m --from 2025-01-01 --to 2025-02-01 --out january.parquet',
    'ballast market candles --instrument BTC/USD --timeframe 1d --from 2024-01-01 --json',
  ],
  async run(context, { flags: given }) {
    const { speech } = context
    if (given.instrument === undefined) {
      return refuse(badInput('cli.flag-missing', speech.say('cli.error.flag-missing', { command: 'market candles', flag: 'instrument' })))
    }
    if (given.from !== undefined && given.from >= (given.to ?? Number.POSITIVE_INFINITY)) {
      return refuse(badInput('market.empty-range', speech.say('cli.error.empty-range')))
    }
    const opened = await openMarketSource(context)
    if (!opened.ok) return opened
    try {
      return await answer(context, opened.source, { ...given, instrument: given.instrument })
    } finally {
      await opened.source.dispose()
    }
  },
  print({ file, rows, candles }, { speech }) {
    if (file !== null) return [speech.say('cli.market.candles-written', { file, count: rows })]
    if (candles === null || candles.length === 0) return [speech.say('cli.market.no-candles')]
    return alignRows(candles.map(({ time, open, high, low, close, volume }) => [new Date(time).toISOString(), open, high, low, close, volume]))
  },
})

interface Wish {
  readonly instrument: string
  readonly timeframe: z.output<typeof timeframe> | undefined
  readonly from: number | undefined
  readonly to: number | undefined
  readonly limit: number | undefined
  readonly out: string | undefined
  readonly force: boolean
}

interface Reach {
  /** Just after the newest candle. The market's clock is not this machine's: a fast demo is days ahead. */
  readonly end: number
  /** Where what is kept of this timeframe begins, if the market is older. */
  readonly keptFrom: number | undefined
}

async function reachOf(source: MarketSource, instrument: string, frame: z.output<typeof timeframe>): Promise<Told<Reach>> {
  const newest = await source.candles({ instrument, timeframe: frame, limit: 1 })
  if (!newest.ok) return newest
  return { ok: true, value: { end: (newest.value.time.at(-1) ?? Date.now()) + 1, keptFrom: newest.value.keptFrom } }
}

async function answer(context: CommandContext, source: MarketSource, wish: Wish): Promise<Outcome<z.output<typeof output>>> {
  const instrument = source.instruments.find(({ id }) => id === wish.instrument)
  if (instrument === undefined) return refuse(unknownInstrument(context, wish.instrument, source.instruments))
  const frame = wish.timeframe ?? presetFrame
  const reach = await reachOf(source, instrument.id, frame)
  if (!reach.ok) return reach
  const { end, keptFrom } = reach.value
  if (keptFrom !== undefined) {
    const words = { timeframe: frame, time: new Date(keptFrom).toISOString() }
    if (wish.from !== undefined && wish.from < keptFrom) return refuse(badInput('market.not-kept', context.speech.say('cli.error.not-kept-from', words)))
    // Whoever asks for the newest may get fewer than he wants: he has to know why.
    if (wish.from === undefined) context.note(context.speech.say('cli.market.kept-from', words))
  }
  const to = Math.min(wish.to ?? Number.POSITIVE_INFINITY, end)
  const pages = candlePages(context, source, { ...wish, timeframe: frame, to })
  const stream: CandleStream = { instrument, timeframe: frame, pages }
  const head = { instrument: instrument.id, timeframe: frame }
  const { out } = wish
  if (out !== undefined) {
    const written = await withPages(() => writeCandles(context, stream, out, wish.force))
    return written.ok ? done({ ...head, ...written.value, candles: null }) : written
  }
  const held = await withPages(() => heldCandles(context, pages))
  if (!held.ok) return held
  const candles = held.value.flatMap((page) => [...spokenCandles(page, instrument)])
  return done({ ...head, rows: candles.length, file: null, candles })
}
