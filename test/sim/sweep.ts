import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Violation } from './checkers/index.ts'
import { runSeed } from './run-seed.ts'
import type { CrashPoint } from './world/run-options.ts'

/**
 * Short runs are broken off at every batch of records from the first to the last, with each damage of the tail. A point is a run, a batch
 * of records and a moment of it: just written, just durable, or just after an order left. Each is a place that the run without a crash really
 * comes by, so each crash happens.
 */
export interface SweepResult {
  readonly points: number
  /** Points with a damage of the tail each. */
  readonly cases: number
  /** Less than the cases: damages that leave the same records lead to the same run. */
  readonly runs: number
  /** Less than the runs only if a run came by another way than the one without a crash: that is a fault of the simulation. */
  readonly crashes: number
  readonly seeds: number
  readonly violations: number
  /** The first few. */
  readonly found: readonly SweepFinding[]
  readonly elapsedMs: number
}

export type SweepFinding = Violation & { readonly crash: CrashPoint }

export interface SweepPoint {
  readonly seed: number
  readonly place: Omit<CrashPoint, 'tail'>
}

export interface SweptPoint {
  readonly point: SweepPoint
  readonly cases: readonly { readonly tail: (typeof sweptTails)[number]; readonly violations: readonly Violation[] }[]
  readonly runs: number
  readonly crashes: number
}

export interface SweepWork {
  readonly points: readonly SweepPoint[]
  readonly actions: number
}

export const sweptTails = ['lost', 'torn', 'doubled', 'flipped'] as const
const actions = 24
const foundMax = 20
const tellEveryMs = 10_000
/** So many at a time: a worker that is ahead takes the next. */
const chunkPoints = 100

export async function sweep(firstSeed: number, pointsWanted: number, workers: number): Promise<SweepResult> {
  const begun = performance.now()
  const drawn = drawPoints(firstSeed, pointsWanted)
  const tally = new Tally(begun, drawn.points.length)
  const waiting = Array.from({ length: Math.ceil(drawn.points.length / chunkPoints) }, (_, index) => drawn.points.slice(index * chunkPoints, (index + 1) * chunkPoints))
  const work = async (): Promise<void> => {
    for (let chunk = waiting.shift(); chunk !== undefined; chunk = waiting.shift()) await runChunk(chunk, (point) => tally.take(point))
  }
  await Promise.all(Array.from({ length: workers }, work))
  const { points, cases, runs, crashes, violations, found } = tally
  return { points, cases, runs, crashes, seeds: drawn.seeds, violations, found, elapsedMs: Math.round(performance.now() - begun) }
}

/** Counts, and tells whoever waits how far it has come and what was found. */
class Tally {
  readonly found: SweepFinding[] = []
  readonly #begun: number
  readonly #total: number
  points = 0
  cases = 0
  runs = 0
  crashes = 0
  violations = 0
  #toldAt: number

  constructor(begun: number, total: number) {
    this.#begun = begun
    this.#toldAt = begun
    this.#total = total
  }

  take({ point, cases, runs, crashes }: SweptPoint): void {
    this.points += 1
    this.cases += cases.length
    this.runs += runs
    this.crashes += crashes
    for (const { tail, violations } of cases) for (const violation of violations) this.#find({ ...violation, crash: { ...point.place, tail } })
    const now = performance.now()
    if (now - this.#toldAt < tellEveryMs && this.points < this.#total) return
    this.#toldAt = now
    console.error(`${this.points}/${this.#total} points, ${this.runs} runs, ${((now - this.#begun) / 1_000).toFixed(0)} s, ${this.violations} violations`)
  }

  #find(finding: SweepFinding): void {
    this.violations += 1
    if (this.found.length >= foundMax) return
    this.found.push(finding)
    console.error(`VIOLATED ${finding.id} in seed ${finding.seed}, broken off at ${JSON.stringify(finding.crash)}: ${finding.detail.slice(0, 300)}`)
  }
}

/** What each run without a crash comes by, run after run, until there are as many points as were asked for. */
function drawPoints(firstSeed: number, pointsWanted: number): { readonly points: readonly SweepPoint[]; readonly seeds: number } {
  const points: SweepPoint[] = []
  let seed = firstSeed
  for (; points.length < pointsWanted; seed++) {
    for (const { appends, moment } of runSeed({ seed, actions, crashes: [] }).moments.slice(0, pointsWanted - points.length)) {
      points.push({ seed, place: { afterAction: -1, appends, moment, tailAt: (points.length % 97) / 97, downMs: 900, isToTheEnd: true } })
    }
  }
  return { points, seeds: seed - firstSeed }
}

/** In a thread, so that two can work at once; what throws there is a fault of the simulation and ends the sweep. */
function runChunk(points: readonly SweepPoint[], take: (point: SweptPoint) => void): Promise<void> {
  return new Promise((done, failed) => {
    const worker = new Worker(join(import.meta.dirname, 'sweep-worker.ts'), { workerData: { points, actions } satisfies SweepWork })
    worker.on('message', take)
    worker.on('error', failed)
    worker.on('exit', () => done())
  })
}
