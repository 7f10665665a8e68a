import { readFileSync } from 'node:fs'
import type { Locator, Page } from 'playwright/test'
import { expect, test, type BallastUnderTest } from '../fixtures.ts'
import { findHurdles } from './find-hurdles.ts'
import { panel, untilFresh, type PanelId } from './on-screen.ts'

// An engine, an exchange and a market start, and orders go all the way: on a busy computer that takes its time.
test.describe.configure({ timeout: 90_000 })

const onTrade = (language = 'en', theme = 'dark') => ({
  'ballast.first-run': '{"version":1,"isDone":true}', 'ballast.workspace': '{"version":1,"shown":"trade"}',
  'ballast.preferences': JSON.stringify({ version: 1, theme, palette: 'default', language }),
})
test.use({ kept: onTrade() })

const rows = (page: Page, id: PanelId): Locator => panel(page, id).locator('.data-table-row')
const cell = (row: Locator, column: string): Locator => row.locator(`[data-column="${column}"]`)

async function show(page: Page, id: PanelId, keys: string): Promise<void> {
  await page.locator('.mode-badge').click()
  await page.keyboard.press(keys)
  await expect(panel(page, id)).toBeVisible()
}

/** Given an engine that may trade, and orders from the command line. */
async function place(ballast: BallastUnderTest, ...orders: readonly (readonly string[])[]): Promise<void> {
  await expect.poll(async () => (await ballast.status()).mode, { timeout: 30_000 }).toBe('active')
  for (const order of orders) await ballast.cli('order', 'place', ...order)
}

/** So far below the market that it rests, and within what the venue takes. */
async function restingPrice(ballast: BallastUnderTest): Promise<string> {
  const { stdout } = await ballast.cli('market', 'quote', 'BTC/USD', '--json')
  const [, bid = '30000'] = /"bid":\s*"?([\d.]+)/.exec(stdout) ?? []
  return String(Math.floor(Number(bid) * 0.985))
}

const buy = ['--instrument', 'BTC/USD', '--side', 'buy'] as const

test('given an order that rests, when it is cancelled in the blotter by keyboard, then it is shown canceled, and its drawer tells each step', async ({ page, ballast }) => {
  await untilFresh(page)
  await place(ballast, [...buy, '--qty', '0.02', '--price', await restingPrice(ballast)])
  const row = rows(page, 'orders').first()
  await expect(row.locator('[data-order-state]')).toHaveAttribute('data-order-state', 'working', { timeout: 20_000 })
  await expect(cell(row, 'size')).toHaveText('0.02000')
  await panel(page, 'orders').getByRole('grid').focus()
  await page.keyboard.press('Home')
  await expect(row).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Delete')
  await expect(row.locator('[data-order-state]')).toHaveAttribute('data-order-state', 'canceled', { timeout: 20_000 })
  await page.keyboard.press('y')
  const drawer = page.getByRole('dialog')
  for (const step of ['command.taken', 'trading.order-intended', 'trading.order-sending', 'trading.order-working', 'trading.order-canceled']) {
    await expect(drawer.locator(`[data-step="${step}"]`).first()).toBeVisible({ timeout: 15_000 })
  }
  await expect(drawer).toContainText('Asked for: Command line')
  await page.keyboard.press('Escape')
  await expect(drawer).toHaveCount(0)
  await expect(panel(page, 'orders').getByRole('grid')).toBeFocused()
})

test('given a trade and a refusal, then fills, history, positions, balances and the portfolio tell of them, and the position can be closed', async ({ page, ballast }) => {
  await untilFresh(page)
  await place(ballast, [...buy, '--qty', '0.1'], [...buy, '--qty', '0.01', '--price', '65900'])
  await show(page, 'positions', 'Shift+P')
  const held = rows(page, 'positions').first()
  await expect(cell(held, 'size')).toHaveText('0.10000', { timeout: 20_000 })
  await expect(cell(held, 'unrealised')).toHaveText(/^[+−]?[\d,.]+$/)
  await show(page, 'fills', 'Shift+I')
  await expect(rows(page, 'fills').first()).toContainText('BTC/USD', { timeout: 15_000 })
  await show(page, 'history', 'Shift+H')
  const refused = panel(page, 'history').locator('.order-refused')
  await expect(refused).toContainText('37,', { timeout: 15_000 })
  await expect(refused.locator('[data-order-state]')).toHaveAttribute('data-order-state', 'denied')
  await show(page, 'balances', 'Shift+A')
  await expect(rows(page, 'balances').filter({ hasText: 'BTC' })).toContainText('0.10')
  await show(page, 'portfolio', 'Shift+E')
  await expect(panel(page, 'portfolio').locator('[data-portfolio="equity"]')).toHaveText(/^\d{2,3},\d{3}\.\d{2}$/)
  await expect(page.locator('[data-top="equity"]')).toHaveText(/^\d{2,3},\d{3}\.\d{2}$/)
  await show(page, 'positions', 'Shift+P')
  await held.getByRole('button', { name: /^Close/ }).click()
  // What moves money is asked about once more.
  await held.getByRole('button', { name: 'Close 0.10000 at market' }).click()
  // Under the pointer it keeps its place, and says that it is over.
  await expect(held).toHaveClass(/data-table-gone/, { timeout: 20_000 })
  await expect(held.getByRole('button')).toHaveCount(0)
  await page.locator('.mode-badge').hover()
  await expect(rows(page, 'positions')).toHaveCount(0)
  await expect(panel(page, 'positions')).toContainText('No positions')
})

