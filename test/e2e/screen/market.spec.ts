import type { Locator, Page } from 'playwright/test'
import { expect, test, onlyFull } from '../fixtures.ts'
import { findHurdles } from './find-hurdles.ts'
import { haltButton, holdLine, panel, untilFresh } from './on-screen.ts'

// A market has to grow old, be lost and come back: on a busy computer that is more than half a minute.
test.describe.configure({ timeout: 60_000 })

test.use({ kept: { 'ballast.first-run': '{"version":1,"isDone":true}', 'ballast.workspace': '{"version":1,"shown":"trade"}' } })

const row = (page: Page, instrument: string): Locator => page.locator(`[data-instrument="${instrument}"]`)
const tab = (page: Page, name: string): Locator => page.locator('.dv-tab', { hasText: name })
const figure = (page: Page, instrument: string, cell: string): Locator => row(page, instrument).locator(`[data-cell="${cell}"]`)
const rehearse = async (page: Page, name: string): Promise<void> => {
  await panel(page, 'feed').getByRole('button', { name: `Begin: ${name}` }).click()
}

/** Given a screen whose market moves: every row has its price, and the feed's panel is in front. */
async function openMarket(page: Page): Promise<void> {
  await untilFresh(page)
  await expect(figure(page, 'BTC/USD', 'last')).toHaveText(/^[\d,]+\.\d$/)
  await tab(page, 'Feed').click()
  await expect(panel(page, 'feed').getByText('Rehearse trouble')).toBeVisible()
}

test('given a fresh start, prices move in the watchlist, the ladder and the tape without a hand being lifted', async ({ page }) => {
  await openMarket(page)
  await expect(panel(page, 'watchlist').getByRole('row')).toHaveCount(9)
  await expect(panel(page, 'ladder').locator('[data-ladder="seen"]')).toBeVisible()
  await expect(panel(page, 'tape').locator('.market-plot-word')).toHaveCount(0)
  const before = await figure(page, 'BTC/USD', 'last').textContent()
  await expect(figure(page, 'BTC/USD', 'last')).not.toHaveText(before ?? '')
  await expect(panel(page, 'ladder').locator('.market-state')).toContainText('Live')
})

test('when an instrument is chosen in the watchlist by keyboard alone, the linked panels show it', async ({ page }) => {
  await openMarket(page)
  const grid = panel(page, 'watchlist').getByRole('grid')
  await grid.focus()
  await page.keyboard.press('End')
  await expect(panel(page, 'ladder').getByRole('heading')).not.toHaveText('XRP/USD')
  await page.keyboard.press('Enter')
  await expect(row(page, 'XRP/USD')).toHaveAttribute('aria-selected', 'true')
  for (const id of ['ladder', 'tape'] as const) await expect(panel(page, id).getByRole('heading')).toHaveText('XRP/USD')
})

test('when the market falls silent, every price grows old under the word stale, and comes back with the market', async ({ page }) => {
  await openMarket(page)
  await rehearse(page, 'Silence')
  await expect(row(page, 'BTC/USD')).toHaveAttribute('data-state', 'stale', { timeout: 20_000 })
  await expect(row(page, 'BTC/USD').locator('.watch-change')).toContainText('Stale')
  await expect(panel(page, 'ladder').locator('.market-note')).toContainText('last known')
  await expect(panel(page, 'ladder').locator('.market-plot')).toHaveCSS('filter', /opacity\(0\.52\)/)
  await panel(page, 'feed').getByRole('button', { name: 'End rehearsal' }).click()
  await expect(row(page, 'BTC/USD')).toHaveAttribute('data-state', 'live')
  await expect(panel(page, 'ladder').locator('.market-note')).toHaveCount(0)
})

test('when prices are crossed, the screen says that one of them is wrong', async ({ page }) => {
  await openMarket(page)
  await rehearse(page, 'Crossed prices')
  await expect(panel(page, 'ladder').locator('.market-state')).toContainText('Crossed')
  await expect(panel(page, 'ladder').locator('.market-note')).toContainText('Do not act on these prices')
  await expect(panel(page, 'ladder').locator('.ladder-figures')).toContainText('\u2212')
})

test('when the line to the market is lost, no panel can be taken for calm', async ({ page }) => {
  await openMarket(page)
  await rehearse(page, 'Lost line')
  await expect(row(page, 'ETH/USD')).toHaveAttribute('data-state', 'down')
  await expect(row(page, 'ETH/USD').locator('.watch-change')).toContainText('No feed')
  await expect(panel(page, 'feed').locator('.feed-state')).toContainText('Down')
  await expect(panel(page, 'feed')).toContainText('A rehearsal plays this')
  await panel(page, 'feed').getByRole('button', { name: 'End rehearsal' }).click()
  await expect(row(page, 'ETH/USD')).toHaveAttribute('data-state', 'live')
})

