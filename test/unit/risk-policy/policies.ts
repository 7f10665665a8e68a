import fc from 'fast-check'
import { ensureOk, rawOf, type Quantity } from '../../../src-main/base/index.ts'
import { parseQuantity, quantityOf } from '../../../src-main/risk-policy/policy-kinds.ts'
import {
  instrumentValueNames, instrumentValues, policyPaths, policyValues, quantitiesFrom, readPolicy, type InstrumentRules, type PolicyPath, type RiskPolicy,
} from '../../../src-main/risk-policy/index.ts'
import { intersected, united, type TradingWindows } from '../../../src-main/risk-policy/trading-windows.ts'

/** The policy of a text that has no fault. */
export function policyOf(lines = ''): RiskPolicy {
  const read = readPolicy(`version: 1\n${lines}`)
  if (!read.ok) throw new Error(`expected a policy, but ${JSON.stringify(read.problems)}`)
  return read.policy
}

const quantity = (path: PolicyPath): fc.Arbitrary<Quantity> => {
  const { kind, least, most } = policyValues[path]
  const [min, max] = [least, most].map((text) => rawOf(ensureOk(parseQuantity(kind, text), 'a bound')))
  // Often the same in two policies, so that both kinds of pairs come.
  const near = fc.integer({ min: 1, max: 4 }).map((part) => Math.floor(((max ?? 0) * part) / 4))
  return fc.oneof(near, fc.integer({ min: min ?? 0, max: max ?? 0 })).map((raw) => quantityOf(kind, Math.max(raw, min ?? 0)))
}

const rules: fc.Arbitrary<InstrumentRules> = fc.record(
  Object.fromEntries(instrumentValueNames.map((name) => [name, quantity(instrumentValues[name])])), { requiredKeys: [] },
)

export const windowsArbitrary: fc.Arbitrary<TradingWindows> = fc.array(fc.tuple(fc.integer({ min: 0, max: 10_079 }), fc.integer({ min: 1, max: 3_000 })), { maxLength: 4 })
  .map((drawn) => intersected(united(drawn.map(([from, length]) => [from, from + length])), [[0, 10_080]]))

/** Any policy that the comparison may meet. That a warning comes first is a matter of files. */
export const policyArbitrary = (currencies: readonly string[] = ['USD']): fc.Arbitrary<RiskPolicy> =>
  fc.record({
    currency: fc.constantFrom(...currencies),
    values: fc.record(Object.fromEntries(policyPaths.map((path) => [path, quantity(path)]))).map((drawn) => quantitiesFrom((path) => drawn[path] as Quantity)),
    instruments: fc.array(fc.tuple(fc.constantFrom('BTC-PERP', 'BTC-USD', 'ETH-USD'), rules), { maxLength: 3 }).map((drawn) => new Map(drawn)),
    windows: windowsArbitrary,
  })
