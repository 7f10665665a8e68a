import { ok } from '../../base/index.ts'
import type { Result } from '../../base/index.ts'
import type { QuantError } from '../catalogue-entry.ts'
import { available } from '../entry-form/index.ts'
import { normalCdf, normalPdf } from '../special/index.ts'
import { refuseNegative, refuseNotFinite, refuseNotPositive } from './conditions.ts'

export interface OptionMarket {
  readonly spot: number
  /** Interest of a year, continuously compounded. */
  readonly rate: number
  /** Volatility of a year. */
  readonly sigma: number
  /** Years left. */
  readonly tau: number
  /** Yield of a year, continuously compounded. */
  readonly dividend: number
}

export interface OptionValues {
  readonly call: number
  readonly put: number
  readonly deltaCall: number
  readonly deltaPut: number
  /** Null without time or volatility: there the value bends at one price only. */
  readonly gamma: number | null
  /** For 1.00 of volatility. */
  readonly vega: number
  /** Of the call, for a year. */
  readonly thetaCall: number | null
  /** Pays 1 above the strike, discounted. */
  readonly digitalCall: number
  readonly digitalPut: number
}

/** Black and Scholes (1973) with a dividend yield (Merton 1973), European. */
export function blackScholes(market: OptionMarket, strike: number): Result<OptionValues, QuantError> {
  const { spot, rate, sigma, tau, dividend } = market
  const refusal = refuseNotPositive({ spot, strike }) ?? refuseNegative({ sigma, tau }) ?? refuseNotFinite({ rate, dividend })
  if (refusal !== undefined) return refusal
  const discounted = { spot: spot * Math.exp(-dividend * tau), strike: strike * Math.exp(-rate * tau) }
  const deviation = sigma * Math.sqrt(tau)
  return ok(deviation === 0 ? settled(market, discounted) : alive(market, discounted, deviation))
}

interface Discounted {
  readonly spot: number
  readonly strike: number
}

function alive({ spot, rate, sigma, tau, dividend }: OptionMarket, discounted: Discounted, deviation: number): OptionValues {
  const d1 = Math.log(discounted.spot / discounted.strike) / deviation + deviation / 2
  const d2 = d1 - deviation
  const carry = discounted.spot / spot
  const discount = Math.exp(-rate * tau)
  const density = normalPdf(d1)
  return {
    call: discounted.spot * normalCdf(d1) - discounted.strike * normalCdf(d2),
    put: discounted.strike * normalCdf(-d2) - discounted.spot * normalCdf(-d1),
    deltaCall: carry * normalCdf(d1),
    deltaPut: -carry * normalCdf(-d1),
    gamma: available((carry * density) / (spot * deviation)),
    vega: discounted.spot * density * Math.sqrt(tau),
    thetaCall: available((-discounted.spot * density * sigma) / (2 * Math.sqrt(tau))
      - rate * discounted.strike * normalCdf(d2) + dividend * discounted.spot * normalCdf(d1)),
    digitalCall: discount * normalCdf(d2),
    digitalPut: discount * normalCdf(-d2),
  }
}

/** At expiry, or with a price that cannot move: what it is worth is known. At the strike itself nothing is above it. */
function settled({ spot, rate, tau }: OptionMarket, discounted: Discounted): OptionValues {
  const isAbove = discounted.spot > discounted.strike
  const carry = discounted.spot / spot
  const discount = Math.exp(-rate * tau)
  return {
    call: Math.max(0, discounted.spot - discounted.strike),
    put: Math.max(0, discounted.strike - discounted.spot),
    deltaCall: isAbove ? carry : 0,
    deltaPut: isAbove ? 0 : -carry,
    gamma: null,
    vega: 0,
    thetaCall: null,
    digitalCall: isAbove ? discount : 0,
    digitalPut: isAbove ? 0 : discount,
  }
}
