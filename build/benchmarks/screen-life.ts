import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import type { CDPSession, Page } from 'playwright'
import { resultOf, round, spreadOf, type Benchmark, type Result } from './measure.ts'
import { at, blankFrames, memoryOf, taskSeconds, until } from './page-figures.ts'
import type { ScreenReading } from './screen-page.ts'
import { aloneStorage, hiddenStorage, oneChartStorage, stormStorage } from './storm-layout.ts'
import { endServe, serve, withPage, withProgram } from './storm-program.ts'

const size = { width: 1440, height: 900 }
const storm = { BALLAST_DEMO_INTENSITY: '500' }
/** A market that stands still: whatever grows or moves then is not the market. */
const stillness = { BALLAST_DEMO_STANDS_AT: String(Date.UTC(2026, 2, 18, 15) / 1_000) }
const settleMs = 4_000
const heapMinutes = 5
const chart = '[data-chart="chart-2"]'
const timeframeLabel = 'Timeframe (T, Shift T)'

type Kept = Readonly<Record<string, string>>
type Notes = Readonly<Record<string, number>>
type Used<Value> = (page: Page, devtools: CDPSession) => Promise<Value>
type Opens = <Value>(surroundings: Kept, kept: Kept, use: Used<Value>) => Promise<Value>

interface FramesAndNotes {
  readonly frames: readonly number[]
  readonly notes: Notes
}

/** How the screen behaves in its life: hidden, mounted again and again, gone through history, replayed, at each zoom. */
export const screenLife: Benchmark = (isLong) =>
  withProgram(async (folder) => {
    const open: Opens = (surroundings, kept, use) => withProgramPage(folder, surroundings, kept, use)
    const blank = spreadOf(await withPage('about:blank', size, undefined, blankFrames))
    const frame = (figure: readonly number[], notes: Notes): Result => ({
      ...resultOf(spreadOf(figure), blank, 'the frames of a blank page'), notes,
    })
    const dates = spreadOf(await open(stillness, oneChartStorage, goThroughHistory))
    const results: Record<string, Result> = {
      anyDate: resultOf(dates, blank, 'a frame of a blank page', { statistic: 'p99', atMost: 200 }),
      hiddenPanels: await hiddenResult(open),
      chartMounts: await open(stillness, stormStorage, mountAgainAndAgain),
    }
    const replayed = await open(storm, oneChartStorage, replayFast)
    results['replay100'] = frame(replayed.framesMs, figuresOf(replayed))
    const zoomed = await open(storm, oneChartStorage, throughZooms)
    results['zooms'] = frame(zoomed.frames, zoomed.notes)
    if (isLong === true) {
      const long = await open(storm, stormStorage, stormForMinutes)
      results['heap'] = frame(long.frames, long.notes)
    }
    return results
  })

async function withProgramPage<Value>(
  folder: string, surroundings: Kept, kept: Kept, use: Used<Value>,
): Promise<Value> {
  const { child, url } = await serve(folder, mkdtempSync(join(folder, 'home-')), surroundings)
  try {
    return await withPage(url, size, kept, async (page, devtools) => {
      await page.waitForTimeout(settleMs)
      return use(page, devtools)
    })
  } finally {
    await endServe(child)
  }
}

const reading = (page: Page): Promise<ScreenReading> => page.evaluate<ScreenReading>('screenMeter.read()')

async function framesFor(page: Page, durationMs: number): Promise<ScreenReading> {
  await page.evaluate('screenMeter.begin()')
  await page.waitForTimeout(durationMs)
  return reading(page)
}

const figuresOf = ({ framesMs, longTasksMs }: ScreenReading): Notes => ({
  fpsMean: round((1_000 * framesMs.length) / framesMs.reduce((sum, each) => sum + each, 0)),
  fpsP5: round(1_000 / at(framesMs, 0.95)),
  longTasks: longTasksMs.length,
})

/** Dates all over two years of minutes, typed as a trader would; each is at least a day from the one before. */
async function goThroughHistory(page: Page): Promise<readonly number[]> {
  await page.locator(chart).getByLabel(timeframeLabel, { exact: true }).selectOption('1m')
  await page.waitForTimeout(1_000)
  await page.evaluate(`screenMeter.watchLegend('chart-2')`)
  const answers: number[] = []
  for (let visit = 0; visit < 24; visit++) {
    const daysBack = 20 + ((visit * 311) % 700)
    const date = new Date(Date.UTC(2026, 2, 18) - daysBack * 86_400_000).toISOString().slice(0, 10)
    await page.locator(chart).locator('.chart-date input').fill(`${date} 12:00`)
    await page.keyboard.press('Enter')
    await until(page, 'screenMeter.answerMs() !== undefined')
    answers.push(await page.evaluate<number>('screenMeter.answerMs()'))
    // The next one begins on a chart that has come to rest.
    await page.waitForTimeout(150)
  }
  return answers
}

/** Milliseconds of each second that the main thread is busy: with a desk full of panels behind a tab, and without them. */
async function hiddenResult(open: Opens): Promise<Result> {
  const hidden = await open(storm, hiddenStorage, busyBySecond)
  const alone = await open(storm, aloneStorage, busyBySecond)
  return resultOf(spreadOf(hidden), spreadOf(alone), 'the same second without those panels')
}

