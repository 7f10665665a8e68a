import type { Graph, Signal } from '../graph.ts'
import { map3, map4, meanOfThree, middle } from './pointwise.ts'

/** The prices that an indicator can be asked to look at. */
export const priceNames = ['close', 'open', 'high', 'low', 'hl2', 'hlc3', 'ohlc4', 'hlcc4'] as const

export const typicalPrice = (g: Graph): Signal => meanOfThree(g, g.source('high'), g.source('low'), g.source('close'))

export const medianPrice = (g: Graph): Signal => middle(g, g.source('high'), g.source('low'))

export const averagePrice = (g: Graph): Signal =>
  map4(
    g, 'ohlc4', [g.source('open'), g.source('high'), g.source('low'), g.source('close')],
    (open, high, low, close) => (open + high + low + close) / 4,
  )

export const weightedClose = (g: Graph): Signal =>
  map3(g, 'hlcc4', [g.source('high'), g.source('low'), g.source('close')], (high, low, close) => (high + low + 2 * close) / 4)

export function priceOf(g: Graph, name: string): Signal {
  if (name === 'hlc3') return typicalPrice(g)
  if (name === 'hl2') return medianPrice(g)
  if (name === 'ohlc4') return averagePrice(g)
  if (name === 'hlcc4') return weightedClose(g)
  if (name === 'open' || name === 'high' || name === 'low') return g.source(name)
  return g.source('close')
}

/**
 * Wilder's true range. The first bar has no close before it: it counts as high − low when `countsFirst`, else the range starts
 * at the second bar.
 */
export function trueRange(g: Graph, countsFirst = false): Signal {
  const [close, high, low] = [g.source('close'), g.source('high'), g.source('low')]
  const lag = countsFirst ? 0 : 1
  return g.place(
    {
      key: `true range ${lag}`, inputs: [close, high, low], lag, depth: 1,
      does: { operation: 'trueRange', of: [close, high, low] },
    },
  )
}
