import type { Locator, Page } from 'playwright/test'
import { expect, paperPassphrase, test, onlyFull } from '../fixtures.ts'
import { findHurdles } from './find-hurdles.ts'
import { panel, untilFresh } from './on-screen.ts'

test.use({ profile: 'paper' })
// Each passphrase is turned into a key slowly on purpose.
test.slow()

const dialog = (page: Page, name: string): Locator => page.getByRole('dialog', { name })

async function fromBooks(page: Page, action: string): Promise<void> {
  await untilFresh(page)
  await page.keyboard.press('o')
  await panel(page, 'books').getByRole('button', { name: action }).click()
}

/** Everything that the page keeps or shows in words. */
const keptByPage = (page: Page): Promise<string> => page.evaluate(() => JSON.stringify([
  document.documentElement.outerHTML, [...document.querySelectorAll('input')].map(({ value }) => value),
  { ...localStorage }, { ...sessionStorage }, location.href, document.cookie, history.state,
]))

function catchFrames(page: Page): string[] {
  const frames: string[] = []
  page.on('websocket', (line) => {
    line.on('framesent', ({ payload }) => frames.push(String(payload)))
    line.on('framereceived', ({ payload }) => frames.push(String(payload)))
  })
  return frames
}

/** Makes a code and returns its groups, as they are shown once. */
async function makeCode(page: Page): Promise<readonly string[]> {
  const made = dialog(page, 'Recovery code')
  await made.getByLabel('Passphrase', { exact: true }).fill(paperPassphrase)
  await made.getByRole('button', { name: 'Make the code' }).click()
  const groups = made.getByRole('listitem').locator('.mono')
  await expect(groups).toHaveCount(7, { timeout: 15_000 })
  return groups.allTextContents()
}

async function readBack(page: Page, groups: readonly string[]): Promise<void> {
  const made = dialog(page, 'Recovery code')
  for (const field of await made.getByRole('textbox').all()) {
    const label = await field.evaluate((element) => element.closest('label')?.textContent ?? '')
    await field.fill(groups[Number(/\d+/.exec(label)?.[0]) - 1]?.toLowerCase() ?? 'no such group')
  }
  await made.getByRole('button', { name: 'Put it in force' }).click()
}

test('given no recovery code, when one is made and two groups are read back, then it counts, and was in no frame and stays on no page', onlyFull, async ({ page }) => {
  const frames = catchFrames(page)
  await page.reload()
  await fromBooks(page, 'Make a recovery code…')
  const made = dialog(page, 'Recovery code')
  expect(await findHurdles(page)).toEqual([])
  const groups = await makeCode(page)
  expect(await findHurdles(page)).toEqual([])
  await made.getByRole('button', { name: 'I have written it down' }).click()
  await expect(made.getByRole('textbox').first()).toBeFocused()
  for (const field of await made.getByRole('textbox').all()) await field.fill('ZZZZ')
  await made.getByRole('button', { name: 'Put it in force' }).click()
  await expect(made.getByRole('alert')).toContainText('That is not what was shown')
  await expect(panel(page, 'books').getByRole('button', { name: 'Make a recovery code…', includeHidden: true })).toBeAttached()
  await readBack(page, groups)
  await expect(made).toBeHidden({ timeout: 15_000 })
  await expect(page.locator('.status-notice')).toContainText('read back from paper')
  await expect(panel(page, 'books').getByRole('button', { name: 'Replace the recovery code…' })).toBeVisible()

  const code = groups.join('-')
  expect(frames.some((frame) => frame.includes('keys.recovery-code')), 'the frames were caught').toBe(true)
  expect(frames.join('\n')).not.toContain(code)
  expect(frames.join('\n')).not.toContain(code.replaceAll('-', ''))
  expect(await keptByPage(page)).not.toContain(code)
  await page.keyboard.press('Control+Shift+L')
  await page.getByLabel('Passphrase', { exact: true }).fill(code)
  await page.keyboard.press('Enter')
  await expect(page.locator('.lock')).toBeHidden({ timeout: 15_000 })
})

test('given a code that was made, when it is closed before it was read back, then nothing is in force and that is said', onlyFull, async ({ page }) => {
  await fromBooks(page, 'Make a recovery code…')
  await makeCode(page)
  await page.keyboard.press('Escape')
  await expect(page.locator('.status-notice')).toContainText('nothing was changed')
  await expect(panel(page, 'books').getByRole('button', { name: 'Make a recovery code…' })).toBeVisible()
})

