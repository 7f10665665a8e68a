import { z } from 'zod'
import { instrumentView, timeframe } from '../../../src-preload/contract/index.ts'
import { switchFlag, valueFlag } from '../command.ts'
import { parseUtcTime } from './utc-time.ts'

/** Names are written in capitals, and typed as one likes. */
export const instrumentFlag = valueFlag({
  placeholder: 'NAME',
  description: 'cli.flag.instrument',
  expected: 'cli.expected.instrument',
  schema: z.string().transform((text) => text.toUpperCase()).pipe(instrumentView.shape.id),
})

export const timeframeFlag = valueFlag({
  placeholder: 'FRAME',
  description: 'cli.flag.timeframe',
  expected: 'cli.expected.timeframe',
  schema: z.string().pipe(timeframe),
})

const utcTime = z.string().transform((text, check) => {
  const time = parseUtcTime(text)
  if (time !== undefined) return time
  check.addIssue({ code: 'custom' })
  return z.NEVER
})

export const fromFlag = valueFlag({ placeholder: 'TIME', description: 'cli.flag.candles-from', expected: 'cli.expected.time', schema: utcTime })
export const toFlag = valueFlag({ placeholder: 'TIME', description: 'cli.flag.candles-to', expected: 'cli.expected.time', schema: utcTime })

export const limitMax = 100_000
export const limitFlag = valueFlag({
  placeholder: 'N',
  description: 'cli.flag.candles-limit',
  expected: 'cli.expected.candles-limit',
  schema: z.string().regex(/^\d{1,6}$/).transform(Number).pipe(z.int().min(1).max(limitMax)),
})

export const candlesOutFlag = valueFlag({
  placeholder: 'FILE',
  description: 'cli.flag.candles-out',
  expected: 'cli.expected.candles-file',
  schema: z.string().regex(/.\.(csv|parquet)$/i),
})

export const forceFlag = switchFlag('cli.flag.force')
