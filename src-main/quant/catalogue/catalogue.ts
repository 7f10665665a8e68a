import type { QuantCategory, QuantEntry } from '../catalogue-entry.ts'
import { distributionEntries } from '../distributions/index.ts'
import { indicatorEntries } from '../indicators/index.ts'
import { microstructureEntries } from '../microstructure/index.ts'
import { performanceEntries } from '../performance/index.ts'
import { portfolioEntries } from '../portfolio/index.ts'
import { riskEntries } from '../risk-measures/index.ts'
import { statisticsEntries } from '../statistics/index.ts'

/** Every function of the library, each name once. */
export const quantEntries: readonly QuantEntry[] = [
  ...indicatorEntries,
  ...statisticsEntries,
  ...riskEntries,
  ...performanceEntries,
  ...portfolioEntries,
  ...microstructureEntries,
  ...distributionEntries,
]

const byName: ReadonlyMap<string, QuantEntry> = new Map(quantEntries.map((entry) => [entry.name, entry]))

export const findQuantEntry = (name: string): QuantEntry | undefined => byName.get(name)

/** In the order in which they are shown. */
export const quantCategories = [
  'indicator', 'statistics', 'risk', 'performance', 'sizing', 'portfolio', 'microstructure', 'distributions',
] as const satisfies readonly QuantCategory[]
