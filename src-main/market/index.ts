/** Market data in the engine's process: books, candles, ages, and what of it goes to whom. */
export { createMarketHandlers } from './market-handlers.ts'
export type { MarketEntryName } from './market-handlers.ts'
export { MarketDesk } from './market-desk.ts'
export type { MarketDeskParts, MarketLog } from './market-desk.ts'
export { openMarketDesk } from './open-market-desk.ts'
export type { MarketDeskSetting } from './open-market-desk.ts'
export { readDemoWishes } from './demo-wishes.ts'
export type { DemoWishes } from './demo-wishes.ts'
