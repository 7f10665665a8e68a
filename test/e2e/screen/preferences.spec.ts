import { expect, test, onlyFull } from '../fixtures.ts'
import { haltButton, runCommand, untilFresh } from './on-screen.ts'

test('theme, palette and language outlive a reload', onlyFull, async ({ page }) => {
  await untilFresh(page)
  await page.keyboard.press('Control+,')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('radio', { name: 'Light' }).click()
  await dialog.getByRole('radio', { name: 'Colour-blind safe' }).click()
  await dialog.getByRole('radio', { name: 'Français' }).click()
  await expect(dialog).toContainText('Réglages')
  await page.reload()
  await untilFresh(page)
  const root = page.locator('html')
  await expect(root).toHaveAttribute('data-theme', 'light')
  await expect(root).toHaveAttribute('data-palette', 'cb')
  await expect(root).toHaveAttribute('lang', 'fr')
  await expect(haltButton(page)).toContainText('Arrêt')
  await expect(page).toHaveTitle('Démarrage · Démo · Ballast')
})

test('the theme of the system is followed while it is chosen, and only then', onlyFull, async ({ page }) => {
  await untilFresh(page)
  await page.emulateMedia({ colorScheme: 'light' })
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await runCommand(page, 'Theme: as the system')
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light')
  await page.emulateMedia({ colorScheme: 'dark' })
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
})

test('broken preferences are put aside, and the screen starts', onlyFull, async ({ page }) => {
  await untilFresh(page)
  await page.evaluate(() => localStorage.setItem('ballast.preferences', '{"version":1,"theme":'))
  await page.reload()
  await untilFresh(page)
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  expect(await page.evaluate(() => localStorage.getItem('ballast.preferences.unreadable'))).toBe('{"version":1,"theme":')
})

test('the page is dark before anything of it runs', onlyFull, async ({ context, ballast }) => {
  const page = await context.newPage()
  await page.route('**/*.js', (route) => route.abort())
  await page.goto(ballast.url)
  expect(await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)).toBe('rgb(9, 10, 12)')
})

test('with reduced motion nothing moves', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.reload()
  await untilFresh(page)
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('dialog')).toBeVisible()
  const moving = await page.evaluate(() =>
    document.getAnimations()
      .filter((animation) => Number(animation.effect?.getComputedTiming().activeDuration) > 0)
      .map(({ effect }) => (effect instanceof KeyframeEffect ? effect.target?.className : '')))
  expect(moving).toEqual([])
})
