import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { actionsMax, intentsWanted } from '../arguments.ts'
import type { RunResult } from '../world/run-result.ts'

/** What came of the seeds of a copy, up to the first that shows something or does not come to its end. */
export interface Ran {
  readonly results: readonly RunResult[]
  readonly failure?: string
}

/**
 * Time of the processor, not of the clock: a machine that is slow or busy judges as a fast one does. A seed takes about half a second of
 * it, and the longest three.
 */
const seedCpuMaxMs = 60_000
/** For what waits and does nothing. */
const silenceMaxMs = 1_800_000
const lookEveryMs = 500
const heapMaxMb = 1_500

/** In a thread with modules of its own, which is ended when it hangs or eats all memory. */
export function runCopy(copy: string, seeds: readonly number[]): Promise<Ran> {
  return new Promise((done) => {
    const results: RunResult[] = []
    const worker = new Worker(join(copy, 'test/sim/seed-worker.ts'), {
      workerData: { seeds, actions: actionsMax, intents: intentsWanted, stopAtFirst: true, without: [] }, resourceLimits: { maxOldGenerationSizeMb: heapMaxMb }, stderr: true, stdout: true,
    })
    let isOver = false
    let [usedBefore, heardAt] = [0, performance.now()]
    const end = (failure?: string): void => {
      if (isOver) return
      isOver = true
      clearInterval(watch)
      done({ results, ...(failure === undefined ? {} : { failure }) })
      void worker.terminate()
    }
    const look = async (): Promise<void> => {
      const heard = results.length
      // A thread that has just ended has nothing more to say.
      const used = await worker.cpuUsage().then(({ user, system }) => (user + system) / 1_000, () => undefined)
      if (used === undefined || isOver || heard !== results.length) return
      if (heardAt !== heardFor) [heardFor, usedBefore] = [heardAt, used]
      if (used - usedBefore > seedCpuMaxMs || performance.now() - heardAt > silenceMaxMs) end('does not end: no result of a seed within the time for it')
    }
    let heardFor = heardAt
    const watch = setInterval(() => void look(), lookEveryMs)
    worker.on('message', (result: RunResult) => {
      results.push(result)
      heardAt = performance.now()
    })
    worker.on('error', (thrown) => end(`${results.length === 0 ? 'does not start' : 'breaks off'}: ${firstLineOf(thrown)}`))
    worker.on('exit', () => end())
  })
}

const firstLineOf = (thrown: unknown): string => (thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown)).split('\n')[0]?.slice(0, 200) ?? 'no reason told'
