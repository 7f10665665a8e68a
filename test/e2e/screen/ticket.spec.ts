import type { Locator, Page } from 'playwright/test'
import { expect, test } from '../fixtures.ts'
import { untilFresh } from './on-screen.ts'

// An engine, an exchange and a market begin first: on a busy computer that takes its time.
test.describe.configure({ timeout: 90_000 })

test.use({ kept: { 'ballast.first-run': '{"version":1,"isDone":true}', 'ballast.workspace': '{"version":1,"shown":"trade"}' } })

const ticket = (page: Page): Locator => page.locator('.ticket')
const field = (page: Page, name: string): Locator => ticket(page).locator(`[data-field="${name}"] input`)
const send = (page: Page): Locator => ticket(page).locator('[data-send]')
const orders = (page: Page): Locator => ticket(page).locator('[data-order]')
const last = async (page: Page): Promise<number> => {
  const cell = page.locator('[data-instrument="BTC/USD"] [data-cell="last"]')
  await expect(cell).toHaveText(/^[\d,]+\.\d$/, { timeout: 20_000 })
  return Number((await cell.textContent())?.replaceAll(',', ''))
}

/** Given a screen whose market moves, and a ticket for bitcoin. */
async function openTicket(page: Page): Promise<number> {
  await untilFresh(page)
  const price = await last(page)
  await page.locator('[data-instrument="BTC/USD"]').click()
  await expect(ticket(page)).toHaveAttribute('data-ticket', 'BTC/USD')
  await expect(field(page, 'size')).toBeVisible({ timeout: 20_000 })
  return price
}

test('given a limit below the market, when it is sent, then it works in sight of the ticket, until it is canceled', async ({ page }) => {
  const price = await openTicket(page)
  await field(page, 'price').fill(String(Math.floor(price * 0.99)))
  await field(page, 'size').fill('0.01')
  await expect(send(page)).toContainText('Buy 0.01', { timeout: 15_000 })
  await expect(send(page)).toBeEnabled()
  await send(page).click()
  await expect(ticket(page).locator('[data-outcome="ink-1"]')).toContainText('Accepted here', { timeout: 15_000 })
  await expect(orders(page)).toHaveCount(1)
  await expect(orders(page)).toHaveAttribute('data-status', 'working', { timeout: 20_000 })
  await orders(page).getByRole('button', { name: /^Cancel/ }).click()
  await expect(orders(page)).toHaveCount(0, { timeout: 20_000 })
})
