import type { Graph, Signal } from '../graph.ts'
import { delay, highest, lowest, middle } from '../nodes/index.ts'

export const middleOfRange = (g: Graph, n: number): Signal => middle(
  g, highest(g, g.source('high'), n), lowest(g, g.source('low'), n),
)

/** The lines of Ichimoku: tenkan, kijun, both edges as drawn at the bar, chikou, both edges of the coming cloud. */
export function delayedSpan(g: Graph, tenkan: number, kijun: number, senkou: number, displacement: number): readonly Signal[] {
  const [quick, base] = [middleOfRange(g, tenkan), middleOfRange(g, kijun)]
  const [leadA, leadB] = [middle(g, quick, base), middleOfRange(g, senkou)]
  return [quick, base, delay(g, leadA, displacement), delay(g, leadB, displacement), g.source('close'), leadA, leadB]
}
