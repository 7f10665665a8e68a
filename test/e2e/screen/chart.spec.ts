import { readFile } from 'node:fs/promises'
import type { Locator, Page } from 'playwright/test'
import { expect, test, onlyFull } from '../fixtures.ts'
import { runCommand, untilFresh } from './on-screen.ts'

test.use({ kept: { 'ballast.first-run': '{"version":1,"isDone":true}', 'ballast.workspace': '{"version":1,"shown":"trade"}' } })

const chartOf = (page: Page): Locator => page.locator('[data-chart="chart"]')
const legend = (page: Page): Locator => chartOf(page).locator('.chart-legend')
const plot = (page: Page): Locator => chartOf(page).getByRole('application')
const closeFigure = (page: Page): Locator => legend(page).locator('.legend-figure').nth(3)

/** The chart has bars. */
async function openChart(page: Page): Promise<void> {
  await untilFresh(page)
  await expect(closeFigure(page)).toContainText(/C\s*[\d,.]+/, { timeout: 15_000 })
}

/** A place on the plot, in shares of it. */
async function at(page: Page, x: number, y: number): Promise<{ readonly x: number; readonly y: number }> {
  const box = await plot(page).boundingBox()
  if (box === null) throw new Error('the plot is not on the screen')
  return { x: box.x + box.width * x, y: box.y + box.height * y }
}

const drawings = (page: Page): Promise<{ readonly drawings: readonly { readonly kind: string; readonly anchors: readonly { readonly ticks: number }[] }[] } | null> =>
  page.evaluate(() => {
    const key = Object.keys(localStorage).find((each) => each.startsWith('ballast.drawings.'))
    return key === undefined ? null : JSON.parse(localStorage.getItem(key) ?? 'null') as never
  })

test('given a newcomer, when the demo market runs, then the chart shows an instrument and moves by itself', async ({ page }) => {
  await openChart(page)
  await expect(chartOf(page).locator('canvas').first()).toBeVisible()
  const before = await closeFigure(page).textContent()
  await expect.poll(() => closeFigure(page).textContent(), { timeout: 20_000 }).not.toBe(before)
})

test('given a chart, when another timeframe and instrument are chosen, then it shows them, and still does after a reload', async ({ page }) => {
  await openChart(page)
  await plot(page).focus()
  await page.keyboard.press('t')
  await expect(legend(page)).toContainText('3m')
  await expect(plot(page), 'the keyboard stays with the chart').toBeFocused()
  await chartOf(page).getByLabel('Instrument', { exact: true }).selectOption({ index: 2 })
  const name = await chartOf(page).getByLabel('Instrument', { exact: true }).inputValue()
  await expect(legend(page)).toContainText(`${name} · 3m`)
  await page.reload()
  await expect(legend(page)).toContainText(`${name} · 3m`, { timeout: 15_000 })
})

test('given two years of history, when a date is gone to and the present again, then the bars of that date are shown, then the newest', async ({ page }) => {
  await openChart(page)
  const day = new Date(Date.now() - 400 * 86_400_000).toISOString().slice(0, 10)
  await plot(page).focus()
  await page.keyboard.press('j')
  await page.keyboard.type(`${day} 12:00`)
  await page.keyboard.press('Enter')
  const back = chartOf(page).getByRole('button', { name: 'To the present (End)' })
  await expect(back).toBeVisible({ timeout: 15_000 })
  const past = await closeFigure(page).textContent()
  await back.click()
  await expect(back).toBeHidden()
  await expect(closeFigure(page)).not.toHaveText(past ?? '')
})

