import { readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { actionsMax, intentsWanted } from '../arguments.ts'
import type { Violation } from '../checkers/index.ts'
import { runSeed } from '../run-seed.ts'
import type { RunResult } from '../world/run-result.ts'
import { patchedCopy, root } from './patched-copy.ts'

/**
 * Planted bugs. Each is a patch that is applied to a copy, never to the sources; it is killed when the simulation of the copy finds a
 * violation that the sources without it do not have, does not start, or does not come to an end.
 */
export interface Verdict {
  readonly name: string
  readonly file: string
  readonly killed: boolean
  readonly seed?: number
  readonly killedBy?: string
  /** Why it could not be judged. */
  readonly trouble?: string
}

export const firstSeed = 1
/** Most bugs fall to the first or second seed. What is still there after so many counts as a survivor. */
export const seedsMax = 120
/** A seed takes less than a second on a quiet machine. */
const seedLimitMs = 180_000
const heapMaxMb = 1_500

const folder = join(root, 'test/mutants')
export const mutantFiles = (): readonly string[] => readdirSync(folder).filter((name) => name.endsWith('.patch')).sort().map((name) => join(folder, name))

export async function judgeMutant(file: string): Promise<Verdict> {
  const name = basename(file).replace(/\.(patch|diff)$/, '')
  const patched = patchedCopy(file)
  if (!patched.ok) return { name, file, killed: false, trouble: patched.trouble }
  try {
    return { name, file, ...(await hunt(patched.copy.folder)) }
  } finally {
    patched.copy.dispose()
  }
}

type Found = Omit<Verdict, 'name' | 'file'>

/** One seed after the other, until one of them notices. */
async function hunt(copy: string): Promise<Found> {
  for (let from = firstSeed; from < firstSeed + seedsMax;) {
    const { results, failure } = await runCopy(copy, from, firstSeed + seedsMax - from)
    const bad = results.find(({ violations }) => violations.length > 0)
    const first = bad?.violations.find(({ seed, id }) => !isBrokenAnyway(seed, id))
    if (first !== undefined) return { killed: true, seed: first.seed, killedBy: wordsOf(first) }
    if (failure !== undefined) return { killed: true, seed: from + results.length, killedBy: failure }
    if (bad === undefined) break
    from = bad.seed + 1
  }
  return { killed: false }
}

const wordsOf = ({ id, detail }: Violation): string => `${id}: ${detail.slice(0, 200)}`

/** What is violated without the planted bug as well says nothing about it. */
const isBrokenAnyway = (seed: number, id: string): boolean => {
  const known = unmutated.get(seed) ?? new Set(runSeed({ seed, actions: actionsMax, intents: intentsWanted }).violations.map((violation) => violation.id))
  unmutated.set(seed, known)
  return known.has(id)
}
const unmutated = new Map<number, ReadonlySet<string>>()

interface Ran {
  readonly results: readonly RunResult[]
  readonly failure?: string
}

/** In a thread with modules of its own, which is ended when it hangs or eats all memory. */
function runCopy(copy: string, from: number, count: number): Promise<Ran> {
  return new Promise((done) => {
    const results: RunResult[] = []
    const seeds = Array.from({ length: count }, (_, index) => from + index)
    const worker = new Worker(join(copy, 'test/sim/seed-worker.ts'), {
      workerData: { seeds, actions: actionsMax, intents: intentsWanted, stopAtFirst: true, without: [] }, resourceLimits: { maxOldGenerationSizeMb: heapMaxMb }, stderr: true, stdout: true,
    })
    const end = (failure?: string): void => {
      clearTimeout(timer)
      done({ results, ...(failure === undefined ? {} : { failure }) })
      void worker.terminate()
    }
    const hang = (): void => end('does not end: no result of a seed within the time for it')
    let timer = setTimeout(hang, seedLimitMs)
    worker.on('message', (result: RunResult) => {
      results.push(result)
      clearTimeout(timer)
      timer = setTimeout(hang, seedLimitMs)
    })
    worker.on('error', (thrown) => end(`${results.length === 0 ? 'does not start' : 'breaks off'}: ${firstLineOf(thrown)}`))
    worker.on('exit', () => end())
  })
}

const firstLineOf = (thrown: unknown): string => (thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown)).split('\n')[0]?.slice(0, 200) ?? 'no reason told'
