import { lazy, type ComponentType } from 'react'
import type { PanelProps } from '../ui/panel-props.ts'
import type { PanelEntry } from './panel-registry.ts'

/** Fetched when it is first shown: the first paint does not wait for what draws the market. */
const fetched = (load: () => Promise<ComponentType<PanelProps>>): ComponentType<PanelProps> =>
  lazy(async () => ({ default: await load() }))

const chart = fetched(async () => (await import('../panels/chart/chart-panel.tsx')).ChartPanel)

const watchlist = fetched(async () => (await import('../panels/watchlist/watchlist-panel.tsx')).WatchlistPanel)
const ladder = fetched(async () => (await import('../panels/ladder/ladder-panel.tsx')).LadderPanel)
const tape = fetched(async () => (await import('../panels/tape/tape-panel.tsx')).TapePanel)
const feed = fetched(async () => (await import('../panels/feed/feed-panel.tsx')).FeedPanel)
const depth = fetched(async () => (await import('../panels/depth/depth-panel.tsx')).DepthPanel)

const isOfMarket = true

/** What shows the market. Up to nine charts, each with settings of its own. */
export const marketPanels: readonly PanelEntry[] = [
  { id: 'watchlist', title: 'screen.panel.watchlist', keys: 'W', content: watchlist, isOfMarket },
  { id: 'chart', title: 'screen.panel.chart', keys: 'G', content: chart, isOfMarket },
  ...([2, 3, 4, 5, 6, 7, 8, 9] as const).map((number): PanelEntry => ({
    id: `chart-${number}`, title: `screen.panel.chart-${number}`, content: chart, isOfMarket, isSpare: true,
  })),
  { id: 'ladder', title: 'screen.panel.ladder', keys: 'D', content: ladder, isOfMarket },
  { id: 'tape', title: 'screen.panel.tape', keys: 'P', content: tape, isOfMarket },
  { id: 'feed', title: 'screen.panel.feed', keys: 'I', content: feed, isOfMarket },
  { id: 'depth', title: 'screen.panel.depth', keys: 'V', content: depth, isOfMarket },
]
