import type { CDPSession, Page } from 'playwright'

/** What a browser tells of a page from outside. */
export interface PageMemory {
  readonly heapMb: number
  readonly nodes: number
  readonly listeners: number
}

async function metricsOf(devtools: CDPSession): Promise<(name: string) => number> {
  const { metrics } = await devtools.send('Performance.getMetrics')
  return (name) => metrics.find((metric) => metric.name === name)?.value ?? 0
}

/** For how long the page's main thread has been busy since it began. */
export async function taskSeconds(devtools: CDPSession): Promise<number> {
  return (await metricsOf(devtools))('TaskDuration')
}

const lookEachMs = 10
const patienceMs = 60_000

/** Until an expression is true in the page; its own rules keep the page from looking for itself. */
export async function until(page: Page, expression: string): Promise<void> {
  for (const end = performance.now() + patienceMs; !(await page.evaluate<boolean>(expression));) {
    if (performance.now() > end) throw new Error(`still not in ${patienceMs} ms: ${expression}`)
    await page.waitForTimeout(lookEachMs)
  }
}

const collectionsMost = 12
const restMs = 400

/**
 * After forced collections, until two of them in a row free nothing: what one frees may hold something that the next one frees, and the
 * browser's own part lets go of a page's elements and their listeners only while the page rests. What leaks stays for ever.
 */
export async function memoryOf(devtools: CDPSession): Promise<PageMemory> {
  let least = await collected(devtools)
  let idle = 0
  for (let time = 1; time < collectionsMost && idle < 2; time++) {
    await new Promise((resolve) => setTimeout(resolve, restMs))
    const next = await collected(devtools)
    idle = next.listeners < least.listeners || next.nodes < least.nodes ? 0 : idle + 1
    least = {
      heapMb: Math.min(least.heapMb, next.heapMb), nodes: Math.min(least.nodes, next.nodes), listeners: Math.min(least.listeners, next.listeners),
    }
  }
  return least
}

async function collected(devtools: CDPSession): Promise<PageMemory> {
  await devtools.send('HeapProfiler.collectGarbage')
  const of = await metricsOf(devtools)
  return { heapMb: of('JSHeapUsedSize') / 2 ** 20, nodes: of('Nodes'), listeners: of('JSEventListeners') }
}

export async function blankFrames(page: Page): Promise<readonly number[]> {
  return page.evaluate<number[]>(`new Promise((resolve) => {
    const frames = []
    let before = performance.now()
    const frame = (now) => {
      frames.push(now - before)
      before = now
      if (frames.length < 240) requestAnimationFrame(frame)
      else resolve(frames.slice(1))
    }
    requestAnimationFrame(frame)
  })`)
}

export const at = (values: readonly number[], share: number): number => {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}
