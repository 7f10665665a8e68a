import { setupWithoutAccounts, snapshotWithoutAccounts, TradingEngine } from '../../../src-main/engine/index.ts'

/** One that trades nowhere, with the numbers of its books. */
export const engineAfter = (lastSequence: number): TradingEngine => new TradingEngine(setupWithoutAccounts, snapshotWithoutAccounts(lastSequence))
