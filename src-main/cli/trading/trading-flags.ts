import { z } from 'zod'
import { timeInForceNames, orderTypeNames } from '../../../src-preload/contract/index.ts'
import { switchFlag, valueFlag } from '../command.ts'
import { parseUtcTime } from '../market/utc-time.ts'

/** Nobody types a sign, an exponent or a grouping here: what is not plainly a number is asked for again. */
const decimalText = z.string().regex(/^\d{1,20}(\.\d{1,30})?$/)
const decimalOrPart = z.string().regex(/^\d{1,20}(\.\d{1,30})?%?$/)
const priceFlag = (description: 'cli.flag.price' | 'cli.flag.trigger' | 'cli.flag.take-profit' | 'cli.flag.stop-loss') =>
  valueFlag({ placeholder: 'PRICE', description, expected: 'cli.expected.decimal', schema: decimalText })

export const accountFlag = valueFlag({
  placeholder: 'NAME', description: 'cli.flag.account', expected: 'cli.expected.account', schema: z.string().regex(/^[\w.-]{1,40}$/),
})
export const sideFlag = valueFlag({ placeholder: 'SIDE', description: 'cli.flag.side', expected: 'cli.expected.side', schema: z.string().pipe(z.enum(['buy', 'sell'])) })
export const typeFlag = valueFlag({ placeholder: 'TYPE', description: 'cli.flag.order-type', expected: 'cli.expected.order-type', schema: z.string().pipe(z.enum(orderTypeNames)) })
export const tifFlag = valueFlag({ placeholder: 'TIF', description: 'cli.flag.tif', expected: 'cli.expected.tif', schema: z.string().pipe(z.enum(timeInForceNames)) })
export const qtyFlag = valueFlag({
  placeholder: 'QTY', description: 'cli.flag.qty', expected: 'cli.expected.qty', schema: z.union([z.literal('all'), decimalText]),
})
export const lotsFlag = valueFlag({ placeholder: 'QTY', description: 'cli.flag.new-qty', expected: 'cli.expected.decimal', schema: decimalText })
export const cashFlag = valueFlag({ placeholder: 'AMOUNT', description: 'cli.flag.cash', expected: 'cli.expected.decimal', schema: decimalText })
export const riskFlag = valueFlag({ placeholder: 'AMOUNT', description: 'cli.flag.risk', expected: 'cli.expected.decimal-or-part', schema: decimalOrPart })
export const equityPartFlag = valueFlag({
  placeholder: 'PART', description: 'cli.flag.equity-part', expected: 'cli.expected.part', schema: z.string().regex(/^\d{1,6}(\.\d{1,7})?%$/),
})
export const trailFlag = valueFlag({ placeholder: 'DISTANCE', description: 'cli.flag.trail', expected: 'cli.expected.decimal-or-part', schema: decimalOrPart })
export const limitPriceFlag = priceFlag('cli.flag.price')
export const triggerFlag = priceFlag('cli.flag.trigger')
export const takeProfitFlag = priceFlag('cli.flag.take-profit')
export const stopLossFlag = priceFlag('cli.flag.stop-loss')
export const postOnlyFlag = switchFlag('cli.flag.post-only')
export const reduceOnlyFlag = switchFlag('cli.flag.reduce-only')
export const clientKeyFlag = valueFlag({
  placeholder: 'KEY', description: 'cli.flag.client-key', expected: 'cli.expected.client-key', schema: z.string().regex(/^[\w.:-]{1,64}$/),
})
export const expiresFlag = valueFlag({
  placeholder: 'TIME', description: 'cli.flag.expires', expected: 'cli.expected.time',
  schema: z.string().transform((text, check) => {
    const time = parseUtcTime(text)
    if (time !== undefined) return time
    check.addIssue({ code: 'custom' })
    return z.NEVER
  }),
})
export const rowsFlag = valueFlag({
  placeholder: 'N', description: 'cli.flag.rows', expected: 'cli.expected.candles-limit',
  schema: z.string().regex(/^\d{1,6}$/).transform(Number).pipe(z.int().min(1).max(100_000)),
})