test('when the screen loses the engine, every price says so, and prices come back with the line', async ({ page }) => {
  const line = await holdLine(page)
  await expect(figure(page, 'BTC/USD', 'last')).toHaveText(/\d/)
  await line.cut()
  await expect(row(page, 'BTC/USD')).toHaveAttribute('data-state', 'no-line')
  await expect(panel(page, 'ladder').locator('.market-state')).toContainText('No line')
  await expect(panel(page, 'ladder').locator('.market-note')).toContainText('has lost the engine')
  line.mend()
  await expect(row(page, 'BTC/USD')).toHaveAttribute('data-state', 'live')
})

test('when the demo market is paused it says so, and nothing moves until it runs again', onlyFull, async ({ page }) => {
  await openMarket(page)
  await panel(page, 'feed').getByRole('radio', { name: 'Pause' }).click()
  await expect(row(page, 'BTC/USD')).toHaveAttribute('data-state', 'paused')
  await expect(panel(page, 'ladder').locator('.market-state')).toContainText('Paused')
  const prices = await panel(page, 'watchlist').locator('[data-cell="last"]').allTextContents()
  await page.waitForTimeout(1_500)
  expect(await panel(page, 'watchlist').locator('[data-cell="last"]').allTextContents()).toEqual(prices)
  await panel(page, 'feed').getByRole('radio', { name: '×1', exact: true }).click()
  await expect(row(page, 'BTC/USD')).toHaveAttribute('data-state', 'live')
})

test('a ladder that is scrolled stays where it is, says where the market went, and goes back by key', onlyFull, async ({ page }) => {
  await openMarket(page)
  const rows = panel(page, 'ladder').getByRole('slider')
  await rows.focus()
  for (let press = 0; press < 8; press++) await page.keyboard.press('PageUp')
  await expect(panel(page, 'ladder')).toContainText('The market is below')
  await expect(panel(page, 'ladder').getByRole('button', { name: 'Held' })).toHaveAttribute('aria-pressed', 'true')
  await rows.press('Home')
  await expect(rows).toHaveAttribute('data-ladder', 'seen')
  // It begins with the step that fits the spread of the moment.
  const step = (name: string): Locator => panel(page, 'ladder').getByRole('radio', { name, exact: true })
  for (let press = 0; press < 3; press++) await rows.press('[')
  await expect(step('×1')).toBeChecked()
  await rows.press(']')
  await expect(step('×5')).toBeChecked()
})

test('a tape under the pointer stands still and counts what waits; a size that is none hides nothing', onlyFull, async ({ page }) => {
  await openMarket(page)
  await panel(page, 'tape').locator('canvas').hover()
  await expect(panel(page, 'tape').locator('.tape-waiting')).toHaveText(/[1-9]\d* new wait/, { timeout: 15_000 })
  const size = panel(page, 'tape').getByRole('textbox')
  await size.fill('many')
  await expect(panel(page, 'tape')).toContainText('Not a size')
  await expect(panel(page, 'tape').locator('.market-plot-word')).toHaveCount(0)
  await size.fill('900000000')
  await expect(panel(page, 'tape').locator('.market-plot-word')).toContainText('that large')
})

test('favourites are kept over a reload, and a search that finds nothing says so', onlyFull, async ({ page }) => {
  await openMarket(page)
  await row(page, 'SOL/USD').click()
  await panel(page, 'watchlist').getByRole('grid').press(' ')
  await panel(page, 'watchlist').getByLabel('Group').selectOption('favourites')
  await expect(panel(page, 'watchlist').locator('[data-instrument]')).toHaveCount(1)
  await page.reload()
  await expect(row(page, 'SOL/USD')).toBeVisible()
  await expect(panel(page, 'watchlist').locator('[data-instrument]')).toHaveCount(1)
  await panel(page, 'watchlist').getByRole('searchbox').fill('zzz')
  await expect(panel(page, 'watchlist')).toContainText('No instrument of this group is called “zzz”')
  // What is not in sight is not acted on.
  await panel(page, 'watchlist').getByRole('grid').press(' ')
  await panel(page, 'watchlist').getByRole('searchbox').fill('')
  await expect(panel(page, 'watchlist').locator('[data-instrument]')).toHaveCount(1)
})

