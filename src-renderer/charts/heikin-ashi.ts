import type { Bar } from './bar.ts'

type Prices = Pick<Bar, 'open' | 'high' | 'low' | 'close'>

/** The smoothed bar that follows on another one. Its prices are means: nobody traded at them. */
export function heikinAshiAfter(before: Prices | undefined, bar: Prices): Prices {
  const close = (bar.open + bar.high + bar.low + bar.close) / 4
  const open = before === undefined ? (bar.open + bar.close) / 2 : (before.open + before.close) / 2
  return { open, high: Math.max(bar.high, open, close), low: Math.min(bar.low, open, close), close }
}
