import type { IndicatorDefinition } from './definition.ts'
import { adaptiveAverages } from './definitions/adaptive-averages.ts'
import { averages } from './definitions/averages.ts'
import { bands } from './definitions/bands.ts'
import { cycles } from './definitions/cycles.ts'
import { directionals } from './definitions/directional.ts'
import { moreOscillators } from './definitions/more-oscillators.ts'
import { oscillators } from './definitions/oscillators.ts'
import { pressureOscillators } from './definitions/pressure.ts'
import { prices } from './definitions/prices.ts'
import { regressions } from './definitions/regression.ts'
import { sessionIndicators } from './definitions/sessions.ts'
import { rollingStatistics } from './definitions/statistics.ts'
import { trailingStops } from './definitions/trailing.ts'
import { volatilities } from './definitions/volatility.ts'
import { volumes } from './definitions/volume.ts'

export const indicatorDefinitions: readonly IndicatorDefinition[] = [
  ...averages, ...adaptiveAverages, ...oscillators, ...moreOscillators, ...pressureOscillators, ...directionals, ...trailingStops,
  ...cycles,
  ...bands, ...volatilities, ...volumes, ...sessionIndicators, ...regressions, ...rollingStatistics, ...prices,
]

const byName: ReadonlyMap<string, IndicatorDefinition> = new Map(
  indicatorDefinitions.map((definition) => [definition.name, definition]),
)

export const findIndicator = (name: string): IndicatorDefinition | undefined => byName.get(name)