test('given a line that was lost for a while, when trades come again, then the tape says where some may be missing', onlyFull, async ({ page }) => {
  await openMarket(page)
  await expect(panel(page, 'tape').locator('canvas')).toHaveAttribute('data-gaps', '0')
  await rehearse(page, 'Lost line')
  await expect(row(page, 'BTC/USD')).toHaveAttribute('data-state', 'down')
  await page.waitForTimeout(2_000)
  await panel(page, 'feed').getByRole('button', { name: 'End rehearsal' }).click()
  await expect(panel(page, 'tape').locator('canvas')).toHaveAttribute('data-gaps', '1', { timeout: 15_000 })
})

test('given a panel of another colour, when an instrument is chosen in the watchlist, then it keeps its own, also after a reload', onlyFull, async ({ page }) => {
  await openMarket(page)
  await panel(page, 'tape').getByLabel('Linked colour').selectOption('sand')
  await row(page, 'ETH/USD').click()
  await expect(panel(page, 'ladder').getByRole('heading')).toHaveText('ETH/USD')
  const own = await panel(page, 'tape').getByRole('heading').textContent()
  expect(own).not.toBe('ETH/USD')
  await panel(page, 'watchlist').getByLabel('Linked colour').selectOption('sand')
  await row(page, 'SOL/USD').click()
  await expect(panel(page, 'tape').getByRole('heading')).toHaveText('SOL/USD')
  await expect(panel(page, 'ladder').getByRole('heading')).toHaveText('ETH/USD')
  await page.reload()
  await expect(panel(page, 'tape').getByRole('heading')).toHaveText('SOL/USD')
})

test('given alerts at the price, when no chart is open, then the price still calls whoever is there, and the note goes when it is seen', onlyFull, async ({ page }) => {
  await openMarket(page)
  await page.evaluate(() => {
    const last = Math.round(Number(document.querySelector('[data-instrument="BTC/USD"] [data-cell="last"]')?.textContent?.replaceAll(',', '')) * 10)
    const alertAt = (ticks: number) => ({ id: `at-${ticks}`, kind: 'alert', anchors: [{ time: 1, ticks }], words: '' })
    localStorage.setItem('ballast.drawings.BTC/USD', JSON.stringify({ version: 1, drawings: [alertAt(last - 3), alertAt(last + 3)] }))
    localStorage.setItem('ballast.workspace', '{"version":1,"shown":"review"}')
  })
  await page.reload()
  await untilFresh(page)
  const note = page.locator('.price-note').first()
  await expect(note).toContainText(/BTC\/USD reached [\d,.]+ at \d\d:\d\d:\d\d UTC/, { timeout: 40_000 })
  await expect(haltButton(page)).toBeVisible()
  const count = await page.locator('.price-note').count()
  await note.getByRole('button', { name: 'Seen' }).click()
  await expect.poll(() => page.locator('.price-note').count()).toBeLessThanOrEqual(Math.max(1, count - 1))
})

test('a panel that nobody sees has no stream: its messages stop with the tab', onlyFull, async ({ page }) => {
  const opened: string[] = []
  page.on('websocket', (socket) => socket.on('framesent', ({ payload }) => opened.push(String(payload))))
  await page.reload()
  await openMarket(page)
  const books = (kind: string): number => opened.filter((text) => text.includes(kind)).length
  await expect.poll(() => books('market.book')).toBe(1)
  // Depth reads the same book as the ladder before it in the same group: one goes as the other comes.
  await tab(page, 'Depth').click()
  await expect(panel(page, 'depth').locator('[data-depth="drawn"]')).toBeVisible()
  await expect.poll(() => books('market.book')).toBe(2)
  await page.getByRole('tab', { name: /Review/ }).or(page.getByRole('button', { name: /Review/ })).first().click()
  await expect(panel(page, 'ladder')).toHaveCount(0)
  await expect.poll(() => books('"kind":"close"')).toBeGreaterThanOrEqual(4)
})

for (const theme of ['dark', 'light'] as const) {
  test(`in ${theme}, no market panel has a serious hurdle, and the halt is there all the time`, theme === 'dark' ? {} : onlyFull, async ({ page }) => {
    await page.evaluate((name) => localStorage.setItem('ballast.preferences', JSON.stringify({ version: 1, theme: name, palette: 'default', language: 'en' })), theme)
    await page.reload()
    await openMarket(page)
    for (const id of ['watchlist', 'ladder', 'tape', 'feed']) expect(await findHurdles(page, `[data-panel="${id}"]`), id).toEqual([])
    await expect(haltButton(page)).toBeVisible()
  })
}