test('given bars of a second, when a date before what is kept is gone to, then the chart says since when they are kept and leads to the oldest and back', onlyFull, async ({ page }) => {
  await openChart(page)
  await chartOf(page).getByLabel('Timeframe (T, Shift T)', { exact: true }).selectOption('1s')
  await expect(legend(page)).toContainText('1s')
  await expect(closeFigure(page)).toContainText(/\d/, { timeout: 15_000 })
  await chartOf(page).getByPlaceholder('2026-03-12 14:30').fill(new Date(Date.now() - 400 * 86_400_000).toISOString().slice(0, 10))
  await page.keyboard.press('Enter')
  const cover = chartOf(page).getByRole('status').filter({ hasText: 'No bars at that time' })
  await expect(cover).toContainText(/Bars of 1s are kept from \w+ \d+ \w+ \d{4} \d\d:\d\d:\d\d UTC on\./)
  await cover.getByRole('button', { name: 'To the oldest bar' }).click()
  await expect(closeFigure(page)).toContainText(/\d/)
  await expect(chartOf(page)).toContainText(/none before \w+ \d+ \w+ \d{4} \d\d:\d\d:\d\d UTC/)
  await chartOf(page).getByPlaceholder('2026-03-12 14:30').fill('2020-01-01')
  await page.keyboard.press('Enter')
  await cover.getByRole('button', { name: 'To the present (End)' }).click()
  await expect(cover).toHaveCount(0)
  await expect(closeFigure(page)).toContainText(/\d/)
  await expect(chartOf(page).getByRole('button', { name: 'To the present (End)' })).toHaveCount(0)
})

test('given a chart, when another language is chosen, then the same chart goes on in its words', onlyFull, async ({ page }) => {
  await openChart(page)
  for (const [command, letter] of [['Language: French', 'B'], ['Langue : anglais', 'L'], ['Language: French', 'B']] as const) {
    await runCommand(page, command)
    await expect(legend(page).locator('.legend-figure').nth(2)).toContainText(new RegExp(`^${letter}\\s*\\d`))
  }
})

test('given a chart of the past, when time goes on and the theme changes, then it looks where it looked', onlyFull, async ({ page }) => {
  await openChart(page)
  await chartOf(page).getByPlaceholder('2026-03-12 14:30').fill(new Date(Date.now() - 400 * 86_400_000).toISOString().slice(0, 10))
  await page.keyboard.press('Enter')
  await expect(chartOf(page).getByRole('button', { name: 'To the present (End)' })).toBeVisible({ timeout: 15_000 })
  // The legend tells of the bar under the crosshair: another sight has another bar there.
  const middle = await at(page, 0.5, 0.5)
  await page.mouse.move(middle.x, middle.y)
  await page.waitForTimeout(300)
  const seen = await closeFigure(page).textContent()
  await page.waitForTimeout(2_500)
  await expect(closeFigure(page)).toHaveText(seen ?? '')
  await page.evaluate(() => void (document.documentElement.dataset['theme'] = 'light'))
  await page.waitForTimeout(300)
  await page.mouse.move(middle.x + 0.5, middle.y)
  await page.waitForTimeout(300)
  await expect(closeFigure(page)).toHaveText(seen ?? '')
})

test('given a date that is none, when it is gone to, then one sentence says how to write it and nothing changes', onlyFull, async ({ page }) => {
  await openChart(page)
  await chartOf(page).getByPlaceholder('2026-03-12 14:30').fill('2026-04-31')
  await page.keyboard.press('Enter')
  await expect(chartOf(page).getByRole('alert')).toHaveText('That is no date. Write it like 2026-03-12 14:30.')
})

test('given a tool, when something is drawn, moved and deleted, then each can be taken back, and it is there after a reload', onlyFull, async ({ page }) => {
  await openChart(page)
  await chartOf(page).getByRole('button', { name: 'Rectangle' }).click()
  const [from, to] = [await at(page, 0.3, 0.3), await at(page, 0.5, 0.5)]
  await page.mouse.move(from.x, from.y)
  await page.mouse.down()
  await page.mouse.move(to.x, to.y, { steps: 4 })
  await page.mouse.up()
  await expect.poll(async () => (await drawings(page))?.drawings.map(({ kind }) => kind)).toEqual(['rectangle'])
  const drawn = (await drawings(page))?.drawings[0]?.anchors[0]?.ticks ?? 0
  await page.keyboard.press('ArrowUp')
  await expect.poll(async () => ((await drawings(page))?.drawings[0]?.anchors[0]?.ticks ?? 0) > drawn).toBe(true)
  await page.keyboard.press('Control+z')
  await expect.poll(async () => (await drawings(page))?.drawings[0]?.anchors[0]?.ticks).toBe(drawn)
  await page.keyboard.press('Delete')
  await expect.poll(async () => (await drawings(page))?.drawings.length).toBe(0)
  await page.keyboard.press('Control+z')
  await page.reload()
  await expect.poll(async () => (await drawings(page))?.drawings.map(({ kind }) => kind)).toEqual(['rectangle'])
})

