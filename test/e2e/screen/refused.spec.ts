import { expect, test, onlyFull } from '../fixtures.ts'
import { engineWord, haltButton, untilFresh } from './on-screen.ts'

test('a page without a token says what to open, and that a halt cannot go out from here', async ({ ballast, context }) => {
  const page = await context.newPage()
  await page.goto(new URL('/', ballast.url).href)
  await expect(page.getByRole('heading')).toHaveText('This page has no key to the engine')
  await expect(page.getByRole('main')).toContainText('ballast serve')
  await haltButton(page).click()
  await expect(page.locator('.halt-note')).toContainText('Halt not delivered')
  await expect(page.locator('.halt-note')).toContainText('ballast halt')
  await page.getByRole('button', { name: 'Close' }).click()
  await expect(page.locator('.halt-note')).toBeHidden()
})

test('a page with a wrong token is refused by the host', async ({ ballast, context }) => {
  const page = await context.newPage()
  await page.goto(`${new URL('/', ballast.url).href}#t=admin.${'A'.repeat(43)}`)
  await expect(page.getByRole('heading')).toHaveText('This page has no key to the engine')
})

test('the right address opened in the same tab takes effect at once', onlyFull, async ({ ballast, context }) => {
  const page = await context.newPage()
  await page.goto(new URL('/', ballast.url).href)
  await expect(page.getByRole('heading')).toHaveText('This page has no key to the engine')
  // Only the fragment differs: the browser itself would load nothing.
  await page.goto(ballast.url)
  await untilFresh(page)
  await expect(engineWord(page)).toHaveText('Active')
})
