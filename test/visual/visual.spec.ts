import type { Page } from 'playwright/test'
import { expect, onlyFull, test } from '../e2e/fixtures.ts'
import { band, engineWord, haltButton, holdLine, untilFresh } from '../e2e/screen/on-screen.ts'
import { findHurdles } from '../e2e/screen/find-hurdles.ts'
import { findFlaws } from './looks.ts'

const sizes = { desk: [1440, 900], wide: [2560, 1440], small: [1024, 700], phone: [390, 844] } as const
/** Pictures of the two that people use most, where the fonts are drawn as they were when the pictures were taken. */
const pictured: readonly string[] = process.platform === 'linux' ? ['desk', 'phone'] : []

/** Times, ages and latencies are never twice the same: they keep their place and are left out of the picture. */
const still = `.live-text, [data-figure], canvas, .mono, .status-time, .watch-row:not(.watch-heads) { visibility: hidden !important; }`

/** Takes effect with the next load. */
const choose = (page: Page, preferences: Readonly<Record<string, string>>): Promise<void> =>
  page.evaluate((text) => localStorage.setItem('ballast.preferences', text), JSON.stringify({ version: 1, ...preferences }))

async function expectGoodLooks(page: Page, size: string, theme: string, state: string): Promise<void> {
  // Whatever fades in has done so.
  const hasBegun = (): Promise<boolean> => page.evaluate(() => document.getAnimations().every(({ effect }) => effect?.getComputedTiming().progress !== 0))
  await expect.poll(hasBegun).toBe(true)
  await page.waitForTimeout(200)
  expect(await page.evaluate(findFlaws), `${size} ${theme} ${state}`).toEqual([])
  if (!pictured.includes(size)) return
  const style = await page.addStyleTag({ content: still })
  await expect.soft(page).toHaveScreenshot(`${size}-${theme}-${state}.png`)
  await style.evaluate((element) => element.parentNode?.removeChild(element))
}

for (const [size, [width, height]] of Object.entries(sizes)) {
  for (const theme of ['dark', 'light'] as const) {
    test.describe(`${size}, ${theme}`, () => {
      test.use({ viewport: { width, height }, reducedMotion: 'reduce' })

      const often = theme === 'dark' || pictured.includes(size) ? {} : onlyFull
      test('shows every state whole, legible and with the halt in reach', often, async ({ page, ballast, context }) => {
        await choose(page, { theme, palette: 'default', language: 'en' })
        const line = await holdLine(page)
        await expect(page.locator('html')).toHaveAttribute('data-theme', theme)
        await ballast.cli('resume', '--to', 'reducing')
        await expect(engineWord(page)).toHaveText('Reducing')
        await expectGoodLooks(page, size, theme, 'reducing')
        await ballast.cli('resume', '--to', 'active')
        await expect(engineWord(page)).toHaveText('Active')
        await expect(band(page)).toBeHidden()
        await expectGoodLooks(page, size, theme, 'normal')

        await page.keyboard.press('Control+k')
        await expect(page.getByRole('dialog').getByRole('combobox')).toBeFocused()
        await expectGoodLooks(page, size, theme, 'palette')
        await page.keyboard.press('Escape')

        await page.keyboard.press('Control+,')
        await expect(page.getByRole('dialog')).toBeVisible()
        await expectGoodLooks(page, size, theme, 'settings')
        await page.keyboard.press('Escape')

        await haltButton(page).click()
        await expect(engineWord(page)).toHaveText('Halted')
        await page.mouse.move(width / 2, height / 2)
        await expectGoodLooks(page, size, theme, 'halted')

        await line.cut()
        await expect(band(page)).toContainText('No line to the engine for')
        await expectGoodLooks(page, size, theme, 'disconnected')

        const stranger = await context.newPage()
        await stranger.goto(new URL('/', ballast.url).href)
        await expect(stranger.getByRole('heading')).toBeVisible()
        await expectGoodLooks(stranger, size, theme, 'refused')
      })
    })
  }
}

/** What goes on by itself although the market stands still. */
const runningOn = '.live-text, .mono, .status-time, .band *, footer * { visibility: hidden !important; }'

const workspaceOf = (page: Page, shown: string): Promise<void> =>
  page.evaluate((text) => localStorage.setItem('ballast.workspace', text), JSON.stringify({ version: 1, shown }))

