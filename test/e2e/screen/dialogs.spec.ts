import { expect, test, onlyFull } from '../fixtures.ts'
import { haltButton, openPalette, runCommand, untilFresh } from './on-screen.ts'

test('the palette finds a command by a few of its letters and runs it', onlyFull, async ({ page }) => {
  await untilFresh(page)
  const field = await openPalette(page)
  await field.fill('thli')
  await expect(page.getByRole('option', { selected: true })).toHaveText(/Theme: light/)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toBeHidden()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light')
})

test('the palette is steered by arrows, shows keys, and says when nothing fits', async ({ page }) => {
  await untilFresh(page)
  const field = await openPalette(page)
  const options = page.getByRole('option')
  await expect(options.first()).toContainText('Halt now')
  await expect(options.first()).toContainText('Ctrl Shift H')
  await page.keyboard.press('ArrowDown')
  await expect(options.nth(1)).toHaveAttribute('aria-selected', 'true')
  await expect(field).toHaveAttribute('aria-activedescendant', (await options.nth(1).getAttribute('id')) ?? '')
  await field.fill('qqqq')
  await expect(page.getByRole('dialog')).toContainText('No command is called “qqqq”.')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toBeHidden()
})

test('the halt works under an open dialog, which stays as it is', async ({ page, ballast }) => {
  await untilFresh(page)
  await page.keyboard.press('Control+,')
  const dialog = page.getByRole('dialog', { name: 'Settings' })
  await expect(dialog).toBeVisible()
  await haltButton(page).click()
  await expect(haltButton(page)).toContainText('HALTED')
  await expect(dialog).toBeVisible()
  expect((await ballast.status()).mode).toBe('halted')
  await page.mouse.click(60, 500)
  await expect(dialog).toBeHidden()
})

test('the scrim covers neither top bar, frame nor status bar', onlyFull, async ({ page }) => {
  await untilFresh(page)
  await page.keyboard.press('Control+,')
  await expect(page.getByRole('dialog')).toBeVisible()
  const scrim = await page.locator('.dialog-scrim').boundingBox()
  const top = await page.locator('.top-bar').boundingBox()
  const status = await page.locator('.status-bar').boundingBox()
  if (scrim === null || top === null || status === null) throw new Error('not drawn')
  expect(scrim.y).toBeGreaterThanOrEqual(top.y + top.height)
  expect(scrim.y + scrim.height).toBeLessThanOrEqual(status.y)
  expect(scrim.x).toBeGreaterThanOrEqual(4)
})

test('about names the version, the libraries and their licences', onlyFull, async ({ page, ballast }) => {
  await untilFresh(page)
  await runCommand(page, 'About Ballast')
  const dialog = page.getByRole('dialog', { name: 'About Ballast' })
  await expect(dialog).toContainText((await ballast.status()).version)
  await expect(dialog.getByRole('listitem').filter({ hasText: 'dockview' })).toContainText('MIT')
  await expect(dialog.getByRole('link', { name: 'Licence', exact: true })).toHaveAttribute('href', 'https://opensource.org/license/mit')
})

test('diagnostics are copied without any secret', onlyFull, async ({ page, ballast }) => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await untilFresh(page)
  await runCommand(page, 'Copy diagnostics')
  await expect(page.locator('.status-notice')).toHaveText('Diagnostics copied')
  const copied = await page.evaluate(() => navigator.clipboard.readText())
  const secret = new URL(ballast.url).hash.split('.')[1] ?? 'no secret'
  expect(JSON.parse(copied)).toMatchObject({ line: { state: 'open' }, engine: { status: { mode: 'active' } } })
  expect(copied).not.toContain(secret)
})
