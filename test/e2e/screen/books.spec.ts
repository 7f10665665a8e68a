import { expect, onlyFull, paperPassphrase, test } from '../fixtures.ts'
import { panel, statusBar, untilFresh } from './on-screen.ts'

test.use({ profile: 'paper' })

test('given kept books, when a backup is made and restored on trial, then both results are shown, with what proves them', onlyFull, async ({ page, ballast }) => {
  await untilFresh(page)
  await page.keyboard.press('o')
  const books = panel(page, 'books')
  await expect(books).toContainText('Your passphrase')
  await expect(statusBar(page)).toContainText('Books kept')
  // New books get their first backup by themselves.
  await expect(books).toContainText(/Opened and proved\s*yes/, { timeout: 15_000 })
  await books.getByRole('button', { name: 'Back up now' }).click()
  await expect(books.getByRole('status').filter({ hasText: /Made and proved: ballast-\S+\.backup, \d+(\.\d)? kB\./ })).toBeVisible({ timeout: 15_000 })
  await books.getByRole('button', { name: 'Rehearse a restore' }).click()
  await expect(books.getByRole('status').filter({ hasText: 'Restored, verified and removed again in' })).toBeVisible({ timeout: 15_000 })
  await expect(books).toContainText('passed')
  expect((await ballast.cli('audit', 'verify')).code).toBe(0)
})

test('given kept books, when their keys are to be replaced, then it is said what that means, and done only after it', onlyFull, async ({ page, ballast }) => {
  await untilFresh(page)
  await page.keyboard.press('o')
  await panel(page, 'books').getByRole('button', { name: 'Replace the keys…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Replace the keys of the books?' })
  await expect(dialog).toContainText('nothing is lost')
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await panel(page, 'books').getByRole('button', { name: 'Replace the keys…' }).click()
  await dialog.getByRole('button', { name: 'Replace the keys', exact: true }).click()
  await expect(dialog).toBeHidden({ timeout: 15_000 })
  await expect(page.locator('.status-notice')).toContainText('New keys, number 2')
  expect((await ballast.cli('audit', 'verify')).code).toBe(0)
  // The ways in are as they were.
  await page.keyboard.press('Control+Shift+L')
  await page.getByLabel('Passphrase', { exact: true }).fill(paperPassphrase)
  await page.keyboard.press('Enter')
  await expect(panel(page, 'engine')).toBeVisible()
})

