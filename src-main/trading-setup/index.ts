/** The face of trading setups: what a profile trades, with which money and within which limits. */
export { houseLimits } from './house-limits.ts'
export { paperAccounts, paperTrading } from './paper-trading.ts'
export type { PaperTrading } from './paper-trading.ts'
