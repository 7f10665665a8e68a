import { statfs } from 'node:fs/promises'
import { constants, PerformanceObserver } from 'node:perf_hooks'
import type { Metrics } from './metrics.ts'
import type { gcKinds } from './metric-table.ts'

/** What this process can say of itself: memory, garbage collection, its age, and the room on its disk. */
export interface ProcessWatchParts {
  readonly metrics: Pick<Metrics, 'memory' | 'gcPause' | 'uptime' | 'diskFree'>
  /** Whose disk is looked at. */
  readonly folder: string
  readonly periodMs?: number
}

const periodMs = 1_000
/** Asking a disk is dearer than asking the process. */
const turnsPerDisk = 5

export class ProcessWatch {
  readonly #parts: ProcessWatchParts
  readonly #timer: NodeJS.Timeout
  readonly #gc: PerformanceObserver
  readonly #startedAt = performance.now()
  #turn = 0
  #isAsking = false
  #diskFreeBytes: number | undefined

  constructor(parts: ProcessWatchParts) {
    this.#parts = parts
    this.#gc = new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        parts.metrics.gcPause.observe(entry.duration / 1_000, gcKindOf('detail' in entry ? entry.detail : undefined))
      }
    })
    this.#gc.observe({ entryTypes: ['gc'] })
    this.#timer = setInterval(() => this.#look(), parts.periodMs ?? periodMs)
    this.#timer.unref()
    this.#look()
  }

  /** Undefined as long as the disk has not answered. */
  get diskFreeBytes(): number | undefined {
    return this.#diskFreeBytes
  }

  dispose(): void {
    clearInterval(this.#timer)
    this.#gc.disconnect()
  }

  #look(): void {
    const { metrics } = this.#parts
    const { rss, heapUsed, heapTotal, external } = process.memoryUsage()
    metrics.memory.set(rss, 'rss')
    metrics.memory.set(heapUsed, 'heap_used')
    metrics.memory.set(heapTotal, 'heap_total')
    metrics.memory.set(external, 'external')
    metrics.uptime.set((performance.now() - this.#startedAt) / 1_000)
    if (this.#turn % turnsPerDisk === 0) void this.#askDisk()
    this.#turn += 1
  }

  /** A disk that hangs is asked once and not again until it has answered. */
  async #askDisk(): Promise<void> {
    if (this.#isAsking) return
    this.#isAsking = true
    try {
      const { bavail, bsize } = await statfs(this.#parts.folder)
      this.#diskFreeBytes = bavail * bsize
    } catch {
      // Not known is what the figure's absence says.
      this.#diskFreeBytes = undefined
    } finally {
      this.#isAsking = false
    }
    this.#parts.metrics.diskFree.set(this.#diskFreeBytes)
  }
}

const gcKindNames: Readonly<Record<number, (typeof gcKinds)[number]>> = {
  [constants.NODE_PERFORMANCE_GC_MINOR]: 'minor',
  [constants.NODE_PERFORMANCE_GC_MAJOR]: 'major',
  [constants.NODE_PERFORMANCE_GC_INCREMENTAL]: 'incremental',
  [constants.NODE_PERFORMANCE_GC_WEAKCB]: 'weak',
}

function gcKindOf(detail: unknown): (typeof gcKinds)[number] {
  const kind = typeof detail === 'object' && detail !== null && 'kind' in detail ? detail.kind : undefined
  return (typeof kind === 'number' ? gcKindNames[kind] : undefined) ?? 'minor'
}