test('given only a keyboard, when a level is drawn, then it lies in the middle and arrows move it', onlyFull, async ({ page }) => {
  await openChart(page)
  await chartOf(page).getByRole('button', { name: 'Level', exact: true }).focus()
  await page.keyboard.press('Enter')
  await plot(page).focus()
  await page.keyboard.press('Enter')
  await expect.poll(async () => (await drawings(page))?.drawings.map(({ kind }) => kind)).toEqual(['level'])
  const drawn = (await drawings(page))?.drawings[0]?.anchors[0]?.ticks ?? 0
  await page.keyboard.press('Shift+ArrowDown')
  await expect.poll(async () => (await drawings(page))?.drawings[0]?.anchors[0]?.ticks ?? drawn).toBeLessThan(drawn)
})

test('given a text, when its words are typed, then no letter of them does anything else', onlyFull, async ({ page }) => {
  await openChart(page)
  await chartOf(page).getByRole('button', { name: 'Text' }).click()
  const place = await at(page, 0.4, 0.4)
  await page.mouse.click(place.x, place.y)
  await page.keyboard.type('go up')
  await page.keyboard.press('Enter')
  await expect.poll(async () => JSON.stringify(await drawings(page))).toContain('go up')
})

test('given a replay, when it plays, then it is framed as one, goes on bar by bar, and ends at the market', onlyFull, async ({ page }) => {
  await openChart(page)
  await plot(page).focus()
  await page.keyboard.press('u')
  const bar = chartOf(page).getByRole('group', { name: 'Replay the past (U)' })
  await expect(bar).toContainText('REPLAY')
  await expect(chartOf(page)).toHaveAttribute('data-replay', 'true')
  await expect(bar.getByRole('button', { name: 'One bar on (.)' })).toBeEnabled()
  const before = await legend(page).textContent()
  await page.keyboard.press('.')
  await expect(legend(page)).not.toHaveText(before ?? '')
  await bar.getByLabel('Speed, bars a second').selectOption('100')
  await plot(page).focus()
  await page.keyboard.press('Space')
  await expect(bar).toContainText('The present is reached', { timeout: 20_000 })
  await bar.getByRole('button', { name: 'End the replay' }).click()
  await expect(bar).toBeHidden()
})

test('given a chart, when a picture of it is saved, then the browser gets a PNG that is named for what it shows', onlyFull, async ({ page }) => {
  await openChart(page)
  const download = page.waitForEvent('download')
  await chartOf(page).getByRole('button', { name: 'Save a picture (Ctrl Shift S)' }).click()
  const file = await download
  expect(file.suggestedFilename()).toMatch(/-1m-\d{4}-.*\.png$/)
  const path = await file.path()
  expect([...(await readFile(path)).subarray(1, 4)].map((code) => String.fromCharCode(code)).join('')).toBe('PNG')
})

test('given another instrument to compare with, when it is chosen, then the scale is percent and the legend has its change', onlyFull, async ({ page }) => {
  await openChart(page)
  await chartOf(page).getByLabel('Compare by percent').selectOption({ index: 2 })
  await expect(chartOf(page).getByLabel('Scale')).toHaveValue('percent')
  await expect(legend(page)).toContainText(/%/)
  await expect(legend(page).locator('.legend-row').last()).toContainText(/[\d.]+ %/, { timeout: 15_000 })
})
