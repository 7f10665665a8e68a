import { expect, paperPassphrase, test, onlyFull } from '../fixtures.ts'
import { haltButton, panel, statusBar, untilFresh } from './on-screen.ts'

test.use({ profile: 'paper', passphrase: null })

const made = 'ten letters and more'

test('given no keychain and no books, when a passphrase is given twice, then the books are made under it', onlyFull, async ({ page }) => {
  await expect(page.getByRole('heading', { name: 'There are no books yet' })).toBeVisible()
  await expect(page.getByText('No keychain answers on this computer.')).toBeVisible()
  await expect(statusBar(page)).toContainText('Books closed')
  const first = page.getByLabel('New passphrase')
  const again = page.getByLabel('The same once more')
  await expect(first).toBeFocused()

  await first.fill('short')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('alert').filter({ hasText: 'at least 10 characters' })).toBeVisible()
  await first.fill(made)
  await again.fill(`${made} or not`)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('alert').filter({ hasText: 'The two are not the same.' })).toBeVisible()
  await expect(first).toHaveValue('')
  await expect(again).toHaveValue('')

  await first.fill(made)
  await again.fill(made)
  await page.getByRole('button', { name: 'Make the books' }).click()
  await expect(panel(page, 'engine')).toBeVisible({ timeout: 15_000 })
  await page.keyboard.press('o')
  await expect(panel(page, 'books')).toContainText('Your passphrase')
  await page.keyboard.press('Control+Shift+L')
  await page.getByLabel('Passphrase', { exact: true }).fill(made)
  await page.keyboard.press('Enter')
  await expect(panel(page, 'engine')).toBeVisible()
})

test('given closed books, when the keychain is still silent, then trying again says the same and makes nothing', onlyFull, async ({ page }) => {
  await page.getByRole('button', { name: 'Try the keychain again' }).click()
  await expect(page.getByRole('heading', { name: 'There are no books yet' })).toBeVisible()
  await expect(page.getByText('No keychain answers on this computer.')).toBeVisible()
  await expect(panel(page, 'engine')).toBeHidden()
  await expect(haltButton(page)).toBeVisible()
})

test.describe('books that were made with a passphrase', () => {
  test.use({ passphrase: paperPassphrase })

  test('given their engine was killed, when it is back, then they are open again without a question', onlyFull, async ({ page, ballast }) => {
    await untilFresh(page)
    await ballast.killEngine()
    await expect(page.locator('.band')).toContainText('Engine restarted', { timeout: 15_000 })
    await expect(panel(page, 'engine')).toBeVisible({ timeout: 20_000 })
    await expect(page.locator('.lock')).toBeHidden()
  })
})
