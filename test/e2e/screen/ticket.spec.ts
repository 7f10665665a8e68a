import type { Locator, Page } from 'playwright/test'
import { expect, onlyFull, test } from '../fixtures.ts'
import { findHurdles } from './find-hurdles.ts'
import { haltButton, holdLine, panel, untilFresh } from './on-screen.ts'

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

const choose = (page: Page, label: string, option: string): Promise<readonly string[]> => ticket(page).getByLabel(label, { exact: true }).selectOption(option)
const below = (price: number, share: number): string => String(Math.floor(price * (1 - share)))

/** Given an order that rests below the market. */
async function placeBelow(page: Page, price: number, share = 0.002): Promise<void> {
  await field(page, 'price').fill(below(price, share))
  await field(page, 'size').fill('0.01')
  await expect(send(page)).toContainText('Buy 0.01', { timeout: 15_000 })
  await expect(send(page)).toBeEnabled()
  await send(page).click()
  await expect(orders(page)).toHaveAttribute('data-status', 'working', { timeout: 20_000 })
}

/** Given a position that was bought at the market, with a stop and a target. */
async function buyBracket(page: Page, price: number): Promise<void> {
  await choose(page, 'Type', 'market')
  await field(page, 'size').fill('0.05')
  await field(page, 'stop').fill(below(price, 0.05))
  await field(page, 'target').fill(below(price, -0.05))
  await expect(send(page)).toContainText('at market, stop', { timeout: 15_000 })
  await expect(send(page)).toBeEnabled()
  await send(page).click()
  await expect(ticket(page).locator('[data-position]')).toContainText('Long 0.05', { timeout: 20_000 })
}

test('given a limit below the market, when it is sent, then it works in sight of the ticket, until it is canceled', async ({ page }) => {
  const price = await openTicket(page)
  await placeBelow(page, price, 0.01)
  await expect(ticket(page).locator('[data-outcome="ink-1"]')).toContainText('Accepted here')
  await orders(page).getByRole('button', { name: /^Cancel/ }).click()
  await expect(orders(page)).toHaveCount(0, { timeout: 20_000 })
})

test('given a bracket at the market, when it is filled, then the position lies in the ticket with its exits, and is flattened at the second press', async ({ page }) => {
  const price = await openTicket(page)
  await buyBracket(page, price)
  await expect(orders(page)).toHaveCount(2, { timeout: 20_000 })
  await ticket(page).getByRole('button', { name: 'Flatten' }).click()
  await expect(ticket(page).locator('[data-position]')).toBeVisible()
  await ticket(page).getByRole('button', { name: /^Press again: close Long 0\.05/ }).click()
  await expect(ticket(page).locator('[data-position]')).toHaveCount(0, { timeout: 20_000 })
  await expect(orders(page)).toHaveCount(0, { timeout: 20_000 })
})

test('given an order over a limit, then the button is the reason with both numbers, and cannot be pressed', async ({ page }) => {
  const price = await openTicket(page)
  await field(page, 'price').fill(below(price, 0.01))
  await field(page, 'size').fill('0.5')
  await expect(send(page)).toContainText(/worth [\d,.]+ USD, over your limit of 10,000\.00 USD/, { timeout: 15_000 })
  await expect(send(page)).toBeDisabled()
  await field(page, 'size').fill('0.01')
  await expect(send(page)).toBeEnabled({ timeout: 15_000 })
})

test('given figures that are none, then each is marked where it stands, and what is rounded says which way', async ({ page }) => {
  const price = await openTicket(page)
  for (const name of ['price', 'size', 'stop', 'target']) {
    await field(page, 'price').fill(below(price, 0.01))
    await field(page, 'size').fill('0.01')
    await field(page, name).fill('many')
    await expect(field(page, name), name).toHaveAttribute('aria-invalid', 'true')
    await expect(send(page)).toHaveText('Correct what is marked')
    await expect(send(page)).toBeDisabled()
    await field(page, name).fill('')
  }
  await field(page, 'price').fill(`${below(price, 0.01)}.37`)
  await field(page, 'size').fill('0.0100009')
  await expect(ticket(page)).toContainText(/Rounded down to [\d,]+\.3/)
  await expect(ticket(page)).toContainText('Rounded down to 0.01000')
})

