import { lotsFromRaw, rateFromRaw } from '../../../src-main/base/index.ts'
import { usualTimings } from '../../../src-main/engine/index.ts'
import type { EngineSetup } from '../../../src-main/engine/index.ts'
import { boundlessLimits } from '../../../src-main/risk/index.ts'
import { assets } from './catalogue.ts'
import type { Market } from './catalogue.ts'

/** The engine as a trader sets it up: limits that are met now and then, and one of the four ways with orders that would meet each other. */
export function engineSettings(installation: string, account: string, markets: readonly Market[], selfTrade: EngineSetup['selfTrade']): EngineSetup {
  const everyInstrument = { ...boundlessLimits.everyInstrument, priceBand: rateFromRaw(300_000_000) }
  return {
    installation, tradables: markets.map(({ tradable }) => tradable), assets, reportingAsset: 'USD', selfTrade, afterCleanStart: 'previous', timings: usualTimings,
    accounts: [{ id: account, venue: 'sim', positions: 'netting', lots: 'fifo' }],
    limits: {
      ...boundlessLimits, everyInstrument,
      instruments: new Map(markets.map(({ tradable, positionMax }) => [tradable.instrument.id, { ...everyInstrument, positionLotsMax: lotsFromRaw(positionMax), ordersOpenMax: 60 }])),
      ordersPerSecond, ordersPerMinute: 1_500, priceAgeMaxMs: usualTimings.staleQuoteMs, driftMaxMs: 2_000, commandAgeMaxMs: 10_000,
    },
  }
}

export const selfTradePolicies = ['cancel-new', 'cancel-resting', 'cancel-both', 'decrement-both'] as const

/** So few that a burst of his meets it. */
export const ordersPerSecond = 4
