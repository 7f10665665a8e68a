import { ok } from '../../base/index.ts'
import type { QuantEntry, QuantParameter, QuantValue } from '../catalogue-entry.ts'
import { createEntry } from '../entry-form/index.ts'
import type { Columns } from './bar.ts'
import type { IndicatorDefinition } from './definition.ts'
import { computeIndicator } from './indicator.ts'

const parameters: readonly QuantParameter[] = [
  { name: 'period', kind: 'integer', meaning: 'number of bars of every indicator', preset: 5, least: 2, most: 10_000 },
  { name: 'length', kind: 'integer', meaning: 'bars of each series', preset: 40, least: 1, most: 100_000 },
  { name: 'flatValue', kind: 'number', meaning: 'price and volume that never move', preset: 10 },
]

const outputs = [
  'rsiFlat', 'rsiUp', 'rsiDown', 'cciFlat', 'bbWidthFlat', 'stochFlatK', 'willrFlat', 'mfiFlat', 'adxFlat', 'corrFlat',
] as const

type Find = (name: string) => IndicatorDefinition

/**
 * What a market that does not move answers. Where ours say that there is no answer, TA-Lib says 0: this entry writes that 0, so
 * that the two conventions can be compared.
 */
export const edgeBehaviourEntry = (find: Find): QuantEntry => createEntry({
  name: 'edgeBehaviour',
  title: 'Indicators of a constant or steady series',
  category: 'indicator',
  formula: 'Last value of each indicator over constant prices, or over prices that rise or fall by 1 each bar',
  convention: '0 where an indicator is not available, as TA-Lib writes it; the indicators themselves leave it out.',
  source: 'TA-Lib 0.4.0',
  parameters,
  inputs: [],
  outputs: outputs.map((name) => ({ name, meaning: `last value of ${name}`, shape: 'number' })),
  run: (call) => {
    const [period, length, flatValue] = [call.number('period'), call.number('length'), call.number('flatValue')]
    const column = (rise: number): Float64Array => Float64Array.from({ length }, (_, bar) => flatValue + rise * bar)
    const lastOf = (name: string, chosen: Readonly<Record<string, QuantValue>>, output: string, rise = 0): number => {
      const values = column(rise)
      const columns: Columns = { open: values, high: values, low: values, close: values, volume: values }
      const computed = computeIndicator(find(name), chosen, columns)
      const last = computed.ok ? computed.value[output]?.at(-1) : undefined
      return last === undefined || Number.isNaN(last) ? 0 : last
    }
    return ok({
      rsiFlat: lastOf('rsi', { period }, 'rsi'),
      rsiUp: lastOf('rsi', { period }, 'rsi', 1),
      rsiDown: lastOf('rsi', { period }, 'rsi', -1),
      cciFlat: lastOf('cci', { period }, 'cci'),
      bbWidthFlat: lastOf('bollinger', { period }, 'bandwidth'),
      stochFlatK: lastOf('stochastic', { k: period }, 'k'),
      willrFlat: lastOf('williamsR', { period }, 'willr'),
      mfiFlat: lastOf('mfi', { period }, 'mfi'),
      adxFlat: lastOf('adx', { period }, 'adx'),
      corrFlat: lastOf('rollingCorrelation', { period }, 'corr'),
    })
  },
})
