import { expect, test, onlyFull } from '../fixtures.ts'
import { band, engineWord, haltButton, untilFresh } from './on-screen.ts'

test('halts and resumes by keyboard alone', async ({ page, ballast }) => {
  await untilFresh(page)
  await page.keyboard.press('Control+Shift+H')
  await expect(haltButton(page)).toContainText('HALTED')

  await page.keyboard.press('r')
  const dialog = page.getByRole('dialog', { name: 'Resume trading?' })
  await expect(dialog).toContainText('Halted since')
  await expect(dialog.getByRole('radio', { name: /Reduce only/ })).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await expect(dialog.getByRole('radio', { name: /Trade/ })).toBeChecked()
  await page.keyboard.press('Tab')
  await page.keyboard.type('news is out')
  await page.keyboard.press('Enter')

  await expect(dialog).toBeHidden()
  await expect(engineWord(page)).toHaveText('Active')
  await expect(band(page)).toBeHidden()
  expect(await ballast.status()).toMatchObject({ mode: 'active', reason: 'news is out' })
})

test('resumes to reduce only unless told otherwise, and from there only to trade', async ({ page, ballast }) => {
  await untilFresh(page)
  await ballast.cli('halt')
  await expect(engineWord(page)).toHaveText('Halted')
  await page.keyboard.press('r')
  await page.getByRole('button', { name: 'Resume, reduce only' }).press('Enter')
  await expect(engineWord(page)).toHaveText('Reducing')
  expect((await ballast.status()).mode).toBe('reducing')
  await page.keyboard.press('r')
  await expect(page.getByRole('radio')).toHaveCount(1)
  await expect(page.getByRole('button', { name: 'Resume trading' })).toBeVisible()
})

test('Escape closes the dialog, changes nothing, and gives the keyboard back', onlyFull, async ({ page, ballast }) => {
  await untilFresh(page)
  await ballast.cli('resume', '--to', 'reducing')
  const resume = page.getByRole('button', { name: 'Resume…' })
  await resume.focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toBeHidden()
  await expect(resume).toBeFocused()
  expect((await ballast.status()).mode).toBe('reducing')
})

test('Tab reaches the halt while a dialog is open, and passes over what the dialog covers', async ({ page }) => {
  await untilFresh(page)
  await page.keyboard.press('Control+,')
  await expect(page.getByRole('dialog', { name: 'Settings' })).toBeVisible()
  const visited: string[] = []
  for (let step = 0; step < 24; step++) {
    await page.keyboard.press('Tab')
    visited.push(await page.evaluate(() => {
      const isIn = (place: string): boolean => document.activeElement?.closest(place) !== null
      if (isIn('.halt')) return 'halt'
      return isIn('[role=dialog]') ? 'dialog' : isIn('.workspace-content') ? 'covered' : 'bar'
    }))
  }
  expect(new Set(visited)).toContain('halt')
  expect(new Set(visited)).not.toContain('covered')
})

test('every panel is a key away, and the one with the keyboard is ringed', async ({ page }) => {
  await untilFresh(page)
  for (const [key, id] of [['e', 'engine'], ['a', 'activity'], ['c', 'connection'], ['l', 'clock']] as const) {
    await page.keyboard.press(key)
    await expect(page.locator(`[data-panel="${id}"]`)).toBeFocused()
  }
  const ring = await page.locator('[data-panel="clock"]').evaluate((element) => getComputedStyle(element).outline)
  expect(ring).toMatch(/2px/)
  await page.keyboard.press('F6')
  await expect(page.locator('[data-panel="engine"]')).toBeFocused()
  await page.keyboard.press('Shift+F6')
  await expect(page.locator('[data-panel="clock"]')).toBeFocused()
})