test.describe('the workspaces', () => {
  // A Monday afternoon on which every instrument trades, and everything is the same each time.
  test.use({ surroundings: { BALLAST_DEMO_STANDS_AT: '1772461900' }, reducedMotion: 'reduce' })

  for (const theme of ['dark', 'light'] as const) {
    const often = theme === 'dark' ? {} : onlyFull
    test(`are whole and legible in every size, ${theme}`, often, async ({ page }) => {
      test.slow()
      await choose(page, { theme, palette: 'default', language: 'fr' })
      for (const shown of ['trade', 'research', 'review', 'risk']) {
        await workspaceOf(page, shown)
        await page.reload()
        await untilFresh(page)
        for (const [width, height] of Object.values(sizes)) {
          await page.setViewportSize({ width, height })
          await untilFresh(page)
          // What is fetched when it is first shown has come, and the market has spoken.
          await page.waitForTimeout(400)
          expect(await page.evaluate(findFlaws), `${shown}, ${width} wide, ${theme}`).toEqual([])
        }
      }
    })

    test(`have nothing serious in anybody’s way, ${theme}`, often, async ({ page }) => {
      test.slow()
      await choose(page, { theme, palette: 'default', language: 'en' })
      for (const shown of ['trade', 'research', 'review', 'risk', 'desk']) {
        await workspaceOf(page, shown)
        await page.reload()
        await untilFresh(page)
        await page.waitForTimeout(400)
        expect(await findHurdles(page), `${shown}, ${theme}`).toEqual([])
      }
    })

    test(`look as they did, ${theme}`, often, async ({ page }) => {
      test.slow()
      await choose(page, { theme, palette: 'default', language: 'en' })
      for (const [shown, shownSizes] of [['trade', Object.keys(sizes)], ['research', ['desk']], ['review', ['desk']], ['risk', ['desk']]] as const) {
        await workspaceOf(page, shown)
        for (const size of shownSizes as readonly (keyof typeof sizes)[]) {
          const [width, height] = sizes[size]
          await page.setViewportSize({ width, height })
          await page.reload()
          await untilFresh(page)
          if (process.platform !== 'linux') continue
          if (shown === 'trade') await expect(page.locator('.watch-last').nth(1)).toHaveText(/\d/)
          const style = await page.addStyleTag({ content: shown === 'trade' || shown === 'research' ? runningOn : still })
          await expect(page.getByText('Loading bars…')).toHaveCount(0, { timeout: 15_000 })
          // No picture of a line that was lost on a busy computer.
          await expect(page.locator('.chart-failed')).toHaveCount(0, { timeout: 15_000 })
          await page.waitForTimeout(600)
          await expect.soft(page).toHaveScreenshot(`workspace-${shown}-${size}-${theme}.png`)
          await style.evaluate((element) => element.parentNode?.removeChild(element))
        }
      }
    })
  }
})

test.describe('in French', () => {
  test.use({ viewport: { width: 1024, height: 700 } })

  test('longer words find their place', async ({ page }) => {
    await choose(page, { theme: 'dark', palette: 'cb', language: 'fr' })
    await page.reload()
    await untilFresh(page)
    for (const [width, height] of Object.values(sizes)) {
      await page.setViewportSize({ width, height })
      await untilFresh(page)
      expect(await page.evaluate(findFlaws), `${width} wide`).toEqual([])
    }
  })
})

test.describe('the checks themselves', () => {
  test.use({ viewport: { width: 1440, height: 900 } })

  const at = 'position:fixed;top:300px;left:300px'
  const narrow = 'width:20px;overflow:hidden'
  const large = 'padding:10px 30px;z-index:99'
  const stripes = 'repeating-linear-gradient(45deg,#000 0 4px,#ddd 4px 8px)'
  const planted = [
    ['dim text', `<p style="${at};color:#777;background:#888">dim</p>`, /contrast 1\.\d+: p/],
    ['dim text on a stripe', `<p style="${at};color:#fff;background:${stripes}">x</p>`, /contrast 1\.\d+: p/],
    ['text that fades', `<p style="${at};opacity:.2">faint</p>`, /contrast 1\.\d+: p/],
    ['something beyond the edge', '<p style="position:fixed;top:300px;left:1400px;width:90px">out</p>', /beyond the edge: p/],
    ['a figure that is cut', `<div style="${at};${narrow}"><span class="num">1,234</span></div>`, /cut: span.num/],
    ['a name that is cut', `<div style="${at}"><span class="watch-symbol" style="display:block;white-space:nowrap;${narrow}">BLST equity</span></div>`, /cut: span.watch-symbol/],
    ['something over the halt', `<p style="position:fixed;inset:0 0 auto auto;${large}"></p>`, /the halt is covered/],
  ] as const

  test('see every flaw that is planted', async ({ page }) => {
    await untilFresh(page)
    expect(await page.evaluate(findFlaws)).toEqual([])
    for (const [what, html, flaw] of planted) {
      await page.evaluate((markup) => document.body.insertAdjacentHTML('beforeend', `<div id="planted">${markup}</div>`), html)
      expect((await page.evaluate(findFlaws)).join('\n'), what).toMatch(flaw)
      await page.evaluate(() => document.getElementById('planted')?.remove())
    }
    expect(await page.evaluate(findFlaws)).toEqual([])
  })
})
