import type { Locator, Page } from 'playwright/test'
import { expect, test, onlyFull } from '../fixtures.ts'
import { panel, runCommand, untilFresh } from './on-screen.ts'

const tab = (page: Page, name: string): Locator => page.getByRole('navigation', { name: 'Workspaces' }).getByRole('button', { name })
const kept = (page: Page, key: string): Promise<string | null> => page.evaluate((name) => localStorage.getItem(name), key)

test('given five workspaces, when Alt and a digit is pressed, then that one is shown, kept, and shown again after a reload', async ({ page }) => {
  await untilFresh(page)
  await expect(tab(page, 'System')).toHaveAttribute('aria-current', 'page')
  await page.keyboard.press('Alt+3')
  await expect(tab(page, 'Review')).toHaveAttribute('aria-current', 'page')
  for (const id of ['history', 'activity', 'portfolio', 'books'] as const) await expect(panel(page, id)).toBeVisible()
  await expect(panel(page, 'connection')).toHaveCount(0)
  await page.reload()
  await untilFresh(page)
  await expect(tab(page, 'Review')).toHaveAttribute('aria-current', 'page')
  await page.keyboard.press('Alt+4')
  for (const id of ['engine', 'health', 'connection', 'clock'] as const) await expect(panel(page, id)).toBeVisible()
})

test('given the top bar, when a workspace is pressed there or named in the palette, then it is shown', onlyFull, async ({ page }) => {
  await untilFresh(page)
  await tab(page, 'Risk').click()
  await expect(tab(page, 'Risk')).toHaveAttribute('aria-current', 'page')
  await expect(panel(page, 'health')).toBeVisible()
  await runCommand(page, 'Go to Review')
  await expect(tab(page, 'Review')).toHaveAttribute('aria-current', 'page')
})

test('given a panel that was floated, when another workspace is shown at once and left again, then it still floats there and only there', onlyFull, async ({ page }) => {
  await untilFresh(page)
  const floating = page.locator('.dv-resize-container [data-panel="clock"]')
  await page.keyboard.press('l')
  await expect(panel(page, 'clock')).toBeFocused()
  await page.keyboard.press('f')
  await expect(floating).toBeVisible()
  // Sooner than the layout comes to rest: leaving must not lose it.
  await page.keyboard.press('Alt+4')
  await expect(tab(page, 'Risk')).toHaveAttribute('aria-current', 'page')
  await expect(panel(page, 'clock')).toBeVisible()
  await expect(floating).toHaveCount(0)
  await page.keyboard.press('Alt+5')
  await expect(floating).toBeVisible()
})

test('given a workspace without a panel, when its key is pressed, then it opens there, is kept, and can be closed', onlyFull, async ({ page }) => {
  await untilFresh(page)
  await page.keyboard.press('Alt+3')
  await expect(panel(page, 'books')).toBeVisible()
  await page.keyboard.press('c')
  await expect(panel(page, 'connection')).toBeFocused()
  await expect.poll(() => kept(page, 'ballast.layout.review')).toContain('connection')
  await runCommand(page, 'Close panel')
  await expect(panel(page, 'connection')).toHaveCount(0)
  await page.keyboard.press('c')
  await runCommand(page, 'Reset layout')
  await expect(panel(page, 'connection')).toHaveCount(0)
})

test('given research, when more charts are asked for, then there are nine at most, each of its own name', onlyFull, async ({ page }) => {
  // Nine charts take their time where the computer is busy.
  test.slow()
  await untilFresh(page)
  await page.keyboard.press('Alt+2')
  await expect(page.locator('[data-panel^="chart"]')).toHaveCount(4)
  for (let count = 5; count <= 9; count++) {
    await runCommand(page, 'One more chart')
    await expect(page.locator('[data-panel^="chart"]')).toHaveCount(count)
  }
  await runCommand(page, 'One more chart')
  await expect(page.locator('.status-notice')).toContainText('Nine charts')
  await expect(page.locator('[data-panel^="chart"]')).toHaveCount(9)
  await runCommand(page, 'Go to Chart 7')
  // The bars take the keyboard, not the frame around them.
  await expect(page.locator('[data-panel="chart-7"]:focus-within')).toHaveCount(1)
})

test('given a layout of another version, when its workspace is shown, then it is put aside and the first one is laid out', onlyFull, async ({ page }) => {
  await untilFresh(page)
  const old = '{"version":1,"layout":{"grid":{"width":9,"height":9,"root":{"type":"leaf","data":{"views":["orders"]}}},"panels":{"orders":{"id":"orders","contentComponent":"orders"}}}}'
  await page.evaluate((text) => localStorage.setItem('ballast.layout.trade', text), old)
  await page.keyboard.press('Alt+1')
  await expect(panel(page, 'chart')).toBeVisible()
  await expect(panel(page, 'ladder')).toBeVisible()
  expect(await kept(page, 'ballast.layout.trade.unreadable')).toBe(old)
})

test('given a field that has the keyboard, when Alt and a digit is pressed in it, then the workspace changes and nothing is typed', onlyFull, async ({ page }) => {
  await untilFresh(page)
  await page.keyboard.press('Control+,')
  await page.getByRole('dialog').getByRole('tab', { name: 'Log', exact: true }).click()
  await page.keyboard.press('Alt+1')
  // A dialog has the keyboard for itself.
  await expect(tab(page, 'System')).toHaveAttribute('aria-current', 'page')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Alt+1')
  await expect(tab(page, 'Trade')).toHaveAttribute('aria-current', 'page')
})
