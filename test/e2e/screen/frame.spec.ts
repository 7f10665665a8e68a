import { expect, test, onlyFull } from '../fixtures.ts'
import { band, engineWord, haltButton, panel, statusBar, untilFresh } from './on-screen.ts'

test('the frame says whose money moves, what the engine does, and how to stop it', async ({ page }) => {
  await untilFresh(page)
  await expect(page).toHaveTitle('Active · Demo · Ballast')
  await expect(page.locator('html')).toHaveAttribute('data-mode', 'demo')
  await expect(page.locator('.mode-badge')).toHaveText(/DEMO/)
  await expect(engineWord(page)).toHaveText('Active')
  await expect(haltButton(page)).toContainText('Halt')
  await expect(band(page)).toBeHidden()
  for (const id of ['engine', 'activity', 'connection', 'clock'] as const) await expect(panel(page, id)).toBeVisible()
})

test('the token leaves the address as soon as the page has it, and serves a reload', async ({ page }) => {
  await untilFresh(page)
  expect(new URL(page.url()).hash).toBe('')
  await page.reload()
  await untilFresh(page)
})

test('nothing on the page asks for what its policy forbids', onlyFull, async ({ page }) => {
  const complaints: string[] = []
  page.on('console', (message) => (message.type() === 'error' ? complaints.push(message.text()) : undefined))
  await page.addInitScript(() =>
    addEventListener('securitypolicyviolation', (event) => console.error(`${event.violatedDirective}: ${event.blockedURI}`)))
  await page.reload()
  await untilFresh(page)
  await expect(statusBar(page)).toContainText('Round trip')
  expect(complaints).toEqual([])
})

test('figures go on by themselves: round trip, clock, age of the last word', onlyFull, async ({ page, ballast }) => {
  await untilFresh(page)
  await expect(statusBar(page)).toContainText(/Line \d/)
  await expect(statusBar(page)).toContainText(/Round trip \d+\.\d+ \/ \d+(\.\d+)? ms p99/)
  const time = page.locator('.status-time b')
  const before = await time.textContent()
  await expect(time).not.toHaveText(before ?? '')
  const { processId, version } = await ballast.status()
  await expect(panel(page, 'engine')).toContainText(String(processId))
  await expect(panel(page, 'engine')).toContainText(version)
})

test.describe('a paper profile', () => {
  test.use({ profile: 'paper' })

  test('is framed and named as such', onlyFull, async ({ page }) => {
    await untilFresh(page)
    await expect(page.locator('html')).toHaveAttribute('data-mode', 'paper')
    await expect(page.locator('.mode-badge')).toHaveText(/PAPER/)
    await expect(page).toHaveTitle('Active · Paper · Ballast')
  })
})