test('given rows, when they are searched, narrowed, laid out anew and exported, then the file holds what is shown, and a reload remembers the columns', async ({ page, ballast }) => {
  await untilFresh(page)
  await place(ballast, [...buy, '--qty', '0.02'], ['--instrument', 'ETH/USD', '--side', 'buy', '--qty', '0.5'])
  await show(page, 'history', 'Shift+H')
  await expect(rows(page, 'history')).toHaveCount(2, { timeout: 20_000 })
  const table = panel(page, 'history')
  await table.getByRole('searchbox').fill('eth buy')
  await expect(rows(page, 'history')).toHaveCount(1)
  await expect(table.locator('[data-table-count]')).toHaveText('1 of 2 rows')
  const coming = page.waitForEvent('download')
  await table.getByRole('button', { name: 'Export' }).click()
  await page.getByRole('button', { name: 'CSV file' }).click()
  const file = await coming
  expect(file.suggestedFilename()).toBe('ballast-history.csv')
  const lines = readFileSync(await file.path(), 'utf8').trim().split('\r\n')
  expect(lines).toHaveLength(2)
  expect(lines[1]).toContain('ETH/USD,buy,')
  await table.getByRole('searchbox').fill('')
  await table.getByRole('button', { name: 'View' }).click()
  await page.getByRole('checkbox', { name: 'Filled' }).uncheck()
  await page.getByRole('combobox', { name: 'Group by' }).selectOption('Instrument')
  await page.keyboard.press('Escape')
  await expect(table.getByRole('columnheader', { name: 'Filled' })).toHaveCount(0)
  await expect(table.locator('.data-table-group')).toHaveText([/BTC\/USD 1/, /ETH\/USD 1/])
  await page.reload()
  await untilFresh(page)
  await show(page, 'history', 'Shift+H')
  await expect(table.locator('.data-table-group').first()).toBeVisible({ timeout: 15_000 })
  await expect(table.getByRole('columnheader', { name: 'Filled' })).toHaveCount(0)
})

test('given a table under the pointer, when an order comes, then no row moves until the pointer leaves', async ({ page, ballast }) => {
  await untilFresh(page)
  const price = await restingPrice(ballast)
  await place(ballast, [...buy, '--qty', '0.02', '--price', price])
  await expect(rows(page, 'orders')).toHaveCount(1, { timeout: 20_000 })
  await rows(page, 'orders').first().hover()
  await place(ballast, [...buy, '--qty', '0.03', '--price', price])
  await expect(panel(page, 'orders')).toContainText('1 new wait', { timeout: 20_000 })
  await expect(rows(page, 'orders')).toHaveCount(1)
  await page.locator('.mode-badge').hover()
  await expect(rows(page, 'orders')).toHaveCount(2)
})

test.describe('in French and light', () => {
  test.use({ kept: onTrade('fr', 'light') })

  test('the tables and the drawer speak French, and nobody is kept out of them', async ({ page, ballast }) => {
    await untilFresh(page)
    await place(ballast, [...buy, '--qty', '0.02', '--price', await restingPrice(ballast)])
    await expect(rows(page, 'orders').first()).toContainText('Achat', { timeout: 20_000 })
    expect(await findHurdles(page)).toEqual([])
    await rows(page, 'orders').first().dblclick()
    await expect(page.getByRole('dialog')).toContainText('Pourquoi en est-il ainsi')
    await expect(page.getByRole('dialog').locator('[data-step]').first()).toBeVisible({ timeout: 15_000 })
    expect(await findHurdles(page)).toEqual([])
  })
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true })

  test('an order is cancelled with a thumb, and nothing lies beyond the edge', async ({ page, ballast }) => {
    await untilFresh(page)
    await place(ballast, [...buy, '--qty', '0.02', '--price', await restingPrice(ballast)])
    await page.getByRole('tab', { name: 'Orders' }).tap()
    const cancel = rows(page, 'orders').first().getByRole('button', { name: /^Cancel/ })
    await expect(cancel).toBeVisible({ timeout: 20_000 })
    expect((await cancel.boundingBox())?.height).toBeGreaterThanOrEqual(44)
    await cancel.tap()
    await expect(rows(page, 'orders').first().locator('[data-order-state]')).toHaveAttribute('data-order-state', 'canceled', { timeout: 20_000 })
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  })
})
