import type { Locator, Page, WebSocketRoute } from 'playwright/test'
import { expect } from '../fixtures.ts'

export type PanelId =
  | 'engine' | 'activity' | 'connection' | 'clock' | 'alerts' | 'health' | 'books'
  | 'orders' | 'positions' | 'fills' | 'history' | 'balances' | 'ledger' | 'portfolio'
  | 'chart' | 'watchlist' | 'ladder' | 'tape' | 'depth' | 'feed'

/** The parts of the screen, by what a person calls them. */
export const haltButton = (page: Page): Locator => page.locator('.halt')
export const engineWord = (page: Page): Locator => page.locator('.engine-word output')
export const band = (page: Page): Locator => page.locator('.band')
export const panel = (page: Page, id: PanelId): Locator => page.locator(`[data-panel="${id}"]`)
export const statusBar = (page: Page): Locator => page.getByRole('contentinfo')

/** Until the engine has said how it is, and its books are open: before that the screen shows blanks, and takes no commands. */
export async function untilFresh(page: Page): Promise<void> {
  await expect(engineWord(page)).toBeVisible()
  await expect(page.locator('.engine-word')).not.toHaveClass(/stale/)
  await expect(page.locator('.frame')).toHaveAttribute('data-books', 'open', { timeout: 15_000 })
}

export async function openPalette(page: Page): Promise<Locator> {
  await page.keyboard.press('Control+k')
  const field = page.getByRole('dialog').getByRole('combobox')
  await expect(field).toBeFocused()
  return field
}

/** From the next load on the page's line runs through this, and can be cut and mended; the host behind it is the real one. */
export async function holdLine(page: Page): Promise<{ cut(): Promise<void>; mend(): void }> {
  const lines = new Set<WebSocketRoute>()
  let isCut = false
  await page.routeWebSocket('**/ws', async (line) => {
    if (isCut) return line.close()
    line.connectToServer()
    lines.add(line)
  })
  await page.reload()
  await untilFresh(page)
  return {
    async cut() {
      isCut = true
      for (const line of lines) await line.close()
      lines.clear()
    },
    mend: () => void (isCut = false),
  }
}

/** By its name in the palette: the way to everything. */
export async function runCommand(page: Page, name: string): Promise<void> {
  const field = await openPalette(page)
  await field.fill(name)
  await expect(page.getByRole('dialog').getByRole('option').first()).toContainText(name)
  await page.keyboard.press('Enter')
}
