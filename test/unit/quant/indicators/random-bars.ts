import { createRandom, ensureOk, type Result } from '../../../../src-main/base/index.ts'
import {
  createIndicator, findIndicator, type Bar, type BarMachine, type Columns, type IndicatorDefinition, type IndicatorParams,
} from '../../../../src-main/quant/indicators/index.ts'

/** A random walk of consistent bars; sessions of 24 bars. */
export function randomBars(seed: number, count: number): readonly Bar[] {
  const random = createRandom(seed)
  let close = 100
  return Array.from({ length: count }, (_, index) => {
    const open = close * (1 + (random.nextFloat53() - 0.5) * 0.004)
    close = open * (1 + (random.nextFloat53() - 0.5) * 0.04)
    const high = Math.max(open, close) * (1 + random.nextFloat53() * 0.01)
    const low = Math.min(open, close) * (1 - random.nextFloat53() * 0.01)
    return { open, high, low, close, volume: 50 + random.nextFloat53() * 1_000, session: Math.floor(index / 24) }
  })
}

export const columnsOf = (bars: readonly Bar[]): Columns => ({
  open: Float64Array.from(bars, (bar) => bar.open),
  high: Float64Array.from(bars, (bar) => bar.high),
  low: Float64Array.from(bars, (bar) => bar.low),
  close: Float64Array.from(bars, (bar) => bar.close),
  volume: Float64Array.from(bars, (bar) => bar.volume),
  session: Float64Array.from(bars, (bar) => bar.session ?? 0),
})

export const ensureIndicator = (name: string): IndicatorDefinition => {
  const definition = findIndicator(name)
  if (definition === undefined) throw new Error(`no indicator ${name}`)
  return definition
}

export const machineOf = (name: string, params: IndicatorParams = {}): BarMachine => ensureOk(
  createIndicator(ensureIndicator(name), params), name,
)

export const errorOf = <Value, Failure>(result: Result<Value, Failure>): Failure => {
  if (result.ok) throw new Error('expected a failure')
  return result.error
}

/** Smaller windows than the presets, so that short series reach past every warm-up. */
export function shortParams(definition: IndicatorDefinition, variant: number): IndicatorParams {
  const params: Record<string, IndicatorParams[string]> = {}
  definition.parameters.forEach((parameter, index) => {
    const { name, kind, preset, choices, least = 0, most = Infinity } = parameter
    if (kind === 'integer' && typeof preset === 'number' && preset > 1) params[name] = Math.min(
      most, Math.max(least, shortened(name, preset, variant)),
    )
    if (kind === 'text' && choices !== undefined) params[name] = choices[(variant + index) % choices.length] ?? choices[0] ?? ''
    if (kind === 'number' && typeof preset === 'number') params[name] = Math.min(
      most, Math.max(least, preset * (1 + 0.1 * variant)),
    )
    if (kind === 'boolean') params[name] = variant % 2 === 1
  })
  return params
}

/** Order is kept (fast below slow), evenness too. */
const shortened = (name: string, preset: number, variant: number): number => {
  const third = 2 * Math.ceil(preset / 6) + (name === 'slow' || name === 'long' ? 2 : 0)
  return third + 2 * variant
}
