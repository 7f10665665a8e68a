import { expect, test, onlyFull } from '../fixtures.ts'
import { haltButton, panel, untilFresh } from './on-screen.ts'

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true })

test('a phone shows one panel at a time, nothing beyond its edge, and the halt under the thumb', async ({ page, ballast }) => {
  await untilFresh(page)
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  const halt = await haltButton(page).boundingBox()
  expect(halt?.height).toBeGreaterThanOrEqual(44)
  expect(halt?.width).toBeGreaterThanOrEqual(44)
  await expect(page.locator('.mode-badge')).toHaveText(/DEMO/)
  // What a phone is for comes first: to watch, to look closer, to get out, to stop.
  const tabs = page.getByRole('tablist').first().getByRole('tab')
  await expect(tabs).toHaveText(['Watchlist', 'Chart', 'Orders', 'Positions', 'Stop', 'More'])
  await expect(panel(page, 'watchlist')).toBeVisible()
  await page.getByRole('tab', { name: 'Chart' }).tap()
  await expect(panel(page, 'chart')).toBeVisible()
  await page.getByRole('tab', { name: 'More' }).tap()
  for (const [name, id] of [['Engine', 'engine'], ['Activity', 'activity'], ['Connection', 'connection'], ['Clock', 'clock']] as const) {
    await page.getByRole('tab', { name }).tap()
    await expect(panel(page, id)).toBeVisible()
    await expect(page.locator('[data-panel]:visible')).toHaveCount(1)
  }
  await haltButton(page).tap()
  await expect(haltButton(page)).toContainText('HALTED')
  expect((await ballast.status()).mode).toBe('halted')
})

test('everything that acts on a phone is a thumb wide', onlyFull, async ({ page }) => {
  await untilFresh(page)
  const small = await page.evaluate(() =>
    [...document.querySelectorAll('button')]
      .map((button) => ({ name: button.textContent, box: button.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 0 && (box.height < 44 || box.width < 44))
      .map(({ name }) => name))
  expect(small).toEqual([])
})

test('the palette opens from its button and goes to a panel', onlyFull, async ({ page }) => {
  await untilFresh(page)
  await page.getByRole('button', { name: 'Command' }).tap()
  await page.getByRole('dialog').getByRole('combobox').fill('go to clock')
  await page.getByRole('dialog').getByRole('option').first().tap()
  await expect(panel(page, 'clock')).toBeVisible()
})

test('given the tab to stop, when its large button is pressed twice, then it halts and never resumes', async ({ page, ballast }) => {
  await untilFresh(page)
  await page.getByRole('tab', { name: 'Stop' }).tap()
  const large = page.locator('.phone-halt-act')
  expect((await large.boundingBox())?.height).toBeGreaterThanOrEqual(56)
  await large.dblclick()
  await expect(large).toHaveText('HALTED')
  await large.click({ clickCount: 3, force: true })
  await expect(page.getByRole('dialog')).toBeHidden()
  expect((await ballast.status()).mode).toBe('halted')
})
