import type { Locale } from '../../src-preload/contract/text/index.ts'
import { printSteps } from './price.ts'

/** An exact decimal text with one place more than the price's tick, rounded half up: an average lies between ticks. */
export function printAverage(locale: Locale, exact: string, tickDecimals: number): string {
  const [, sign = '', whole = '0', fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(exact) ?? []
  const isWhole = !/[1-9]/.test(fraction.slice(tickDecimals))
  const decimals = isWhole ? tickDecimals : tickDecimals + 1
  const scaled = BigInt(`${whole}${fraction.padEnd(decimals + 1, '0').slice(0, decimals + 1)}`)
  const rounded = Number((scaled + 5n) / 10n)
  return printSteps(locale, sign === '-' ? -rounded : rounded, { units: 1, decimals })
}
