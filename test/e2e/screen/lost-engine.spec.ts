import { expect, test, onlyFull } from '../fixtures.ts'
import { band, engineWord, haltButton, panel, statusBar, untilFresh } from './on-screen.ts'

test('an engine that is killed is never taken for a calm one, and comes back to the mode it had', async ({ page, ballast }) => {
  await untilFresh(page)
  await expect(engineWord(page)).toHaveText('Active')
  // Seen while it lasts: the engine is back within a second.
  await page.evaluate(() => {
    const seen: string[] = []
    Object.assign(window, { seenTitles: seen })
    const titles = new MutationObserver(() => seen.push(document.title))
    titles.observe(document.head, { childList: true, subtree: true, characterData: true })
  })
  await ballast.killEngine()
  await expect(page.locator('.panel-content.stale').first()).toBeVisible()
  await expect(band(page)).toContainText(/Engine restarted at \d\d:\d\d:\d\d/, { timeout: 15_000 })
  await expect(page.locator('.panel-content.stale')).toHaveCount(0)
  await expect(engineWord(page)).toHaveText('Active')
  await expect(statusBar(page)).toContainText('Restarts 1')
  const titles = await page.evaluate(() => (window as unknown as { seenTitles: string[] }).seenTitles)
  expect(titles).toContain('No line · Demo · Ballast')

  const rows = panel(page, 'activity').getByRole('row')
  await expect(rows.nth(1)).toContainText('Active')
  await expect(rows.nth(2)).toContainText('Engine started')
  await expect(rows.nth(2)).toHaveClass(/activity-first/)
  await ballast.cli('halt')
  await expect(rows.nth(1)).toContainText('Halted')
  await expect(rows.nth(3)).toHaveClass(/activity-first/)
})

test('a host that is gone is said plainly, with how old what is shown is', onlyFull, async ({ page, ballast }) => {
  await untilFresh(page)
  ballast.killAll()
  await expect(band(page)).toContainText(/No line to the engine for \d+ s\./)
  await expect(band(page)).toContainText(/Last known \d\d:\d\d:\d\d\.\d\./)
  await expect(statusBar(page)).toContainText('Line Lost')
  await expect(page).toHaveTitle('No line · Demo · Ballast')
  for (const id of ['engine', 'connection', 'clock'] as const) await expect(panel(page, id).locator('.stale')).toBeVisible()
  await haltButton(page).click()
  await expect(page.locator('.halt-note')).toContainText('halt not delivered')
})

test('an engine that stays down says so and what comes next', onlyFull, async ({ page, ballast }) => {
  await untilFresh(page)
  test.slow()
  const down = band(page).filter({ hasText: 'stays down after three crashes' })
  // As often as it comes back: on a busy computer a start that takes too long is a crash too.
  await expect(async () => {
    if (!(await down.isVisible())) process.kill(await ballast.enginePid(), 'SIGKILL')
    await expect(down).toBeVisible({ timeout: 500 })
  }).toPass({ timeout: 60_000 })
  await expect(band(page)).toContainText('Read its log')
})
