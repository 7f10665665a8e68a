import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright/test'
import { expect, test, type BallastUnderTest, onlyFull } from '../fixtures.ts'
import { haltButton, untilFresh } from './on-screen.ts'

test.use({ profile: 'paper' })

async function openSection(page: Page, section: string): Promise<Locator> {
  await untilFresh(page)
  await page.keyboard.press('Control+,')
  const dialog = page.getByRole('dialog', { name: 'Settings' })
  await dialog.getByRole('tab', { name: section, exact: true }).click()
  return dialog.getByRole('tabpanel', { name: section })
}

const fileOf = ({ home }: BallastUnderTest): string => join(home, 'profiles', 'paper', 'settings.yaml')

test('given the settings, when one is changed and saved, then it is in the file, in force, and outlives a reload', async ({ page, ballast }) => {
  const section = await openSection(page, 'Backup')
  const days = section.getByLabel('Days kept')
  await expect(days).toHaveValue('7')
  await days.fill('14')
  await expect(section).toContainText('not saved')
  await section.getByRole('switch', { name: 'Daily backup' }).click()
  await section.getByRole('button', { name: 'Save 2 changes' }).click()
  await expect(section).toContainText('Saved, and in force.')
  await expect(section.getByRole('button', { name: 'Changed; back to 7' })).toBeVisible()
  await expect(section.getByRole('switch', { name: 'Daily backup' })).not.toBeChecked()
  expect(readFileSync(fileOf(ballast), 'utf8')).toMatch(/days: 14/)
  await page.reload()
  const again = await openSection(page, 'Backup')
  await expect(again.getByLabel('Days kept')).toHaveValue('14')
})

test('given a bad value, when it is saved, then it is refused with a sentence beside it, and nothing is lost or changed', onlyFull, async ({ page, ballast }) => {
  const before = readFileSync(fileOf(ballast), 'utf8')
  const section = await openSection(page, 'Backup')
  await section.getByLabel('Days kept').fill('900')
  await section.getByLabel('Time').fill('25:00')
  await section.getByRole('button', { name: 'Save 2 changes' }).click()
  await expect(section.getByRole('alert')).toContainText('Nothing was changed')
  await expect(section.getByLabel('Days kept')).toHaveAttribute('aria-invalid', 'true')
  await expect(section.locator('.setting-field').filter({ hasText: 'Days kept' })).toContainText('a whole number from 1 to 366')
  await expect(section.locator('.setting-field').filter({ hasText: 'Time' })).toContainText('a time of day in UTC')
  await expect(section.getByLabel('Days kept')).toHaveValue('900')
  expect(readFileSync(fileOf(ballast), 'utf8')).toBe(before)
  await section.getByLabel('Days kept').fill('9')
  await section.getByLabel('Time').fill('04:00')
  await section.getByRole('button', { name: 'Save 2 changes' }).click()
  await expect(section).toContainText('Saved, and in force.')
})

test('given something typed, when the file changes meanwhile, then it is said, and what was typed stays', onlyFull, async ({ page, ballast }) => {
  const section = await openSection(page, 'Log')
  await section.getByLabel('Days kept').fill('30')
  expect((await ballast.cli('setting', 'set', 'log.maxMegabytes', '--value', '128')).code).toBe(0)
  await expect(section.getByRole('status').filter({ hasText: 'changed meanwhile' })).toBeVisible()
  await expect(section.getByLabel('Megabytes kept')).toHaveValue('128')
  await expect(section.getByLabel('Days kept')).toHaveValue('30')
  await section.getByRole('button', { name: 'Save 1 change' }).click()
  await expect(section).toContainText('Saved, and in force.')
  expect(readFileSync(fileOf(ballast), 'utf8')).toMatch(/keepDays: 30[^]*maxMegabytes: 128/)
})

test('given a file that a person has broken, when it is looked at, then place and reason are told and the last good values shown', onlyFull, async ({ page, ballast }) => {
  const good = readFileSync(fileOf(ballast), 'utf8')
  const section = await openSection(page, 'Lock')
  appendFileSync(fileOf(ballast), '\nlock:\n  afterMinutes: soon\n')
  await expect(section.getByRole('alert').filter({ hasText: 'cannot be used' })).toContainText(/Line \d+, column \d+:/, { timeout: 15_000 })
  await expect(section.getByText('The last good values are in force, and shown here.')).toBeVisible()
  await expect(section.getByLabel('Minutes until it locks')).toHaveValue('15')
  writeFileSync(fileOf(ballast), good)
  await expect(section.getByRole('alert')).toHaveCount(0, { timeout: 15_000 })
})

test('given the address of a webhook, when it is set, then it is shown to nobody and only a new one replaces it', onlyFull, async ({ page, ballast }) => {
  const secret = 'https://hook.example/secret-token-91'
  const section = await openSection(page, 'Alerts')
  const address = section.getByLabel('Webhook', { exact: true })
  await address.fill(secret)
  await section.getByRole('button', { name: 'Save 1 change' }).click()
  await expect(section).toContainText('Saved, and in force.')
  await expect(address).toHaveValue('')
  await expect(address).toHaveAttribute('placeholder', 'Set, and not shown. Type another one to replace it.')
  expect(await page.content()).not.toContain('secret-token-91')
  // Another value of the same section leaves it as it is.
  await section.getByRole('switch', { name: 'Sound' }).click()
  await section.getByRole('button', { name: 'Save 1 change' }).click()
  await expect(section).toContainText('Saved, and in force.')
  expect(readFileSync(fileOf(ballast), 'utf8')).toContain(secret)
  await section.getByRole('button', { name: 'Remove it' }).click()
  await section.getByRole('button', { name: 'Save 1 change' }).click()
  await expect(section).toContainText('Saved, and in force.')
  expect(readFileSync(fileOf(ballast), 'utf8')).not.toContain('secret-token-91')
})

test('given the settings are open, when the halt is pressed, then it halts and what was typed stays', onlyFull, async ({ page, ballast }) => {
  const section = await openSection(page, 'Log')
  await section.getByLabel('Days kept').fill('21')
  await haltButton(page).click()
  await expect(haltButton(page)).toContainText('HALTED')
  await page.getByRole('tab', { name: 'Looks' }).click()
  await page.getByRole('tab', { name: 'Log' }).click()
  await expect(section.getByLabel('Days kept')).toHaveValue('21')
  expect((await ballast.status()).mode).toBe('halted')
})
