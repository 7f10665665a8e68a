import type { Quantity } from '../base/index.ts'
import { instrumentValues, standardQuantities } from './policy-values.ts'
import type { InstrumentRules, InstrumentValue, PolicyQuantities } from './policy-values.ts'
import { always, type TradingWindows } from './trading-windows.ts'

/** Everything that the trader allows, as the file says it. */
export interface RiskPolicy {
  /** What its amounts are in; has to be the one in which the profile reports. */
  readonly currency: string
  readonly values: PolicyQuantities
  /** What is said for single instruments, in place of the same limit for all. */
  readonly instruments: ReadonlyMap<string, InstrumentRules>
  readonly windows: TradingWindows
}

export const standardCurrency = 'EUR'

export const standardPolicyIn = (currency: string): RiskPolicy => ({ currency, values: standardQuantities, instruments: new Map(), windows: always })

/** What holds for an instrument: its own limit, else the one for all. */
export const quantityFor = (policy: RiskPolicy, instrument: string, name: InstrumentValue): Quantity =>
  policy.instruments.get(instrument)?.[name] ?? policy.values[instrumentValues[name]]
