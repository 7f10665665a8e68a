import type { RefusalUnit, RefusalView } from '../../src-preload/contract/index.ts'
import type { Refusal, RefusalRule, Side, Tradable } from '../domain/index.ts'

/** What the numbers of a refusal count, and of which asset an amount is: the rule says it, the refusal only carries the numbers. */
type Unit = Exclude<RefusalUnit, 'amount'> | 'quote' | 'reporting' | 'required'

const units: Partial<Readonly<Record<RefusalRule, Unit>>> = {
  'filter.quantity-min': 'lots', 'filter.quantity-max': 'lots', 'filter.price-range': 'ticks', 'filter.notional-min': 'quote', 'filter.notional-max': 'quote',
  'filter.price-band': 'ticks', 'filter.orders-open': 'count', 'filter.expiry-past': 'moment',
  'time.drift': 'ms', 'time.replayed': 'ms',
  'risk.stale-price': 'ms', 'risk.order-notional': 'reporting', 'risk.order-quantity': 'lots', 'risk.price-band': 'ticks', 'risk.orders-open': 'count',
  'risk.order-rate': 'count', 'risk.position': 'lots', 'risk.gross': 'reporting', 'risk.leverage': 'rate', 'risk.balance': 'required', 'risk.not-reducing': 'lots',
  'nothing-to-do': 'lots',
}

/** What is known of the order that was refused. */
export interface Refused {
  readonly tradable?: Tradable | undefined
  readonly side?: Side | undefined
  readonly reporting: string
}

/** Spot sells what it delivers; everything else is paid or margined in the quote currency. */
export const requiredAssetOf = ({ settlement, instrument }: Tradable, side: Side): string =>
  settlement === 'delivery' && side === 'sell' ? instrument.base : instrument.quote

function assetOf(unit: Unit, { tradable, side, reporting }: Refused): string | null {
  if (unit === 'reporting') return reporting
  if (tradable === undefined) return null
  if (unit === 'quote') return tradable.instrument.quote
  return unit === 'required' && side !== undefined ? requiredAssetOf(tradable, side) : null
}

const isMoney = (unit: Unit): unit is 'quote' | 'reporting' | 'required' => unit === 'quote' || unit === 'reporting' || unit === 'required'

export function refusalViewOf({ rule, limit, actual, detail }: Refusal, about: Refused): RefusalView {
  const unit = units[rule]
  const asset = unit === undefined ? null : assetOf(unit, about)
  // Numbers that nobody could print with their unit are left to the engine's own words.
  const isPrintable = unit !== undefined && (isMoney(unit) ? asset !== null : about.tradable !== undefined || (unit !== 'ticks' && unit !== 'lots'))
  return {
    rule,
    limit: isPrintable ? (limit ?? null) : null,
    actual: isPrintable ? (actual ?? null) : null,
    unit: isPrintable ? (isMoney(unit) ? 'amount' : unit) : null,
    asset,
    instrument: about.tradable?.instrument.id ?? null,
    detail,
  }
}
