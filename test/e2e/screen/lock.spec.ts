import type { Page } from 'playwright/test'
import { expect, paperPassphrase, test, onlyFull } from '../fixtures.ts'
import { engineWord, haltButton, panel, statusBar, untilFresh } from './on-screen.ts'

test.use({ profile: 'paper' })

const lockScreen = (page: Page) => page.locator('.lock')
const secretField = (page: Page) => page.getByLabel('Passphrase', { exact: true })

async function lock(page: Page): Promise<void> {
  await untilFresh(page)
  await page.keyboard.press('Control+Shift+L')
  await expect(page.getByRole('heading', { name: 'Locked, still on watch' })).toBeVisible()
}

async function give(page: Page, secret: string): Promise<void> {
  await secretField(page).fill(secret)
  await page.keyboard.press('Enter')
}

test('given locked screens, when a wrong passphrase and then the right one is given, then only the right one opens them', async ({ page }) => {
  await lock(page)
  await expect(secretField(page)).toBeFocused()
  await expect(page.locator('[data-panel]')).toHaveCount(0)
  await give(page, 'this is not the one')
  await expect(page.getByRole('alert').filter({ hasText: 'That is not it' })).toBeVisible()
  await expect(secretField(page)).toHaveValue('')
  await expect(secretField(page)).toBeFocused()
  await give(page, paperPassphrase)
  await expect(lockScreen(page)).toBeHidden()
  await expect(panel(page, 'engine')).toBeVisible()
})

test('given locked screens, when they are looked at from another page, then that one is locked too and knows of no alerts', onlyFull, async ({ page, context, ballast }) => {
  await lock(page)
  const other = await context.newPage()
  await other.goto(ballast.url)
  await expect(other.getByRole('heading', { name: 'Locked, still on watch' })).toBeVisible()
  await expect(other.locator('.lock-standing')).not.toContainText('unresolved')
  await give(other, paperPassphrase)
  await expect(lockScreen(other)).toBeHidden()
  await expect(lockScreen(page)).toBeHidden()
})

test('given locked screens, when the halt is pressed, then the engine halts and nothing is unlocked', async ({ page, ballast }) => {
  await lock(page)
  await haltButton(page).click()
  await expect(haltButton(page)).toContainText('HALTED')
  await expect(engineWord(page)).toHaveText('Halted')
  await expect(lockScreen(page)).toBeVisible()
  expect((await ballast.status()).mode).toBe('halted')
})

test('given locked screens, when commands are tried, then none but the halt is left', async ({ page, ballast }) => {
  await lock(page)
  await expect(page.getByRole('button', { name: 'Resume…' })).toBeHidden()
  await page.keyboard.press('Control+k')
  await page.keyboard.press('Control+,')
  await page.keyboard.press('Tab')
  await page.keyboard.press('r')
  await expect(page.getByRole('dialog')).toBeHidden()
  await expect(statusBar(page)).not.toContainText('Alerts')
  await page.keyboard.press('Control+Shift+H')
  await expect(haltButton(page)).toContainText('HALTED')
  expect((await ballast.status()).mode).toBe('halted')
})

test('given an open dialog, when the screens lock, then it is gone and the field has the keyboard', onlyFull, async ({ page, ballast }) => {
  await untilFresh(page)
  await page.keyboard.press('o')
  await page.getByRole('button', { name: 'Replace the keys…' }).click()
  await expect(page.getByRole('dialog')).toBeVisible()
  expect((await ballast.cli('lock')).code).toBe(0)
  await expect(lockScreen(page)).toBeVisible()
  await expect(page.getByRole('dialog')).toBeHidden()
  await expect(secretField(page)).toBeFocused()
  await give(page, paperPassphrase)
  await expect(panel(page, 'engine')).toBeVisible()
  await expect(page.getByRole('dialog')).toBeHidden()
})

test('given many wrong tries, when one more is made, then it waits, says how long, and cannot be hurried', onlyFull, async ({ page }) => {
  await lock(page)
  for (let attempt = 0; attempt < 6; attempt++) {
    await give(page, `wrong number ${attempt}`)
    await expect(page.getByRole('alert').filter({ hasText: 'That is not it' })).toBeVisible()
    if (await page.getByText(/The next try is judged in \d+ s\./).isVisible()) break
  }
  await expect(page.getByText(/The next try is judged in \d+ s\./)).toBeVisible()
  await expect(page.getByRole('button', { name: 'Unlock' }).first()).toBeDisabled()
  await give(page, paperPassphrase)
  await expect(lockScreen(page)).toBeVisible()
  await expect(page.getByText(/The next try is judged in/)).toBeHidden({ timeout: 20_000 })
  await give(page, paperPassphrase)
  await expect(lockScreen(page)).toBeHidden()
})

test('given a passphrase that was typed, when the screens are open again, then it is in no page, storage, log or frame', onlyFull, async ({ page, ballast }) => {
  const frames: string[] = []
  const words: string[] = []
  page.on('websocket', (line) => {
    line.on('framesent', ({ payload }) => frames.push(String(payload)))
    line.on('framereceived', ({ payload }) => frames.push(String(payload)))
  })
  page.on('console', (message) => words.push(message.text()))
  await page.reload()
  await lock(page)
  await give(page, 'wrong-but-still-mine')
  await expect(page.getByRole('alert').filter({ hasText: 'That is not it' })).toBeVisible()
  await give(page, paperPassphrase)
  await expect(lockScreen(page)).toBeHidden()
  const kept = await page.evaluate(() => JSON.stringify([
    document.documentElement.outerHTML, [...document.querySelectorAll('input')].map(({ value }) => value),
    { ...localStorage }, { ...sessionStorage }, location.href, document.cookie, history.state,
  ]))
  expect(frames.some((frame) => frame.includes('screen.unlock')), 'the frames were caught').toBe(true)
  for (const secret of [paperPassphrase, 'wrong-but-still-mine']) {
    for (const form of [secret, Buffer.from(secret).toString('base64').replace(/=+$/, ''), Buffer.from(secret).toString('hex')]) {
      expect(kept).not.toContain(form)
      expect(frames.join('\n')).not.toContain(form)
      expect(words.join('\n')).not.toContain(form)
    }
  }
  expect((await ballast.cli('audit', 'tail', '--lines', '100')).stdout).not.toContain(paperPassphrase)
})

test('given nobody at the screen, when the minutes of the settings are over, then it locks by itself', onlyFull, async ({ page, ballast }) => {
  expect((await ballast.cli('setting', 'set', 'lock.afterMinutes', '--value', '1')).code).toBe(0)
  await page.clock.install()
  await page.reload()
  await untilFresh(page)
  await page.clock.fastForward(50_000)
  await expect(lockScreen(page)).toBeHidden()
  await page.mouse.move(300, 300)
  await page.clock.fastForward(50_000)
  await expect(lockScreen(page)).toBeHidden()
  await page.clock.fastForward(70_000)
  await expect(page.getByRole('heading', { name: 'Locked, still on watch' })).toBeVisible()
})