async function busyBySecond(page: Page, devtools: CDPSession): Promise<readonly number[]> {
  const busy: number[] = []
  for (let second = 0; second < 8; second++) {
    const before = await taskSeconds(devtools)
    await page.waitForTimeout(1_000)
    busy.push(((await taskSeconds(devtools)) - before) * 1_000)
  }
  return busy
}

/** Each round leaves a workspace with four charts and comes back to it. */
async function mountAgainAndAgain(page: Page, devtools: CDPSession): Promise<Result> {
  // Until about the 160th mount the page still compiles and fills its caches; only what grows after that grows for ever.
  const warm = await rounds(page, 40)
  const before = await memoryOf(devtools)
  const firstHalf = await rounds(page, 25)
  const halfway = await memoryOf(devtools)
  const secondHalf = await rounds(page, 25)
  const after = await memoryOf(devtools)
  return {
    ...resultOf(spreadOf([...firstHalf, ...secondHalf]), spreadOf(warm), 'the first forty rounds'),
    notes: {
      mounts: 200,
      heapMbBefore: round(before.heapMb),
      heapMbHalfway: round(halfway.heapMb),
      heapMbAfter: round(after.heapMb),
      kilobytesEach: round(((after.heapMb - before.heapMb) * 1_024) / 200),
      nodesMore: after.nodes - before.nodes,
      listenersMore: after.listeners - before.listeners,
    },
  }
}

async function rounds(page: Page, count: number): Promise<readonly number[]> {
  const took: number[] = []
  for (let turn = 0; turn < count; turn++) {
    const began = performance.now()
    await page.keyboard.press('Alt+5')
    await page.locator(chart).waitFor({ state: 'detached' })
    await page.keyboard.press('Alt+2')
    // All four: one that still loads holds less than it will.
    for (const nth of [2, 3, 4, 5]) await page.locator(`[data-chart="chart-${nth}"] .chart-legend .legend-figure`).first().waitFor()
    took.push(performance.now() - began)
  }
  return took
}

/** A hundred bars a second, beside a market that storms. */
async function replayFast(page: Page): Promise<ScreenReading> {
  await goTo(page, 400)
  await page.locator(chart).getByRole('application').focus()
  await page.keyboard.press('u')
  await page.locator(chart).locator('.chart-replay select').selectOption('100')
  await page.locator(chart).getByRole('application').focus()
  await page.keyboard.press(' ')
  await page.waitForTimeout(500)
  return framesFor(page, 8_000)
}

async function goTo(page: Page, daysBack: number): Promise<void> {
  const date = new Date(Date.now() - daysBack * 86_400_000).toISOString().slice(0, 10)
  await page.locator(chart).locator('.chart-date input').fill(`${date} 12:00`)
  await page.keyboard.press('Enter')
  await page.waitForTimeout(1_000)
}

/** The rate of frames and of what the legend tells anew, from seconds to months and from few bars to all of them. */
async function throughZooms(page: Page): Promise<FramesAndNotes> {
  const frames: number[] = []
  const rates: { readonly name: string; readonly fps: number; readonly changes: number }[] = []
  const plot = page.locator(chart).getByRole('application')
  for (const frame of ['1s', '1m', '15m', '1h', '1d', '1M']) {
    await page.locator(chart).getByLabel(timeframeLabel, { exact: true }).selectOption(frame)
    await page.waitForTimeout(1_500)
    await plot.focus()
    for (const [zoom, key, presses] of [['near', '+', 12], ['usual', '-', 12], ['far', '-', 20]] as const) {
      for (let press = 0; press < presses; press++) await page.keyboard.press(key)
      await page.evaluate(`screenMeter.watchLegend('chart-2')`)
      const read = await framesFor(page, 2_000)
      frames.push(...read.framesMs)
      const changes = (await page.evaluate<number>('screenMeter.legendChanges()')) / 2
      rates.push({ name: `${frame} ${zoom}`, fps: figuresOf(read)['fpsMean'] ?? 0, changes })
    }
  }
  const each = rates.flatMap(({ name, fps, changes }) => [[`fps ${name}`, fps], [`changesPerSecond ${name}`, changes]] as const)
  return { frames, notes: { fpsLeast: Math.min(...rates.map(({ fps }) => fps)), ...Object.fromEntries(each) } }
}

async function stormForMinutes(page: Page, devtools: CDPSession): Promise<FramesAndNotes> {
  const frames: number[] = []
  const before = await memoryOf(devtools)
  const notes: Record<string, number> = { heapMbAtMinute0: round(before.heapMb) }
  for (let minute = 1; minute <= heapMinutes; minute++) {
    frames.push(...(await framesFor(page, 60_000)).framesMs)
    notes[`heapMbAtMinute${minute}`] = round((await memoryOf(devtools)).heapMb)
  }
  const after = await memoryOf(devtools)
  const more = { nodesMore: after.nodes - before.nodes, listenersMore: after.listeners - before.listeners }
  return { frames, notes: { ...notes, heapMbGrown: round(after.heapMb - before.heapMb), ...more } }
}
