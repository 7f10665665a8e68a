/**
 * The face of the demo market: a whole living market as a function of a seed and of the time that is handed in. It reads no
 * clock, waits for nothing and keeps nothing on disk.
 */
export { createDemoMarket, historyStart } from './demo-market.ts'
export type { DemoMarket, DemoMarketOptions } from './demo-market.ts'
export { marketHash } from './market-hash.ts'
export * from './exchange/index.ts'
