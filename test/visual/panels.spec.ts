import type { Page } from 'playwright/test'
import { ensureDefined } from '../../src-main/base/index.ts'
import { expect, onlyFull, test } from '../e2e/fixtures.ts'
import { panel, untilFresh, type PanelId } from '../e2e/screen/on-screen.ts'
import { rewriteLine } from '../e2e/screen/rewritten-line.ts'
import { houseSight, houseSights, type HouseSight } from './house-states.ts'
import { marketSights, sightOf, type MarketSight } from './market-states.ts'

/** The fonts are drawn as they were when the pictures were taken on one system alone. */
const hasPictures = process.platform === 'linux'

/** What goes on by itself although the market stands still: ages, and the clock of the feed. */
const ages = '.market-age, .watch-foot, [data-cell="age"], [data-cell="state-age"], .feed .facts .live-text { visibility: hidden !important; }'

const inFront = ['watchlist', 'chart', 'ladder', 'tape'] as const satisfies readonly PanelId[]
/** The feed has no state of its own for an instrument that is old or crossed. */
const ofFeed: readonly MarketSight[] = ['absent', 'loading', 'live', 'down']
const behindIn = (sight: MarketSight): readonly PanelId[] => (ofFeed.includes(sight) ? ['depth', 'feed'] : ['depth'])

/** The desk shares out its room anew when a line of words comes above it, and a pixel more or less may fall to a panel. */
const steadyHeight = (height: number): number => Math.floor((height - 4) / 8) * 8 + 4

async function takePicture(page: Page, id: PanelId, state: string): Promise<void> {
  if (!hasPictures) return
  // What was asked for has come, and was drawn.
  await page.waitForTimeout(300)
  const { x, y, width, height } = ensureDefined(await panel(page, id).boundingBox(), 'the place of the panel')
  const picture = await page.screenshot({ animations: 'disabled', caret: 'hide', clip: { x: Math.ceil(x), y: Math.ceil(y), width: Math.floor(width), height: steadyHeight(height) } })
  expect.soft(picture).toMatchSnapshot(`panel-${id}-${state}.png`, { maxDiffPixelRatio: 0.03 })
}

/** Told by a word in the ladder's head or in its place, so that the picture is not taken too early. */
const signs: Readonly<Record<MarketSight, RegExp>> = {
  absent: /no market data|No market/i, empty: /Live/, loading: /Waiting/, live: /Live/, stale: /Stale/, crossed: /Crossed/, down: /No feed/, error: /did not answer/,
}

test.describe('a panel of the market', () => {
  test.use({
    surroundings: { BALLAST_DEMO_STANDS_AT: '1772461900' }, reducedMotion: 'reduce', viewport: { width: 1440, height: 900 },
    kept: {
      'ballast.first-run': '{"version":1,"isDone":true}', 'ballast.workspace': '{"version":1,"shown":"trade"}',
      'ballast.preferences': '{"version":1,"theme":"dark","palette":"default","language":"en"}',
    },
  })

  for (const sight of marketSights) {
    test(`looks ${sight} as it did`, onlyFull, async ({ page, ballast }) => {
      test.slow()
      await rewriteLine(page, ballast.url, sightOf(sight))
      await page.reload()
      await untilFresh(page)
      await page.addStyleTag({ content: ages })
      await expect(panel(page, 'ladder')).toContainText(signs[sight], { timeout: 15_000 })
      if (sight !== 'loading') await expect(page.getByText('Loading bars…')).toHaveCount(0, { timeout: 15_000 })
      await page.waitForTimeout(500)
      for (const id of inFront) await takePicture(page, id, sight)
      for (const id of behindIn(sight)) {
        await page.locator('.dv-tab', { hasText: id === 'depth' ? 'Depth' : 'Feed' }).click()
        await expect(panel(page, id)).toBeVisible()
        await takePicture(page, id, sight)
      }
    })
  }
})

const housePanels = {
  review: ['activity', 'alerts', 'books', 'health'],
  risk: ['engine', 'connection', 'clock'],
} as const satisfies Readonly<Record<string, readonly PanelId[]>>

/** These are made of what the engine says with its first word: there is nothing less to see of them. */
const neverBlank: readonly PanelId[] = ['books', 'engine', 'connection', 'clock']
const seenIn = (sight: HouseSight, ids: readonly PanelId[]): readonly PanelId[] =>
  sight === 'loading' || sight === 'empty' ? ids.filter((id) => !neverBlank.includes(id)) : ids

/** Times, ages, measures and ids are never twice the same; whether a measure is on its target is the machine's affair. */
const passing = '.live-text, [data-figure], .mono, .num, .engine-head .note, time, canvas, .board path { visibility: hidden !important; }'

test.describe('a panel of the house', () => {
  test.use({
    reducedMotion: 'reduce', viewport: { width: 1440, height: 900 },
    kept: {
      'ballast.first-run': '{"version":1,"isDone":true}', 'ballast.workspace': '{"version":1,"shown":"review"}',
      'ballast.preferences': '{"version":1,"theme":"dark","palette":"default","language":"en"}',
    },
  })

  for (const sight of houseSights) {
    test(`looks ${sight} as it did`, onlyFull, async ({ page, ballast }) => {
      test.slow()
      let shown: HouseSight = sight === 'stale' ? 'live' : sight
      await rewriteLine(page, ballast.url, (message, name) => houseSight(shown, message, name))
      for (const [workspace, panels] of Object.entries(housePanels)) {
        const ids = seenIn(sight, panels)
        if (ids.length === 0) continue
        shown = sight === 'stale' ? 'live' : sight
        await page.evaluate((text) => localStorage.setItem('ballast.workspace', text), JSON.stringify({ version: 1, shown: workspace }))
        await page.reload()
        await untilFresh(page)
        await page.addStyleTag({ content: passing })
        await page.waitForTimeout(600)
        shown = sight
        if (sight === 'stale') await expect(page.locator('.engine-word')).toHaveClass(/stale/, { timeout: 15_000 })
        for (const id of ids) {
          if (id === 'health' || id === 'alerts') await page.locator('.dv-tab', { hasText: id === 'health' ? 'Health' : 'Alerts' }).first().click()
          await takePicture(page, id, sight)
        }
      }
    })
  }
})