test('given a code that is shown, when the screens are locked from elsewhere, then whoever stands before the lock is told what became of it', onlyFull, async ({ page, ballast }) => {
  await fromBooks(page, 'Make a recovery code…')
  const groups = await makeCode(page)
  const other = await page.context().newPage()
  await other.goto(ballast.url)
  await untilFresh(other)
  await other.keyboard.press('Control+Shift+L')
  await expect(page.locator('.lock')).toContainText('Recovery code. Closed before it was read back: nothing was changed')
  expect(await keptByPage(page)).not.toContain(groups[0])
  await page.getByLabel('Passphrase', { exact: true }).fill(paperPassphrase)
  await page.keyboard.press('Enter')
  await expect(page.locator('.lock')).toBeHidden({ timeout: 15_000 })
  await other.close()
})

test('given a wrong passphrase, when a code is asked for, then there is none and the sentence says so', onlyFull, async ({ page }) => {
  await fromBooks(page, 'Make a recovery code…')
  const made = dialog(page, 'Recovery code')
  await made.getByLabel('Passphrase', { exact: true }).fill('not the one at all')
  await page.keyboard.press('Enter')
  await expect(made.getByRole('alert')).toContainText('not the right one', { timeout: 15_000 })
  await expect(made.getByLabel('Passphrase', { exact: true })).toHaveValue('')
})

test('given a passphrase, when it is changed, then only the new one unlocks, and none of them was in a frame or stays on the page', onlyFull, async ({ page }) => {
  const changed = 'another keel, ten letters'
  const frames = catchFrames(page)
  await page.reload()
  await fromBooks(page, 'Change the passphrase…')
  const change = dialog(page, 'Change the passphrase')
  expect(await findHurdles(page)).toEqual([])
  const fill = async (old: string, next: string, again: string): Promise<void> => {
    await change.getByLabel('Passphrase so far').fill(old)
    await change.getByLabel('New passphrase').fill(next)
    await change.getByLabel('The same once more').fill(again)
    await page.keyboard.press('Enter')
  }
  await fill(paperPassphrase, changed, `${changed}!`)
  await expect(change.getByRole('alert')).toContainText('not the same')
  await expect(change.getByLabel('New passphrase')).toHaveValue('')
  await fill('not the one at all', changed, changed)
  await expect(change.getByRole('alert')).toContainText('not the right one', { timeout: 15_000 })
  await fill(paperPassphrase, changed, changed)
  await expect(change).toBeHidden({ timeout: 30_000 })
  await page.keyboard.press('Control+Shift+L')
  const field = page.getByLabel('Passphrase', { exact: true })
  await field.fill(paperPassphrase)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('alert').filter({ hasText: 'That is not it' })).toBeVisible({ timeout: 15_000 })
  await field.fill(changed)
  await page.keyboard.press('Enter')
  await expect(page.locator('.lock')).toBeHidden({ timeout: 20_000 })
  const rest = await keptByPage(page)
  for (const secret of [paperPassphrase, changed]) {
    expect(frames.join('\n')).not.toContain(secret)
    expect(rest).not.toContain(secret)
  }
})

test('given the secret of a service, when it is typed, replaced and removed, then each is said and it is shown nowhere', onlyFull, async ({ page }) => {
  const frames = catchFrames(page)
  await page.reload()
  await untilFresh(page)
  await page.keyboard.press('Control+,')
  const settings = dialog(page, 'Settings')
  await settings.getByRole('tab', { name: 'Alerts', exact: true }).click()
  expect(await findHurdles(page)).toEqual([])
  const telegram = settings.getByRole('group', { name: 'Telegram token' })
  const field = telegram.getByLabel('Telegram token')
  await expect(telegram.getByRole('button', { name: 'Keep' })).toBeDisabled()
  for (const secret of ['123456:first-token-of-a-bot', '123456:second-token-of-a-bot']) {
    await field.fill(secret)
    await field.press('Enter')
    await expect(telegram.getByRole('status')).toContainText('Kept. It is not shown again.', { timeout: 15_000 })
    await expect(field).toHaveValue('')
    expect(await keptByPage(page)).not.toContain(secret)
    expect(frames.join('\n')).not.toContain(secret)
  }
  await expect(settings).toBeVisible()
  await telegram.getByRole('button', { name: 'Remove' }).click()
  await expect(telegram.getByRole('status')).toContainText('Removed: none is kept now.', { timeout: 15_000 })
})
