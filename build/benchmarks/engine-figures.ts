import { resultOf, spreadOf, type Result } from './measure.ts'

/** One row of the engine's table: nanoseconds of one operation, by batches where an operation is shorter than the clock can tell. */
export interface OperationFigures {
  readonly p50Ns: number
  readonly p99Ns: number
  readonly p999Ns: number
  readonly perSecond: number
  /** How many operations each sample is the mean of. */
  readonly batch: number
  readonly bytesPerOp: number
}

export interface Operation {
  /** How often in all; garbage collection falls into the time like everything else. */
  readonly count: number
  readonly batch: number
  /** Done before the clock runs, and between the samples of every so many operations. */
  readonly prepare?: { readonly every: number; readonly run: () => void }
  readonly run: (turn: number) => void
}

const warmUpShare = 0.05
/** So few operations that no collection falls between two looks at the heap, most of the time. */
const heapWindow = 512

export function measureOperation({ count, batch, prepare, run }: Operation): OperationFigures & { readonly samples: readonly number[] } {
  for (let turn = 0; turn < count * warmUpShare; turn += 1) {
    if (prepare !== undefined && turn % prepare.every === 0) prepare.run()
    run(turn)
  }
  const samples: number[] = []
  let spent = 0
  for (let turn = 0; turn < count; turn += batch) {
    if (prepare !== undefined && turn % prepare.every < batch) prepare.run()
    const began = process.hrtime.bigint()
    for (let inBatch = 0; inBatch < batch; inBatch += 1) run(turn + inBatch)
    const took = Number(process.hrtime.bigint() - began)
    spent += took
    samples.push(took / batch)
  }
  const sorted = samples.toSorted((a, b) => a - b)
  const at = (share: number): number => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN)
  return { p50Ns: at(0.5), p99Ns: at(0.99), p999Ns: at(0.999), perSecond: Math.round((count / spent) * 1e9), batch, bytesPerOp: bytesOf(run, prepare), samples }
}

/** The median over many windows: one in which a collection fell comes out as less than nothing and is left out. */
function bytesOf(run: (turn: number) => void, prepare: Operation['prepare']): number {
  const growths: number[] = []
  for (let window = 0; window < 40; window += 1) {
    prepare?.run()
    const before = process.memoryUsage().heapUsed
    for (let turn = 0; turn < heapWindow; turn += 1) run(turn)
    const growth = process.memoryUsage().heapUsed - before
    if (growth >= 0) growths.push(growth / heapWindow)
  }
  return Math.round(growths.sort((a, b) => a - b)[Math.floor(growths.length / 2)] ?? 0)
}

const smallText = JSON.stringify({ kind: 'quote-seen', at: 1_700_000_000_000, bid: 10_000, ask: 10_010 })

/** The same number of operations that each read a small text: what everything here is compared to on the machine at hand. */
export function resultOfOperation(measured: ReturnType<typeof measureOperation>, target?: { readonly statistic: 'median' | 'p99'; readonly atMostNs: number }): Result & OperationFigures {
  const { samples, ...figures } = measured
  const { batch } = figures
  const inMs = (ns: number): number => (ns * batch) / 1e6
  const baseline = measureOperation({ count: 20_000 * Math.max(1, Math.floor(batch / 64)), batch, run: () => JSON.parse(smallText) as unknown })
  const result = resultOf(
    spreadOf(samples.map(inMs)), spreadOf(baseline.samples.map(inMs)), `reading a text of ${smallText.length} characters, as often`,
    target === undefined ? undefined : { statistic: target.statistic, atMost: inMs(target.atMostNs) },
  )
  return { ...result, ...figures }
}