test('by keyboard alone: side, price, size, send, and all canceled', async ({ page }) => {
  const price = await openTicket(page)
  await panel(page, 'watchlist').getByRole('grid').focus()
  await page.keyboard.press('b')
  await expect(field(page, 'price')).toBeFocused()
  await page.keyboard.type(below(price, 0.01))
  await field(page, 'size').focus()
  await page.keyboard.type('0.01')
  await expect(send(page)).toContainText('Buy 0.01', { timeout: 15_000 })
  await page.keyboard.press('Control+Enter')
  // A second press of an impatient hand is the same order.
  await page.keyboard.press('Control+Enter')
  await expect(orders(page)).toHaveCount(1, { timeout: 20_000 })
  await expect(orders(page)).toHaveAttribute('data-status', 'working', { timeout: 20_000 })
  await page.keyboard.press('Control+Delete')
  await expect(orders(page)).toHaveCount(0, { timeout: 20_000 })
})

test('given a working order, when its line on the chart is dragged, then it moves when it is let go, and Escape puts it back before', async ({ page }) => {
  const price = await openTicket(page)
  await placeBelow(page, price)
  const host = panel(page, 'chart').locator('.chart-host')
  const box = await host.boundingBox()
  if (box === null) throw new Error('no chart')
  const note = panel(page, 'chart').locator('[data-order-note]')
  const shown = async (): Promise<string> => (await orders(page).locator('.num').first().textContent()) ?? ''
  const before = await shown()
  // Where the line lies is found as a hand finds it: down the plot, until something can be taken.
  const take = async (): Promise<number> => {
    for (let y = box.y + 60; y < box.y + box.height - 40; y += 5) {
      await page.mouse.move(box.x + box.width / 2, y)
      await page.mouse.down()
      await page.mouse.move(box.x + box.width / 2, y + 14, { steps: 3 })
      if (await note.count() > 0) return y
      await page.mouse.up()
    }
    throw new Error('no line was found')
  }
  await take()
  await expect(note).toContainText('Buy 0.01000 moved to')
  await expect(note).toContainText('Let go to change it', { timeout: 10_000 })
  await page.keyboard.press('Escape')
  await expect(note).toHaveCount(0)
  await page.mouse.up()
  expect(await shown()).toBe(before)
  await take()
  await page.mouse.up()
  await expect.poll(shown, { timeout: 20_000 }).not.toBe(before)
  await expect(orders(page)).toHaveAttribute('data-status', 'working', { timeout: 20_000 })
})

test('given a bracket that was saved under a name, when it is chosen for another entry, then stop and target lie as far from that one', onlyFull, async ({ page }) => {
  await openTicket(page)
  await field(page, 'price').fill('30000')
  await field(page, 'stop').fill('29700')
  await field(page, 'target').fill('30600')
  await choose(page, 'Bracket', '+')
  await ticket(page).getByLabel('Name of the bracket').fill('near')
  await ticket(page).getByRole('button', { name: 'Save', exact: true }).click()
  await field(page, 'price').fill('20000')
  await page.reload()
  await untilFresh(page)
  await field(page, 'price').fill('20000')
  await choose(page, 'Bracket', 'near')
  await expect(field(page, 'stop')).toHaveValue('19800.0')
  await expect(field(page, 'target')).toHaveValue('20400.0')
})

test('given a working order, when it is changed in the ticket by keys, then the engine has the new price', onlyFull, async ({ page }) => {
  const price = await openTicket(page)
  await placeBelow(page, price, 0.01)
  await orders(page).getByRole('button', { name: /^Change/ }).press('Enter')
  const fields = orders(page).locator('.ticket-change input')
  await fields.first().fill(below(price, 0.02))
  await fields.first().press('Enter')
  await expect(orders(page).locator('.num').first()).toHaveText(`${Number(below(price, 0.02)).toLocaleString('en-US')}.0`, { timeout: 20_000 })
})

