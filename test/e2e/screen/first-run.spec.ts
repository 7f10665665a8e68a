import type { Locator, Page } from 'playwright/test'
import { expect, test, onlyFull } from '../fixtures.ts'
import { findHurdles } from './find-hurdles.ts'
import { haltButton, openPalette, panel, runCommand, untilFresh } from './on-screen.ts'

test.use({ kept: {} })
// Several presses on one page that also draws a market: on a busy computer the parts, not any one of them, take their time.
test.describe.configure({ timeout: 60_000 })

const guide = (page: Page): Locator => page.getByRole('dialog', { name: /Welcome to Ballast|Bienvenue dans Ballast/ })
const next = (page: Page): Locator => guide(page).getByRole('button', { name: 'Next' })
const kept = (page: Page): Promise<string | null> => page.evaluate(() => localStorage.getItem('ballast.first-run'))

test('given a first start of a demo, when the guide is followed to its end, then it ends on the chart and is kept as followed', async ({ page }) => {
  await untilFresh(page)
  await expect(guide(page)).toContainText('Step 1 of 4')
  await expect(guide(page)).toContainText('In which language?')
  await next(page).click()
  await expect(guide(page).getByRole('listitem').filter({ hasText: 'as it is now' })).toContainText('Demo only')
  await next(page).click()
  await guide(page).getByRole('radio', { name: 'Colour-blind safe' }).click()
  await expect(page.locator('html')).toHaveAttribute('data-palette', 'cb')
  await next(page).click()
  await expect(guide(page)).toContainText('upper right corner')
  expect(await kept(page)).toBeNull()
  await guide(page).getByRole('button', { name: 'Show me the market' }).click()
  await expect(guide(page)).toBeHidden()
  // The chart is fetched when it is first shown, and takes the keyboard when it has come.
  await expect(panel(page, 'chart').locator('canvas').first()).toBeVisible({ timeout: 20_000 })
  await expect(page.locator('[data-panel="chart"]:focus, [data-panel="chart"] :focus')).toHaveCount(1)
  expect(await kept(page)).toContain('"isDone":true')
})

test.describe('once it was followed', () => {
  test.use({ kept: { 'ballast.first-run': '{"version":1,"isDone":true}' } })

  test('given a guide that was followed, when Ballast is opened again, then it opens on the market without it', async ({ page }) => {
    await untilFresh(page)
    await expect(panel(page, 'chart')).toBeVisible()
    await expect(guide(page)).toBeHidden()
  })
})

test('given the guide, when it is passed over, then it says how to come back, and the palette opens it again', onlyFull, async ({ page }) => {
  await untilFresh(page)
  await expect(guide(page)).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(guide(page)).toBeHidden()
  await expect(page.locator('.status-notice')).toContainText('Guide of the first run')
  expect(await kept(page)).toContain('"isDone":true')
  await runCommand(page, 'Guide of the first run')
  await expect(guide(page)).toContainText('Step 1 of 4')
})

test('given a keyboard alone, when the guide is gone through, then each step is reached, heard and left by it', onlyFull, async ({ page }) => {
  await untilFresh(page)
  await expect(guide(page).getByRole('radio', { name: 'English' })).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await expect(guide(page).getByRole('status')).toContainText('Étape 1 sur 4')
  await expect(page.locator('html')).toHaveAttribute('lang', 'fr')
  await page.keyboard.press('Tab')
  await expect(guide(page).getByRole('button', { name: 'Suite' })).toBeFocused()
  for (const step of ['Étape 2 sur 4', 'Étape 3 sur 4', 'Étape 4 sur 4']) {
    await page.keyboard.press('Enter')
    await expect(guide(page).getByRole('status')).toContainText(step)
  }
  await page.keyboard.press('Enter')
  await expect(guide(page)).toBeHidden()
  await expect(page.locator('[data-panel="chart"]:focus, [data-panel="chart"] :focus')).toHaveCount(1)
})

test('given the guide in either theme, when each step is looked at, then nothing serious stands in anybody’s way', onlyFull, async ({ page }) => {
  // Each look takes a second or two where the computer is busy.
  test.slow()
  await untilFresh(page)
  for (const theme of ['Dark', 'Light']) {
    for (let step = 1; step <= 4; step++) {
      await expect(guide(page)).toContainText(`Step ${step} of 4`)
      if (step === 3) await guide(page).getByRole('radio', { name: theme, exact: true }).click()
      expect(await findHurdles(page), `${theme}, step ${step}`).toEqual([])
      if (step < 4) await next(page).click()
    }
    for (let step = 4; step > 1; step--) await guide(page).getByRole('button', { name: 'Back' }).click()
  }
})

test('given the guide, when the halt is pressed, then it halts and the guide stays where it was', async ({ page, ballast }) => {
  await untilFresh(page)
  await next(page).click()
  await haltButton(page).click()
  await expect(haltButton(page)).toContainText('HALTED')
  await expect(guide(page)).toContainText('Step 2 of 4')
  expect((await ballast.status()).mode).toBe('halted')
})

test('given another dialog over the guide, when that is closed, then the guide is back where it was', onlyFull, async ({ page }) => {
  await untilFresh(page)
  await next(page).click()
  await openPalette(page)
  await page.keyboard.press('Escape')
  await expect(guide(page)).toContainText('Step 2 of 4')
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true })

  test('given a small screen, when the guide is open, then it is whole, and the halt lies free', onlyFull, async ({ page }) => {
    await untilFresh(page)
    await expect(guide(page)).toBeVisible()
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
    await haltButton(page).tap()
    await expect(haltButton(page)).toContainText('HALTED')
    await guide(page).getByRole('button', { name: 'Skip the guide' }).tap()
    await expect(guide(page)).toBeHidden()
  })
})

test.describe('of books that are kept', () => {
  test.use({ profile: 'paper' })

  test('given no recovery code, when it is made from the guide, then the guide goes on where it was', onlyFull, async ({ page }) => {
    await untilFresh(page)
    await next(page).click()
    await expect(guide(page).getByRole('listitem').filter({ hasText: 'as it is now' })).toContainText('Passphrase')
    await next(page).click()
    await expect(guide(page)).toContainText('These books have no recovery code yet.')
    await guide(page).getByRole('button', { name: 'Make a recovery code…' }).click()
    await expect(page.getByRole('dialog', { name: 'Recovery code' })).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(guide(page)).toContainText('Step 3 of 5')
  })
})
