import type { Page } from 'playwright/test'
import { expect, test, onlyFull } from '../fixtures.ts'
import { findHurdles } from './find-hurdles.ts'
import { panel, runCommand, statusBar, untilFresh } from './on-screen.ts'

const alertsCell = (page: Page) => statusBar(page).getByRole('button', { name: /unresolved alert/ })
const openAlerts = (page: Page) => panel(page, 'alerts').getByRole('list', { name: 'Open alerts' }).getByRole('listitem')
const overAlerts = (page: Page) => panel(page, 'alerts').getByRole('list', { name: 'Over' }).getByRole('listitem')

async function sendTest(page: Page): Promise<void> {
  await panel(page, 'alerts').getByRole('button', { name: 'Send a test alert' }).click()
  // Away from the list: what comes while it is pointed at waits.
  await page.mouse.move(700, 20)
}

test('given no alerts, when the panel is opened, then it says what would be here and how to see one', onlyFull, async ({ page }) => {
  await untilFresh(page)
  await expect(alertsCell(page)).toContainText('0')
  await alertsCell(page).click()
  await expect(panel(page, 'alerts')).toBeFocused()
  await expect(panel(page, 'alerts')).toContainText('Nothing needs you')
  await expect(panel(page, 'alerts')).toContainText('Send a test to see one')
  for (const name of ['Webhook', 'Telegram', 'Sign of life']) {
    await expect(panel(page, 'alerts').getByRole('listitem').filter({ hasText: name })).toContainText('Off')
  }
})

test('given a test alert, when it is noted, then the count goes and it is over', async ({ page }) => {
  await untilFresh(page)
  await page.keyboard.press('n')
  await sendTest(page)
  await expect(openAlerts(page)).toHaveCount(1)
  await expect(openAlerts(page)).toContainText('Note')
  await expect(openAlerts(page)).toContainText('This is a test.')
  await expect(openAlerts(page)).toContainText('Nothing has to be done: alerts arrive here.')
  await expect(alertsCell(page)).toHaveClass(/status-hot/)
  await expect(alertsCell(page)).toContainText('1')
  await openAlerts(page).getByRole('button', { name: 'Take note' }).click()
  await page.mouse.move(700, 20)
  await expect(openAlerts(page)).toHaveCount(0)
  await expect(overAlerts(page)).toContainText(['This is a test.'])
  await expect(alertsCell(page)).toContainText('0')
  await expect(alertsCell(page)).not.toHaveClass(/status-hot/)
})

test('given two alerts, when A is pressed on one, then that one is noted, and elsewhere A goes to the activity', onlyFull, async ({ page, ballast }) => {
  await untilFresh(page)
  await page.keyboard.press('n')
  await ballast.cli('alert', 'test')
  await ballast.cli('alert', 'test')
  await expect(openAlerts(page)).toHaveCount(2)
  const ids = await openAlerts(page).evaluateAll((rows) => rows.map((row) => row.getAttribute('data-alert')))
  await openAlerts(page).first().focus()
  await page.keyboard.press('ArrowDown')
  await expect(openAlerts(page).nth(1)).toBeFocused()
  await page.keyboard.press('a')
  await expect(openAlerts(page)).toHaveCount(1)
  expect(await openAlerts(page).first().getAttribute('data-alert')).toBe(ids[0])
  await expect(openAlerts(page).first()).toBeFocused()
  await page.keyboard.press('a')
  await expect(panel(page, 'alerts')).toContainText('Nothing needs you')
  await page.keyboard.press('e')
  await expect(panel(page, 'engine')).toBeFocused()
  await page.keyboard.press('a')
  await expect(panel(page, 'activity')).toBeFocused()
})

test('given an alert, when it is put aside, then it stands there until its time, and counts no longer', onlyFull, async ({ page, ballast }) => {
  await untilFresh(page)
  await page.keyboard.press('n')
  await sendTest(page)
  await expect(openAlerts(page)).toHaveCount(1)
  expect(await findHurdles(page, '[data-panel="alerts"]')).toEqual([])
  await openAlerts(page).getByRole('button', { name: 'Put aside for 4 h' }).click()
  await page.mouse.move(700, 20)
  await expect(openAlerts(page)).toContainText(/put aside until \d\d:\d\d:\d\d UTC/)
  await expect(alertsCell(page)).toContainText('0')
  const { alerts } = JSON.parse((await ballast.cli('alert', 'list', '--json')).stdout) as { alerts: { state: string; snoozedUntil: number }[] }
  expect(alerts).toHaveLength(1)
  expect(alerts[0]?.state).toBe('snoozed')
  expect((alerts[0]?.snoozedUntil ?? 0) - Date.now()).toBeGreaterThan(3.9 * 3_600_000)
})

test('given a list that is pointed at, when another alert comes, then nothing moves and its coming is told', onlyFull, async ({ page, ballast }) => {
  await untilFresh(page)
  await page.keyboard.press('n')
  await sendTest(page)
  await openAlerts(page).first().hover()
  await ballast.cli('alert', 'test')
  await expect(panel(page, 'alerts')).toContainText('1 more waits')
  await expect(openAlerts(page)).toHaveCount(1)
  await expect(alertsCell(page)).toContainText('2')
  await page.mouse.move(700, 20)
  await expect(openAlerts(page)).toHaveCount(2)
})

test('given leave to notify, when an alert comes, then the desktop is told once with its words', onlyFull, async ({ page, ballast }) => {
  await page.addInitScript(() => {
    const told: string[] = []
    class FakeNotification extends EventTarget {
      static permission = 'granted'
      constructor(title: string, { body }: { body: string }) {
        super()
        told.push(`${title}: ${body}`)
      }
    }
    Object.assign(window, { Notification: FakeNotification, told })
  })
  await page.reload()
  await untilFresh(page)
  await expect(alertsCell(page)).toBeVisible()
  await ballast.cli('alert', 'test')
  await expect(alertsCell(page)).toContainText('1')
  expect(await page.evaluate(() => (window as unknown as { told: string[] }).told)).toEqual(['Ballast: This is a test.'])
})

test('given an engine at work, when the health panel is opened, then it shows targets with state in words, and figures', onlyFull, async ({ page, ballast }) => {
  await untilFresh(page)
  await page.keyboard.press('h')
  const health = panel(page, 'health')
  const restarts = health.getByRole('row').filter({ hasText: 'Restarts' })
  await expect(restarts).toContainText('On target')
  await expect(health).toContainText(/Memory\s*\d+(\.\d)? MB/)
  await expect(health).toContainText('3 of 3 on target')
  await ballast.cli('alert', 'test')
  const open = health.getByRole('row').filter({ hasText: 'Open alerts' })
  await expect(open).toContainText('Off target')
  await expect(open.locator('.state-sign.danger')).toBeVisible()
})

test('given a demo, when it runs, then it is said calmly that nothing of it is kept', onlyFull, async ({ page }) => {
  await untilFresh(page)
  await expect(page.locator('.not-kept')).toContainText('The books of a demo end with Ballast.')
  await expect(statusBar(page)).toContainText('Books not kept')
  await runCommand(page, 'Go to Books')
  const books = panel(page, 'books')
  await expect(books).toContainText('Not kept')
  await expect(books.getByRole('button', { name: 'Back up now' })).toHaveCount(0)
  await expect(books.getByRole('button', { name: 'Lock the screens' })).toBeDisabled()
  await expect(books).toContainText('No passphrase could unlock them again.')
})
