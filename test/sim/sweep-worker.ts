import { parentPort, workerData } from 'node:worker_threads'
import type { Violation } from './checkers/index.ts'
import { runSeed } from './run-seed.ts'
import { sweptTails } from './sweep.ts'
import type { SweptPoint, SweepWork } from './sweep.ts'

/**
 * Runs the points that it is given, one after the other; who ran one makes no difference. What follows from a crash follows from the records
 * that came back, so damages of the tail that leave as many of them lead to one and the same run, which is made once.
 */
const { points, actions } = workerData as SweepWork
for (const point of points) {
  const seen = new Map<number, readonly Violation[]>()
  const cases: SweptPoint['cases'][number][] = []
  let [runs, crashes] = [0, 0]
  let recovered: ReadonlyMap<string, number> = new Map()
  for (const tail of sweptTails) {
    const known = seen.get(recovered.get(tail) ?? -1)
    if (known !== undefined) {
      cases.push({ tail, violations: known })
      continue
    }
    const result = runSeed({ seed: point.seed, actions, crashes: [{ ...point.place, tail }], isTailCompared: true })
    recovered = result.recovered
    runs += 1
    crashes += result.crashes
    seen.set(recovered.get(tail) ?? -1, result.violations)
    cases.push({ tail, violations: result.violations })
  }
  parentPort?.postMessage({ point, cases, runs, crashes } satisfies SweptPoint)
}
