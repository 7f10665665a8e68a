import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from 'playwright'
import { chromiumArguments, findChromium } from '../testing/find-chromium.ts'
import { resultOf, spreadOf, type Benchmark } from './measure.ts'
import { until } from './page-figures.ts'
import { oneChartStorage } from './storm-layout.ts'
import { endServe, keepInPage, serve, withProgram } from './storm-program.ts'

const rounds = 3
const firstAtMost = 6_000
const secondAtMost = 2_500

interface Start {
  /** From the first process to the chart's bars on the screen, and to the first of them that moved. */
  readonly shownMs: number
  /** On the way there: engine and browser are up; the page and its scripts are loaded. */
  readonly upMs: number
  readonly loadedMs: number
  readonly movedMs: number
  readonly bareMs: number
}

/**
 * From the start of the first process to a chart that moves, as the desktop does it: engine and browser begin at the same
 * moment, and the page is opened as soon as both are there. The baseline is the same browser with an empty page.
 */
export const startUp: Benchmark = () =>
  withProgram(async (folder) => {
    const first: Start[] = []
    const second: Start[] = []
    for (let round = 0; round < rounds; round++) {
      const home = mkdtempSync(join(folder, 'home-'))
      first.push(await startOnce(folder, home))
      second.push(await startOnce(folder, home))
    }
    return { firstStart: resultFor(first, firstAtMost), secondStart: resultFor(second, secondAtMost) }
  })

function resultFor(starts: readonly Start[], atMost: number) {
  const bare = spreadOf(starts.map(({ bareMs }) => bareMs))
  const moved = spreadOf(starts.map(({ movedMs }) => movedMs))
  const result = resultOf(moved, bare, 'a browser that opens an empty page', { statistic: 'median', atMost })
  const median = (of: (start: Start) => number): number => spreadOf(starts.map(of)).median
  return {
    ...result,
    notes: { upMs: median(({ upMs }) => upMs), loadedMs: median(({ loadedMs }) => loadedMs), barsShownMs: median(({ shownMs }) => shownMs) },
  }
}

async function startOnce(folder: string, home: string): Promise<Start> {
  const bareMs = await bareStart()
  const began = performance.now()
  const [{ child, url }, browser] = await Promise.all([serve(folder, home, {}), openBrowser()])
  try {
    const upMs = performance.now() - began
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    await keepInPage(page, oneChartStorage)
    await page.goto(url)
    const loadedMs = performance.now() - began
    await until(page, `/\\d/.test(${figure})`)
    const shownMs = performance.now() - began
    const shown = await page.evaluate<string>(figure)
    await until(page, `${figure} !== ${JSON.stringify(shown)}`)
    return { upMs, loadedMs, shownMs, movedMs: performance.now() - began, bareMs }
  } finally {
    await browser.close()
    await endServe(child)
  }
}

/** What the chart's legend says the last bar closed at. */
const figure = `(document.querySelectorAll('.chart-legend .legend-figure')[3]?.textContent ?? '')`

function openBrowser() {
  const executablePath = findChromium()
  if (executablePath === undefined) throw new Error('no Chromium: npm test obtains one')
  return chromium.launch({ executablePath, args: [...chromiumArguments] })
}

async function bareStart(): Promise<number> {
  const began = performance.now()
  const browser = await openBrowser()
  const page = await browser.newPage()
  await page.goto('about:blank')
  const took = performance.now() - began
  await browser.close()
  return took
}
