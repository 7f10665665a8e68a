import { readFileSync } from 'node:fs'
import type { Page } from 'playwright/test'
import { expect, test, onlyFull } from '../fixtures.ts'
import { band, panel, runCommand, untilFresh, type PanelId } from './on-screen.ts'

const keptLayout = (page: Page): Promise<string> => page.evaluate(() => localStorage.getItem('ballast.layout.desk') ?? '')

/** The layout is kept a moment after it has come to rest. */
async function keptAfter(page: Page, change: () => Promise<void>): Promise<void> {
  const before = await keptLayout(page)
  await change()
  await expect.poll(() => keptLayout(page)).not.toBe(before)
}

const widthOf = async (page: Page, id: PanelId): Promise<number> => (await panel(page, id).boundingBox())?.width ?? 0

test('a panel that was floated still floats after a reload and after the engine’s restart', onlyFull, async ({ page, ballast }) => {
  await untilFresh(page)
  await keptAfter(page, async () => {
    await page.keyboard.press('l')
    await expect(panel(page, 'clock')).toBeFocused()
    await page.keyboard.press('f')
  })
  const floating = page.locator('.dv-resize-container [data-panel="clock"]')
  await expect(floating).toBeVisible()
  await page.reload()
  await untilFresh(page)
  await expect(floating).toBeVisible()
  await ballast.killEngine()
  await expect(band(page)).toContainText('Engine restarted', { timeout: 15_000 })
  await expect(floating).toBeVisible()
  await runCommand(page, 'Reset layout')
  await expect(floating).toBeHidden()
  await expect(panel(page, 'clock')).toBeVisible()
})

test('a tab can be dragged into another group', onlyFull, async ({ page }) => {
  await untilFresh(page)
  const activityTab = page.getByRole('tab', { name: 'Activity' })
  const engineTab = page.getByRole('tab', { name: 'Engine' })
  await keptAfter(page, () => activityTab.dragTo(engineTab))
  await expect(panel(page, 'engine')).toBeHidden()
  await expect(panel(page, 'activity')).toBeVisible()
  await page.reload()
  await untilFresh(page)
  await expect(panel(page, 'engine')).toBeHidden()
  await page.keyboard.press('e')
  await expect(panel(page, 'engine')).toBeVisible()
})

test('a panel is maximised and restored by key and by its button', onlyFull, async ({ page }) => {
  await untilFresh(page)
  await page.keyboard.press('a')
  await expect(panel(page, 'activity')).toBeFocused()
  const before = await widthOf(page, 'activity')
  await page.keyboard.press('m')
  await expect.poll(() => widthOf(page, 'activity')).toBeGreaterThan(before + 200)
  await page.getByRole('button', { name: 'Restore' }).click()
  await expect.poll(() => widthOf(page, 'activity')).toBe(before)
})

test('a panel is moved to an edge by the palette', onlyFull, async ({ page }) => {
  await untilFresh(page)
  await page.keyboard.press('l')
  await expect(panel(page, 'clock')).toBeFocused()
  await runCommand(page, 'Move panel to the left edge')
  await expect.poll(async () => (await panel(page, 'clock').boundingBox())?.x).toBeLessThan(10)
})

test('a layout goes out as a file and comes back in; what is none changes nothing', onlyFull, async ({ page }) => {
  await untilFresh(page)
  await keptAfter(page, async () => {
    await page.keyboard.press('l')
    await expect(panel(page, 'clock')).toBeFocused()
    await page.keyboard.press('f')
  })
  const downloading = page.waitForEvent('download')
  await runCommand(page, 'Export layout…')
  const file = await (await downloading).path()
  const floating = page.locator('.dv-resize-container [data-panel="clock"]')
  await runCommand(page, 'Reset layout')
  await expect(floating).toBeHidden()

  const importFile = async (buffer: Buffer): Promise<void> => {
    const choosing = page.waitForEvent('filechooser')
    await runCommand(page, 'Import layout…')
    await (await choosing).setFiles({ name: 'layout.json', mimeType: 'application/json', buffer })
  }
  await importFile(Buffer.from('{"version":1,"layout":{}}'))
  await expect(page.locator('.status-notice')).toContainText('not a layout')
  await expect(panel(page, 'clock')).toBeVisible()
  await importFile(readFileSync(file))
  await expect(floating).toBeVisible()
})

test('a broken layout is put aside, and the first one is laid out', onlyFull, async ({ page }) => {
  await untilFresh(page)
  const broken = '{"version":1,"layout":{"grid":7}}'
  await page.evaluate((text) => localStorage.setItem('ballast.layout.desk', text), broken)
  await page.reload()
  await untilFresh(page)
  for (const id of ['engine', 'activity', 'connection', 'clock'] as const) await expect(panel(page, id)).toBeVisible()
  expect(await page.evaluate(() => localStorage.getItem('ballast.layout.desk.unreadable'))).toBe(broken)
})
