import { rateFromRaw, ticksFromRaw } from '../../base/index.ts'
import type { MarkChanged } from '../../domain/index.ts'
import { tickValue } from './day-candles.ts'
import type { DemoInstrument } from './demo-instruments.ts'
import type { MarketPast } from './market-past.ts'
import { portableExp } from './portable-math.ts'

export const fundingMs = 8 * 3_600_000
export const markMs = 3000
/** Per funding period: what a flat market pays, how far a premium may move it, and the most there is. In billionths. */
const [interest, premiumMax, rateMax] = [100_000, 500_000, 3_000_000]
const samples = 8

const clamp = (value: number, most: number): number => Math.max(-most, Math.min(most, value))

/** The premium averaged over what has passed of this funding period, at eight times of it. */
const fundingRate = (past: MarketPast, index: number, time: number): number => {
  const begin = Math.floor(time / fundingMs) * fundingMs
  let sum = 0
  for (let sample = 1; sample <= samples; sample += 1) {
    const at = begin + Math.floor(((time - begin) * sample) / samples)
    sum += past.logAt(index, at, true) - past.logAt(index, at, false)
  }
  const premium = (sum / samples) * 1_000_000_000
  return clamp(Math.floor(premium + clamp(interest - premium, premiumMax)), rateMax)
}

export const markAt = (past: MarketPast, traits: DemoInstrument, index: number, at: number, sequence: number): MarkChanged => {
  const inTicks = (log: number) => ticksFromRaw(Math.max(1, Math.floor(portableExp(log) / tickValue(traits) + 0.5)))
  return {
    kind: 'mark', instrument: traits.instrument.id, at, sequence,
    mark: inTicks(past.logAt(index, at, true)),
    index: inTicks(past.logAt(index, at, false)),
    fundingRate: rateFromRaw(fundingRate(past, index, at)),
    nextFundingAt: (Math.floor(at / fundingMs) + 1) * fundingMs,
  }
}
