import { unreachable } from '../../../base/index.ts'

/**
 * How far our own trading pushes the price, in ticks. Shares are of the volume that the market trades in a day, volatility is of
 * a day; the rates of Almgren and Chriss (2000) are ticks per lot, and per lot and second.
 */
export type ImpactModel =
  | { readonly model: 'none' }
  | { readonly model: 'linear'; readonly coefficient: number; readonly volatilityTicks: number; readonly dayLots: number }
  | { readonly model: 'square-root'; readonly coefficient: number; readonly volatilityTicks: number; readonly dayLots: number }
  | {
      readonly model: 'almgren-chriss'
      /** Stays for good, per lot. */
      readonly permanent: number
      /** Fades, for each lot per second. */
      readonly temporary: number
      /** Fades, paid by any trade: about half the spread. */
      readonly fixed: number
      /** Over how long a trade is thought to be spread. */
      readonly horizonSeconds: number
    }

export interface PriceImpact {
  readonly permanentTicks: number
  readonly temporaryTicks: number
}

/** A third of what a meta-order moves is left in the end; the rest fades. The figure is a convention of this simulation. */
const lastingShare = 1 / 3
const none: PriceImpact = { permanentTicks: 0, temporaryTicks: 0 }

/** Unsigned: the caller knows the side. */
export function impactOf(impact: ImpactModel, lots: number): PriceImpact {
  switch (impact.model) {
    case 'none': return none
    case 'linear': return shared(impact.coefficient * impact.volatilityTicks * (lots / impact.dayLots))
    case 'square-root': return shared(impact.coefficient * impact.volatilityTicks * Math.sqrt(lots / impact.dayLots))
    case 'almgren-chriss': return {
      permanentTicks: impact.permanent * lots,
      temporaryTicks: lots === 0 ? 0 : impact.fixed + impact.temporary * (lots / impact.horizonSeconds),
    }
    default: return unreachable(impact, 'impact model')
  }
}

const shared = (ticks: number): PriceImpact => ({ permanentTicks: ticks * lastingShare, temporaryTicks: ticks * (1 - lastingShare) })
