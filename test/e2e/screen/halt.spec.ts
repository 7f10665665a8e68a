import { expect, test } from '../fixtures.ts'
import { band, engineWord, haltButton, holdLine, panel, statusBar, untilFresh } from './on-screen.ts'

test('one press halts, and the plate is the engine’s word', async ({ page, ballast }) => {
  await untilFresh(page)
  await haltButton(page).click()
  await expect(haltButton(page)).toContainText('HALTED')
  await expect(page).toHaveTitle('HALTED · Demo · Ballast')
  await expect(engineWord(page)).toHaveText('Halted')
  await expect(statusBar(page)).toContainText('Engine Halted')
  expect(await ballast.status()).toMatchObject({ mode: 'halted', reason: 'halted on the screen' })
})

test('the hotkey halts from wherever the keyboard is', async ({ page, ballast }) => {
  await untilFresh(page)
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').fill('some')
  await page.keyboard.press('Control+Shift+H')
  await expect(haltButton(page)).toContainText('HALTED')
  expect((await ballast.status()).mode).toBe('halted')
})

test('pressing twice at the same place never resumes', async ({ page, ballast }) => {
  await untilFresh(page)
  await haltButton(page).dblclick()
  await expect(haltButton(page)).toContainText('HALTED')
  await haltButton(page).click({ clickCount: 3, force: true })
  await expect(page.getByRole('dialog')).toBeHidden()
  expect((await ballast.status()).mode).toBe('halted')
})

test('a halt from elsewhere is shown with its reason and who wanted it', async ({ page, ballast }) => {
  await untilFresh(page)
  await ballast.cli('halt', '--reason', 'news at two')
  await expect(haltButton(page)).toContainText('HALTED')
  await expect(band(page)).toContainText('by command line: news at two')
  await expect(panel(page, 'activity').getByRole('row').nth(1)).toContainText('news at two')
})

test('without a line the halt says that it waits, and arrives with the line', async ({ page, ballast }) => {
  const line = await holdLine(page)
  await line.cut()
  await expect(page.locator('.band-hatch')).toContainText('No line to the engine for')
  await haltButton(page).click()
  const note = page.locator('.halt-note')
  await expect(haltButton(page)).toContainText('Halt waits')
  await expect(note).toContainText('No line to the engine: halt not delivered')
  await expect(note).toContainText('ballast halt')
  expect((await ballast.status()).mode).toBe('active')
  line.mend()
  await expect(haltButton(page)).toContainText('HALTED')
  await expect(note).toBeHidden()
  expect((await ballast.status()).mode).toBe('halted')
})

test('a halt that waits is taken up again after a reload', async ({ page, ballast }) => {
  await untilFresh(page)
  // What a press without a line leaves behind for the next page of this tab.
  await page.evaluate(() => {
    const wish = { key: crypto.randomUUID(), reason: 'pressed before', actor: 'hand', since: Date.now() }
    sessionStorage.setItem('ballast.pending-halt', JSON.stringify(wish))
  })
  await page.reload()
  await expect(haltButton(page)).toContainText('HALTED')
  expect(await ballast.status()).toMatchObject({ mode: 'halted', reason: 'pressed before' })
  expect(await page.evaluate(() => sessionStorage.getItem('ballast.pending-halt'))).toBeNull()
})

test('an engine that hangs leaves the halt in flight, and says so', async ({ page, ballast }) => {
  await untilFresh(page)
  const pid = await ballast.enginePid()
  process.kill(pid, 'SIGSTOP')
  try {
    await haltButton(page).click()
    await expect(haltButton(page)).toContainText('Halting…')
    await expect(page.locator('.halt-note')).toContainText('no answer yet', { timeout: 6_000 })
    await expect(page.locator('.band-hatch')).toContainText('The engine has been silent for')
  } finally {
    process.kill(pid, 'SIGCONT')
  }
  await expect(haltButton(page)).toContainText('HALTED', { timeout: 10_000 })
})
