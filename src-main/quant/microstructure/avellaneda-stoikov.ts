import { ok } from '../../base/index.ts'
import type { Result } from '../../base/index.ts'
import type { QuantError } from '../catalogue-entry.ts'
import { refuse, refuseSeries } from '../entry-form/index.ts'
import { refuseNegative, refuseNotFinite, refuseNotPositive } from './conditions.ts'

export interface QuotingModel {
  /** Risk aversion. */
  readonly gamma: number
  /** How fast the intensity of fills decays with the distance from mid. */
  readonly kappa: number
  /** Absolute volatility of the price for one unit of time, not a share of it. */
  readonly sigma: number
}

export interface Session extends QuotingModel {
  readonly mid: number
  /** When the session ends, in the unit of sigma. */
  readonly horizon: number
}

export interface OptimalQuote {
  readonly reservation: number
  /** From bid to ask, the reservation price in their middle. */
  readonly spread: number
  readonly bid: number
  readonly ask: number
}

/** Avellaneda and Stoikov (2008), equations 3.17 and 3.18, for one inventory at one time. */
export function avellanedaStoikov(
  session: Session, state: { readonly inventory: number; readonly t: number },
): Result<OptimalQuote, QuantError> {
  const refusal = refuseSession(session) ?? refuseNotFinite({ inventory: state.inventory }) ?? refuseNegative({ t: state.t })
  if (refusal !== undefined) return refusal
  if (state.t > session.horizon) return refuse(
    'bad-parameter', `A time is expected within the horizon ${session.horizon}, but it was ${state.t}.`,
  )
  return ok(quoteAt(session, state.inventory, state.t))
}

export interface QuoteGrid {
  /** A row for each inventory, a column for each time. */
  readonly reservation: readonly Float64Array[]
  /** For each time. */
  readonly spread: Float64Array
  readonly bid: readonly Float64Array[]
  readonly ask: readonly Float64Array[]
}

export function avellanedaStoikovGrid(session: Session, inventory: Float64Array, times: Float64Array): Result<QuoteGrid, QuantError> {
  const refusal = refuseSession(session) ?? refuseSeries('inventory', inventory, 1) ?? refuseSeries('t', times, 1)
  if (refusal !== undefined) return refusal
  const late = times.find((t) => t < 0 || t > session.horizon)
  if (late !== undefined) return refuse('bad-parameter', `The times are expected from 0 to ${session.horizon}, but one was ${late}.`)
  const rows = (pick: (quote: OptimalQuote) => number): readonly Float64Array[] =>
    Array.from(inventory, (held) => times.map((t) => pick(quoteAt(session, held, t))))
  return ok({
    reservation: rows((quote) => quote.reservation),
    spread: times.map((t) => quoteAt(session, 0, t).spread),
    bid: rows((quote) => quote.bid),
    ask: rows((quote) => quote.ask),
  })
}

function quoteAt({ gamma, kappa, sigma, mid, horizon }: Session, inventory: number, t: number): OptimalQuote {
  const risk = gamma * sigma * sigma * (horizon - t)
  const reservation = mid - inventory * risk
  const spread = risk + (2 / gamma) * Math.log1p(gamma / kappa)
  return { reservation, spread, bid: reservation - spread / 2, ask: reservation + spread / 2 }
}

const refuseSession = ({ gamma, kappa, sigma, mid, horizon }: Session) =>
  refuseNotPositive({ gamma, kappa }) ?? refuseNegative({ sigma, horizon }) ?? refuseNotFinite({ mid })
