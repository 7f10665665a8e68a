import { isEqual, isMore, type Quantity } from '../base/index.ts'
import { printQuantity } from './policy-kinds.ts'
import {
  instrumentValueNames, instrumentValues, policyPaths, policyValues, quantitiesFrom, type InstrumentRules, type PolicyPath,
} from './policy-values.ts'
import { quantityFor, type RiskPolicy } from './risk-policy.ts'
import { areSameWindows, intersected, windowsText, type TradingWindows } from './trading-windows.ts'

/**
 * Says what changes between two policies, and what of it may be in force at once. It must never let a limit loosen without being told.
 *
 * Invariants:
 * 1. Whatever differs between two policies is told, each with its old and its new value, and as loosening or tightening by its own direction.
 * 2. What applies at once only tightens: the policy in between lets nothing pass that one of the two refuses.
 * 3. In another currency no amount is known to be tighter, so none is.
 */
export interface PolicyChange {
  readonly path: string
  /** As the file would say it. */
  readonly old: string
  readonly new: string
  readonly loosens: boolean
}

export interface PolicyDecision {
  /** The tighter of the two in everything: in force at once. */
  readonly now: RiskPolicy
  readonly apply: readonly PolicyChange[]
  /** Between what applies now and what is asked: waits for an approval. */
  readonly hold: readonly PolicyChange[]
}

export const tightenings = (old: RiskPolicy, next: RiskPolicy): readonly PolicyChange[] => changesBetween(old, next).filter(({ loosens }) => !loosens)
export const loosenings = (old: RiskPolicy, next: RiskPolicy): readonly PolicyChange[] => changesBetween(old, next).filter(({ loosens }) => loosens)

export function whatToDo(old: RiskPolicy, next: RiskPolicy): PolicyDecision {
  const now = tighterOf(old, next)
  return { now, apply: changesBetween(old, now), hold: changesBetween(now, next) }
}

export function changesBetween(old: RiskPolicy, next: RiskPolicy): readonly PolicyChange[] {
  const isComparable = old.currency === next.currency
  const ofValue = (path: PolicyPath, at: string, before: Quantity, after: Quantity): readonly PolicyChange[] => {
    if (isEqual(before, after)) return []
    const { kind } = policyValues[path]
    return [{ path: at, old: printQuantity(kind, before), new: printQuantity(kind, after), loosens: isLooser(path, before, after, isComparable) }]
  }
  return [
    ...(isComparable ? [] : [{ path: 'currency', old: old.currency, new: next.currency, loosens: true }]),
    ...policyPaths.flatMap((path) => ofValue(path, path, old.values[path], next.values[path])),
    ...namedInstruments(old, next).flatMap((instrument) => instrumentValueNames.flatMap((name) =>
      isSaid(instrument, name, old, next)
        ? ofValue(instrumentValues[name], `instruments.${instrument}.${name}`, quantityFor(old, instrument, name), quantityFor(next, instrument, name))
        : [])),
    ...ofWindows(old.windows, next.windows),
  ]
}

function ofWindows(old: TradingWindows, next: TradingWindows): readonly PolicyChange[] {
  if (areSameWindows(old, next)) return []
  const isNarrower = areSameWindows(intersected(old, next), next)
  return [{ path: 'hours.windowsUtc', old: windowsText(old), new: windowsText(next), loosens: !isNarrower }]
}

const isLooser = (path: PolicyPath, before: Quantity, after: Quantity, isComparable: boolean): boolean => {
  const { kind, loosens } = policyValues[path]
  if (kind === 'money' && !isComparable) return true
  return loosens === 'higher' ? isMore(after, before) : isMore(before, after)
}

const tighter = (path: PolicyPath, old: Quantity, next: Quantity, isComparable: boolean): Quantity => (isLooser(path, old, next, isComparable) ? old : next)

function tighterOf(old: RiskPolicy, next: RiskPolicy): RiskPolicy {
  const isComparable = old.currency === next.currency
  const rulesOf = (instrument: string): InstrumentRules => Object.fromEntries(instrumentValueNames
    .filter((name) => isSaid(instrument, name, old, next))
    .map((name) => [name, tighter(instrumentValues[name], quantityFor(old, instrument, name), quantityFor(next, instrument, name), isComparable)]))
  return {
    currency: old.currency,
    values: quantitiesFrom((path) => tighter(path, old.values[path], next.values[path], isComparable)),
    instruments: new Map(namedInstruments(old, next).map((instrument) => [instrument, rulesOf(instrument)])),
    windows: intersected(old.windows, next.windows),
  }
}

const namedInstruments = (old: RiskPolicy, next: RiskPolicy): readonly string[] => [...new Set([...old.instruments.keys(), ...next.instruments.keys()])]

/** Where neither says anything of its own, what is said for all says it. */
const isSaid = (instrument: string, name: keyof typeof instrumentValues, ...policies: readonly RiskPolicy[]): boolean =>
  policies.some(({ instruments }) => instruments.get(instrument)?.[name] !== undefined)
