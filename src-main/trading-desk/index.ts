/** The desk: orders, positions and money as a screen or the command line sees and changes them. */
export { TradingDesk } from './trading-desk.ts'
export type { TradingDeskParts } from './trading-desk.ts'
export { createTradingHandlers } from './trading-handlers.ts'
export type { TradingEntryName } from './trading-handlers.ts'
export type { PaperDesk } from './paper-desk.ts'
export type { TradingHistory } from './trading-history.ts'
