import { createRandom } from '../../src-main/base/index.ts'
import type { QuantEntry, QuantOutputs, QuantValue } from '../../src-main/quant/index.ts'

/** An indicator over bars that are always the same, so that the pages change only when the code does. */
export interface QuantExample {
  readonly close: readonly number[]
  readonly outputs: QuantOutputs
}

type Bars = Readonly<Record<string, readonly number[]>>

/** Undefined for a function that is no indicator or cannot be asked without parameters. */
export function exampleOf({ category, inputs, evaluate }: QuantEntry): QuantExample | undefined {
  if (category !== 'indicator') return undefined
  const close = bars['close'] ?? []
  const answer = evaluate({ params: {}, inputs: inputs.map(({ name }): QuantValue => bars[name] ?? close) })
  return answer.ok ? { close, outputs: answer.value } : undefined
}

const bars = drawBars(320)

/** Prices that rise, fall and rest in turn, as a market does. */
function drawBars(count: number): Bars {
  const random = createRandom(20_240_301)
  const columns: Record<'open' | 'high' | 'low' | 'close' | 'volume' | 'session', number[]> = {
    open: [], high: [], low: [], close: [], volume: [], session: [],
  }
  let price = 100
  for (let bar = 0; bar < count; bar++) {
    const drift = 0.006 * Math.sin(bar / 17) + 0.003 * Math.sin(bar / 5)
    const open = price
    price *= Math.exp(drift + 0.008 * random.nextNormal())
    columns.open.push(open)
    columns.close.push(price)
    columns.high.push(Math.max(open, price) * (1 + 0.006 * random.nextFloat53()))
    columns.low.push(Math.min(open, price) * (1 - 0.006 * random.nextFloat53()))
    columns.volume.push(500 + 900 * random.nextFloat53() + 20_000 * Math.abs(price / open - 1))
    columns.session.push(Math.floor(bar / 24))
  }
  return columns
}
