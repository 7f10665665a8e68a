import { countFromRaw, lotsFromRaw, minimum, quantityMax, rawOf, settle, tryApplyRate, tryMulDiv } from '../base/index.ts'
import type { Amount } from '../base/index.ts'
import type { InstrumentLimits, ReviewLimits } from '../risk/index.ts'
import { policyMoneyDecimals } from './policy-kinds.ts'
import { policyPaths, type InstrumentRules, type PolicyPath } from './policy-values.ts'
import type { RiskPolicy } from './risk-policy.ts'

/**
 * The limits of a policy as the review of orders holds them. It must never give limits that are wider than the policy says.
 *
 * Invariants:
 * 1. An amount is rounded down to what the reporting currency can say, and what cannot be said in it is refused.
 * 2. What the review does not hold is named, never left out in silence.
 */
export interface PolicySetup {
  readonly reportingAsset: string
  /** Of the minor units in which amounts of the reporting asset are counted. */
  readonly reportingDecimals: number
  readonly instruments: readonly string[]
}

export type LimitsOf =
  | {
    readonly ok: true
    readonly limits: ReviewLimits
    /** Limits of the policy that the review knows nothing of: somebody else has to hold them. */
    readonly unheld: readonly (PolicyPath | 'hours.windowsUtc')[]
    /** Limits are said for them, and nothing of this name is traded. */
    readonly strangers: readonly string[]
  }
  | { readonly ok: false; readonly reason: 'other-currency' | 'not-countable' }

/** Together with the leverage, the largest gross holds the capital: it is never more than the leverage makes of it. */
const heldPaths: ReadonlySet<PolicyPath> = new Set<PolicyPath>([
  'capital.max', 'order.notionalMax', 'order.priceBandMax', 'order.slippage', 'order.openMax', 'order.openPerInstrumentMax', 'order.perSecondMax', 'order.perMinuteMax',
  'order.priceAgeMaxMs', 'order.commandAgeMaxMs', 'order.clockAheadMaxMs', 'exposure.grossMax', 'exposure.leverageMax',
])

const unheld = [...policyPaths.filter((path) => !heldPaths.has(path)), 'hours.windowsUtc' as const]

export function limitsOf(policy: RiskPolicy, { reportingAsset, reportingDecimals, instruments }: PolicySetup): LimitsOf {
  if (policy.currency !== reportingAsset) return { ok: false, reason: 'other-currency' }
  const reported = (amount: Amount): Amount | undefined => inMinorUnits(amount, reportingDecimals)
  const everyInstrument = instrumentLimits(policy, {}, reported)
  const own = [...policy.instruments].map(([instrument, rules]) => [instrument, instrumentLimits(policy, rules, reported)] as const)
  const { values } = policy
  const capital = settle(tryApplyRate(values['capital.max'], values['exposure.leverageMax'], 'floor'))
  const gross = reported(capital.ok ? minimum(capital.value, values['exposure.grossMax']) : values['exposure.grossMax'])
  const countable = own.flatMap(([instrument, limits]) => (limits === undefined ? [] : [[instrument, limits] as const]))
  if (everyInstrument === undefined || gross === undefined || countable.length < own.length) return { ok: false, reason: 'not-countable' }
  return {
    ok: true,
    limits: {
      everyInstrument,
      instruments: new Map(countable),
      grossMax: gross,
      leverageMax: values['exposure.leverageMax'],
      ordersOpenMax: rawOf(values['order.openMax']),
      ordersPerSecond: rawOf(values['order.perSecondMax']),
      ordersPerMinute: rawOf(values['order.perMinuteMax']),
      priceAgeMaxMs: rawOf(values['order.priceAgeMaxMs']),
      driftMaxMs: rawOf(values['order.clockAheadMaxMs']),
      commandAgeMaxMs: rawOf(values['order.commandAgeMaxMs']),
      marketSlippage: values['order.slippage'],
    },
    unheld,
    strangers: [...policy.instruments.keys()].filter((instrument) => !instruments.includes(instrument)),
  }
}

function instrumentLimits({ values }: RiskPolicy, rules: InstrumentRules, reported: (amount: Amount) => Amount | undefined): InstrumentLimits | undefined {
  const orderNotionalMax = reported(rules.notionalMax ?? values['order.notionalMax'])
  if (orderNotionalMax === undefined) return undefined
  return {
    // A size means little across instruments: their worth is what is limited.
    orderLotsMax: lotsFromRaw(quantityMax),
    positionLotsMax: lotsFromRaw(quantityMax),
    orderNotionalMax,
    priceBand: rules.priceBandMax ?? values['order.priceBandMax'],
    ordersOpenMax: rawOf(rules.openMax ?? values['order.openPerInstrumentMax']),
  }
}

function inMinorUnits(amount: Amount, decimals: number): Amount | undefined {
  const [up, down] = [Math.max(decimals - policyMoneyDecimals, 0), Math.max(policyMoneyDecimals - decimals, 0)].map((digits) => countFromRaw(10 ** (digits ?? 0)))
  if (up === undefined || down === undefined) return undefined
  const scaled = settle(tryMulDiv(amount, up, down, 'floor'))
  return scaled.ok ? scaled.value : undefined
}
