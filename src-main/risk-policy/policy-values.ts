import { ensureOk } from '../base/index.ts'
import type { Quantity } from '../base/index.ts'
import { parseQuantity, type PolicyKind, type QuantityOfKind } from './policy-kinds.ts'

/** One limit of the policy: what it is, how far it may go, and which way lets more through. */
export interface PolicyValue<Kind extends PolicyKind = PolicyKind> {
  readonly kind: Kind
  readonly standard: string
  readonly least: string
  readonly most: string
  /** Whether a higher or a lower value lets more through. */
  readonly loosens: 'higher' | 'lower'
  readonly description: string
}

type Loosens = PolicyValue['loosens']

const money = (standard: string, description: string, loosens: Loosens = 'higher'): PolicyValue<'money'> =>
  ({ kind: 'money', standard, least: '0.01', most: '1000000000', loosens, description })
const percent = (standard: string, most: string, description: string, loosens: Loosens = 'higher'): PolicyValue<'percent'> =>
  ({ kind: 'percent', standard, least: '0.01 %', most, loosens, description })
const factor = (standard: string, most: string, description: string, loosens: Loosens = 'higher'): PolicyValue<'factor'> =>
  ({ kind: 'factor', standard, least: '0.001', most, loosens, description })
const count = (standard: string, most: string, description: string, loosens: Loosens = 'higher'): PolicyValue<'count'> =>
  ({ kind: 'count', standard, least: '1', most, loosens, description })

/** Every limit by its path, in the order of the file. The schema, the file, the reference and the comparison of two policies are made from it. */
export const policyValues = {
  'capital.max': money('10000', 'Never more than this counts as capital, however much the account holds.'),
  'order.notionalMax': money('1000', 'What one order may be worth, price times quantity.'),
  'order.priceBandMax': percent('3 %', '100 %', 'How far through the market a limit price may reach.'),
  'order.slippage': percent('1 %', '50 %', 'What is set aside for an order without a limit, on top of the price seen.', 'lower'),
  'order.openMax': count('400', '10000', 'How many orders may be open on an account.'),
  'order.openPerInstrumentMax': count('100', '10000', 'How many orders may be open in one instrument.'),
  'order.perSecondMax': count('20', '1000', 'How many orders may leave within a second.'),
  'order.perMinuteMax': count('600', '60000', 'How many orders may leave within a minute.'),
  'order.priceAgeMaxMs': count('5000', '60000', 'How old a price may be, in milliseconds, for an order to rest on it.'),
  'order.commandAgeMaxMs': count('10000', '60000', 'How old a command may be, in milliseconds, before it counts as one that is played back.'),
  'order.clockAheadMaxMs': count('2000', '60000', 'How far ahead of our clock a command may be dated, in milliseconds.'),
  'exposure.instrumentMax': money('2000', 'What the position in one instrument may be worth, with all that may still fill.'),
  'exposure.sectorMax': percent('30 %', '1000 %', 'What all positions of one sector may be worth, as a part of the capital.'),
  'exposure.venueMax': money('10000', 'What may be at risk on one venue.'),
  'exposure.grossMax': money('20000', 'What all positions may be worth together, long and short added up, with all that may still fill.'),
  'exposure.netMax': money('10000', 'What all long positions may be worth beyond the short ones, or the other way round.'),
  'exposure.leverageMax': factor('2', '100', 'How many times the capital all positions may be worth.'),
  'exposure.correlatedMax': percent('60 %', '1000 %', 'What all positions may be worth when those that move together count as one, as a part of the capital.'),
  'losses.dailyWarn': percent('3 %', '100 %', 'The loss of a day, in UTC, of which you are warned.'),
  'losses.dailyMax': percent('5 %', '100 %', 'The loss of a day, in UTC, after which nothing new is sent until the next day.'),
  'losses.drawdownWarn': percent('10 %', '100 %', 'The loss since the highest equity of which you are warned.'),
  'losses.drawdownMax': percent('15 %', '100 %', 'The loss since the highest equity after which nothing new is sent until a hardware key releases it.'),
  'losses.streakMax': count('3', '100', 'After how many losing trades in a row there is a pause.'),
  'losses.streakPauseMinutes': count('60', '10080', 'How long that pause is, in minutes.', 'lower'),
  'figures.var95Max': percent('3 %', '100 %', 'What a day may cost that is worse than 95 of 100, as a part of the capital.'),
  'figures.es975Max': percent('5 %', '100 %', 'What a day costs on average among the worst 2.5 of 100, as a part of the capital.'),
  'sizing.kellyMax': factor('0.08', '1', 'How much of the stake that Kelly names is taken.'),
  'sizing.edgeMin': percent('8 %', '100 %', 'How far, in percentage points, a chance has to be better than the one that the price implies.', 'lower'),
} as const satisfies Readonly<Record<string, PolicyValue>>

export type PolicyPath = keyof typeof policyValues
export const policyPaths = Object.keys(policyValues) as readonly PolicyPath[]

export type PolicyQuantities = { readonly [Path in PolicyPath]: QuantityOfKind[(typeof policyValues)[Path]['kind']] }

export const policyGroups = {
  capital: 'What there is to lose.',
  order: 'What a single order may be, and how many there may be.',
  exposure: 'What all positions may be together. Each counts as it would be at worst, with everything that may still fill.',
  losses: 'When to stop.',
  figures: 'What the measures of risk may say.',
  sizing: 'How large a trade may be that a strategy asks for.',
} as const satisfies Readonly<Record<string, string>>
export type PolicyGroup = keyof typeof policyGroups

/** What may be said for one instrument alone, and in the place of which limit it stands. */
export const instrumentValues = {
  notionalMax: 'order.notionalMax',
  priceBandMax: 'order.priceBandMax',
  openMax: 'order.openPerInstrumentMax',
  exposureMax: 'exposure.instrumentMax',
} as const satisfies Readonly<Record<string, PolicyPath>>
export type InstrumentValue = keyof typeof instrumentValues
export const instrumentValueNames = Object.keys(instrumentValues) as readonly InstrumentValue[]

export type InstrumentRules = { readonly [Name in InstrumentValue]?: PolicyQuantities[(typeof instrumentValues)[Name]] }

/** A warning that comes after what it warns of would be none. */
export const warnings: readonly { readonly warn: PolicyPath; readonly max: PolicyPath }[] = [
  { warn: 'losses.dailyWarn', max: 'losses.dailyMax' },
  { warn: 'losses.drawdownWarn', max: 'losses.drawdownMax' },
]

export const standardQuantities = quantitiesFrom((path) => ensureOk(parseQuantity(policyValues[path].kind, policyValues[path].standard), 'a standard that can be read'))

/** A value for every path. Whoever makes them sees to it that each is of its path's kind. */
export function quantitiesFrom(quantity: (path: PolicyPath) => Quantity): PolicyQuantities {
  return Object.fromEntries(policyPaths.map((path) => [path, quantity(path)])) as unknown as PolicyQuantities
}
