/** Runs beside the product's own screen in one page: a meter that watches frames, tasks, inputs and the age of data. */
import { heardQuotes, onQuotes } from '../../src-renderer/stores/market-quotes.ts'

export interface ScreenReading {
  readonly framesMs: readonly number[]
  readonly longTasksMs: readonly number[]
  readonly inputsMs: readonly number[]
  /** From when the market said it to the frame that could first show it: the oldest word of each frame. */
  readonly agesMs: readonly number[]
  /** The same, when the page heard of it: what is over this was waiting for a frame. */
  readonly arrivalsMs: readonly number[]
  readonly quotesApplied: number
  readonly layoutShift: number
}

interface LayoutShift extends PerformanceEntry {
  readonly value: number
  readonly hadRecentInput: boolean
}

let framesMs: number[] = []
let longTasksMs: number[] = []
let inputsMs: number[] = []
let agesMs: number[] = []
let arrivalsMs: number[] = []
let quotesApplied = 0
let layoutShift = 0
let oldestAt = Number.POSITIVE_INFINITY
const drawn = new Map<string, number>()

function begin(): void {
  framesMs = []
  longTasksMs = []
  inputsMs = []
  agesMs = []
  arrivalsMs = []
  quotesApplied = 0
  layoutShift = 0
}

function watchFrames(): void {
  let before = performance.now()
  const frame = (now: number): void => {
    framesMs.push(now - before)
    before = now
    // The market of the benchmark runs on this machine's clock.
    if (Number.isFinite(oldestAt)) agesMs.push(Math.max(0, Date.now() - oldestAt))
    oldestAt = Number.POSITIVE_INFINITY
    requestAnimationFrame(frame)
  }
  requestAnimationFrame(frame)
}

function watchQuotes(): void {
  onQuotes(() => {
    let oldest = Number.POSITIVE_INFINITY
    for (const [instrument, { quote, version }] of heardQuotes().quotes) {
      if (drawn.get(instrument) === version || quote.at === null) continue
      drawn.set(instrument, version)
      quotesApplied += 1
      oldest = Math.min(oldest, quote.at)
    }
    if (Number.isFinite(oldest)) arrivalsMs.push(Math.max(0, Date.now() - oldest))
    oldestAt = Math.min(oldestAt, oldest)
  })
}

function watchTasks(): void {
  new PerformanceObserver((list) => longTasksMs.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: 'longtask' })
  new PerformanceObserver((list) => {
    // Each input has several events; those with an id are the ones a person waits for.
    for (const entry of list.getEntries() as PerformanceEventTiming[]) if (entry.interactionId > 0) inputsMs.push(entry.duration)
  }).observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit)
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as LayoutShift[]) if (!entry.hadRecentInput) layoutShift += entry.value
  }).observe({ type: 'layout-shift' })
}

/** What a trader waits for after Enter: until the chart's legend tells of other bars, and the frame that shows it. */
let enterAt: number | undefined
let answerMs: number | undefined
let legendChanges = 0
let endWatching: (() => void) | undefined

function watchLegend(chart: string): void {
  const legend = document.querySelector(`[data-chart="${chart}"] .chart-legend`)
  if (legend === null) throw new Error('there is no such chart')
  legendChanges = 0
  endWatching?.()
  const changed = (): void => {
    legendChanges += 1
    if (enterAt === undefined || answerMs !== undefined) return
    const from = enterAt
    requestAnimationFrame(() => (answerMs ??= performance.now() - from))
  }
  const watching = new MutationObserver(changed)
  watching.observe(legend, { subtree: true, childList: true, characterData: true })
  endWatching = () => watching.disconnect()
}

addEventListener('keydown', ({ key, timeStamp }) => {
  if (key !== 'Enter') return
  enterAt = timeStamp
  answerMs = undefined
}, true)

const read = (): ScreenReading => ({ framesMs, longTasksMs, inputsMs, agesMs, arrivalsMs, quotesApplied, layoutShift })

Object.assign(globalThis, { screenMeter: { begin, read, watchLegend, answerMs: () => answerMs, legendChanges: () => legendChanges } })
watchFrames()
watchQuotes()
watchTasks()
