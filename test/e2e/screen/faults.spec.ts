import { expect, test } from '../fixtures.ts'
import { engineWord, haltButton, panel, untilFresh } from './on-screen.ts'

test('a panel that throws takes nothing along, and is drawn anew on demand', async ({ page, ballast }) => {
  await page.addInitScript(() => {
    const { getContext } = HTMLCanvasElement.prototype
    Object.assign(window, { mendCanvas: () => Object.assign(HTMLCanvasElement.prototype, { getContext }) })
    HTMLCanvasElement.prototype.getContext = () => {
      throw new Error('no canvas today')
    }
  })
  await page.reload()
  await untilFresh(page)
  await expect(panel(page, 'connection')).toContainText('This panel stopped')
  await expect(panel(page, 'connection')).toContainText('no canvas today')
  await expect(panel(page, 'engine')).toContainText('Active')

  await page.evaluate(() => (window as unknown as { mendCanvas: () => void }).mendCanvas())
  await panel(page, 'connection').getByRole('button', { name: 'Reload panel' }).click()
  await expect(panel(page, 'connection')).toContainText('Round trip')
  await expect(panel(page, 'clock')).toContainText('This panel stopped')
  await haltButton(page).click()
  await expect(engineWord(page)).toHaveText('Halted')
  expect((await ballast.status()).mode).toBe('halted')
})

test('when the whole screen stops drawing, the halt is still in its corner', async ({ page, ballast }) => {
  await page.addInitScript(() => {
    const match = window.matchMedia.bind(window)
    window.matchMedia = (query) => {
      if (query.includes('max-width')) throw new Error('no media today')
      return match(query)
    }
  })
  await page.reload()
  await expect(page.getByRole('heading')).toHaveText('The screen stopped drawing')
  await haltButton(page).click()
  await expect(haltButton(page)).toContainText('HALTED')
  expect((await ballast.status()).mode).toBe('halted')
})

test('when even the corner cannot be drawn, a bare button and the key still halt', async ({ page, ballast }) => {
  await page.addInitScript(() => {
    // Nothing but the corner says which keys do the same.
    const { setAttribute } = Element.prototype
    Element.prototype.setAttribute = function (this: Element, name: string, value: string) {
      if (name === 'aria-keyshortcuts') throw new Error('no shortcuts today')
      setAttribute.call(this, name, value)
    }
  })
  await page.reload()
  await untilFresh(page)
  await expect(haltButton(page)).toHaveText('Halt')
  await page.keyboard.press('Control+Shift+H')
  await expect(engineWord(page)).toHaveText('Halted')
  await ballast.cli('resume', '--to', 'active')
  await expect(engineWord(page)).toHaveText('Active')
  await haltButton(page).click()
  await expect.poll(async () => (await ballast.status()).mode).toBe('halted')
})