test('while trading is locked every control refuses with one sentence, and the halt is there as ever', async ({ page }) => {
  const price = await openTicket(page)
  await placeBelow(page, price, 0.01)
  await ticket(page).getByRole('switch').click()
  await ticket(page).getByRole('button', { name: 'Another like this' }).click()
  await expect(send(page)).toHaveText(/Trading is locked/)
  await expect(send(page)).toBeDisabled()
  await orders(page).getByRole('button', { name: /^Cancel/ }).click()
  await expect(ticket(page).getByRole('alert')).toContainText('Cancel: not done. Trading is locked')
  await expect(orders(page)).toHaveAttribute('data-status', 'working')
  await expect(haltButton(page)).toBeVisible()
  await ticket(page).getByRole('switch').click()
  await orders(page).getByRole('button', { name: /^Cancel/ }).click()
  await expect(orders(page)).toHaveCount(0, { timeout: 20_000 })
})

test('when the engine is halted, the button says so instead of the order, before anybody presses it', async ({ page }) => {
  const price = await openTicket(page)
  await field(page, 'price').fill(below(price, 0.01))
  await field(page, 'size').fill('0.01')
  await expect(send(page)).toBeEnabled({ timeout: 15_000 })
  await haltButton(page).click()
  await expect(send(page)).toContainText('Trading does not allow this order now', { timeout: 15_000 })
  await expect(send(page)).toBeDisabled()
})

test('when the screen loses the engine, nothing can be sent, and nothing that was typed is lost', onlyFull, async ({ page }) => {
  const line = await holdLine(page)
  const price = await openTicket(page)
  await field(page, 'price').fill(below(price, 0.01))
  await field(page, 'size').fill('0.01')
  await expect(send(page)).toBeEnabled({ timeout: 15_000 })
  await line.cut()
  await expect(send(page)).toHaveText('No line to the engine')
  await expect(send(page)).toBeDisabled()
  line.mend()
  await expect(send(page)).toContainText('Buy 0.01', { timeout: 20_000 })
  await expect(field(page, 'size')).toHaveValue('0.01')
})

test('an order of the command line lies in the ticket as well, and its cancel there is seen here', onlyFull, async ({ page, ballast }) => {
  const price = await openTicket(page)
  const placed = await ballast.cli('order', 'place', '--instrument', 'BTC/USD', '--side', 'buy', '--type', 'limit', '--qty', '0.01', '--price', below(price, 0.02), '--json')
  expect(placed.code, placed.stderr).toBe(0)
  await expect(orders(page)).toHaveAttribute('data-status', 'working', { timeout: 20_000 })
  const canceled = await ballast.cli('order', 'cancel-all', '--json')
  expect(canceled.code, canceled.stderr).toBe(0)
  await expect(orders(page)).toHaveCount(0, { timeout: 20_000 })
})

for (const language of ['en', 'fr'] as const) {
  test(`in ${language}, the ticket has no serious hurdle, with a position, orders and an open question`, language === 'en' ? {} : onlyFull, async ({ page }) => {
    const price = await openTicket(page)
    await buyBracket(page, price)
    await page.evaluate((chosen) => localStorage.setItem('ballast.preferences', JSON.stringify({ version: 1, theme: chosen === 'fr' ? 'light' : 'dark', palette: 'default', language: chosen })), language)
    await page.reload()
    await untilFresh(page)
    await expect(orders(page)).toHaveCount(2, { timeout: 20_000 })
    await ticket(page).getByRole('button', { name: language === 'en' ? 'Reverse' : 'Inverser' }).click()
    expect(await findHurdles(page, '.ticket')).toEqual([])
  })
}
