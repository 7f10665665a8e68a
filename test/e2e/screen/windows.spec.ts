import type { Page } from 'playwright/test'
import { expect, onlyFull, test } from '../fixtures.ts'
import { findHurdles } from './find-hurdles.ts'
import { haltButton, panel, runCommand, untilFresh, type PanelId } from './on-screen.ts'

test.use({ kept: { 'ballast.first-run': '{"version":1,"isDone":true}', 'ballast.workspace': '{"version":1,"shown":"trade"}' } })
// Two whole pages at once.
test.describe.configure({ timeout: 60_000 })

const groupOf = (page: Page, id: PanelId) => page.locator('.dv-groupview', { has: panel(page, id) })

/** By the tool at the right of the panel's tabs. */
async function openAlone(page: Page, id: PanelId): Promise<Page> {
  const opened = page.context().waitForEvent('page')
  await groupOf(page, id).getByRole('button', { name: 'In a window of its own' }).click()
  const alone = await opened
  await untilFresh(alone)
  return alone
}

test('given a ladder, when it gets a window of its own, then that shows it alone, follows the watchlist and comes back when the bar is asked for it', onlyFull, async ({ page }) => {
  await untilFresh(page)
  await expect(panel(page, 'ladder').locator('[data-ladder="seen"]')).toBeVisible()
  const alone = await openAlone(page, 'ladder')
  await expect(panel(alone, 'ladder').locator('[data-ladder="seen"]')).toBeVisible()
  await expect(alone.locator('[data-panel]')).toHaveCount(1)
  // Its login came from the desk; more of the desk is not within its reach.
  expect(await alone.evaluate(() => window.opener)).toBeNull()
  await expect(alone).toHaveTitle(/· Ladder · Demo · Ballast$/)
  // What lay behind it comes to the front; in its own place is said where it is.
  await expect(panel(page, 'ladder')).toHaveCount(0)
  await expect(panel(page, 'depth')).toBeVisible()
  const bringBack = page.getByRole('button', { name: 'Bring back 1 panel' })
  await expect(bringBack).toBeVisible()
  await page.locator('[data-instrument="ETH/USD"]').click()
  await expect(panel(alone, 'ladder').getByRole('heading')).toHaveText('ETH/USD')
  await bringBack.click()
  await expect.poll(() => alone.isClosed()).toBe(true)
  await expect(bringBack).toHaveCount(0)
  await page.locator('.dv-tab', { hasText: 'Ladder' }).click()
  await expect(panel(page, 'ladder').getByRole('heading')).toHaveText('ETH/USD')
})

test('given a panel window, when its halt is pressed, then the engine halts and every window says so', async ({ page, ballast }) => {
  await untilFresh(page)
  const alone = await openAlone(page, 'tape')
  await alone.keyboard.press('Control+Shift+H')
  await expect(haltButton(alone)).toContainText('HALTED')
  await expect(haltButton(page)).toContainText('HALTED')
  expect((await ballast.status()).mode).toBe('halted')
})

test('given a chart alone in its place, when it goes and the desk is reloaded, then its room is used, and it is back where it was when its window ends', onlyFull, async ({ page }) => {
  await untilFresh(page)
  await expect(panel(page, 'chart')).toBeVisible()
  const before = await panel(page, 'chart').boundingBox()
  const wide = (): Promise<number> => panel(page, 'watchlist').boundingBox().then((box) => box?.width ?? 0)
  const narrow = await wide()
  const alone = await openAlone(page, 'chart')
  await expect(panel(page, 'chart')).toHaveCount(0)
  await expect.poll(wide).toBeGreaterThan(narrow * 2)
  await page.reload()
  await untilFresh(page)
  await expect(panel(page, 'chart')).toHaveCount(0)
  await expect.poll(wide).toBeGreaterThan(narrow * 2)
  // Not by its own hand: as a crash would take it.
  await alone.goto('about:blank')
  await expect(panel(page, 'chart')).toBeVisible()
  await expect.poll(async () => (await panel(page, 'chart').boundingBox())?.width).toBeCloseTo(before?.width ?? 0, -1)
})

test('given a panel window, when theme and language are changed in the desk, then the window follows, and nothing in it is a hurdle', onlyFull, async ({ page }) => {
  await untilFresh(page)
  const alone = await openAlone(page, 'tape')
  await runCommand(page, 'Theme: light')
  await expect(alone.locator('html')).toHaveAttribute('data-theme', 'light')
  await runCommand(page, 'Language: French')
  await expect(alone.locator('html')).toHaveAttribute('lang', 'fr')
  expect(await findHurdles(alone)).toEqual([])
})

test('given a panel window, when it is called back from the palette, then it closes and the panel is where it was', onlyFull, async ({ page }) => {
  await untilFresh(page)
  const alone = await openAlone(page, 'tape')
  const ended = alone.waitForEvent('close')
  await expect(panel(page, 'tape')).toHaveCount(0)
  await runCommand(page, 'Bring all panels back')
  await ended
  await expect(panel(page, 'tape')).toBeVisible()
})

test('given a panel window whose desk was closed, when the desk is opened from it, then the desk is there and may trade as before', onlyFull, async ({ page }) => {
  await untilFresh(page)
  const alone = await openAlone(page, 'tape')
  await page.close()
  const opened = alone.context().waitForEvent('page')
  await runCommand(alone, 'Open the desk')
  const desk = await opened
  await untilFresh(desk)
  await expect(panel(desk, 'chart')).toBeVisible()
  await expect(panel(desk, 'tape')).toHaveCount(0)
})

test('given a panel window, when it ends while the chart is as large as the desk, then the panel is there once the chart is small again', onlyFull, async ({ page }) => {
  await untilFresh(page)
  const alone = await openAlone(page, 'watchlist')
  await expect(panel(page, 'watchlist')).toHaveCount(0)
  await runCommand(page, 'Chart')
  await page.keyboard.press('m')
  await expect(panel(page, 'tape')).toBeHidden()
  await alone.close()
  await page.keyboard.press('m')
  await expect(panel(page, 'tape')).toBeVisible()
  await expect(panel(page, 'watchlist')).toBeVisible()
})
