import type { ComponentType } from 'react'
import { ActivityPanel } from '../panels/activity/activity-panel.tsx'
import { AlertsPanel } from '../panels/alerts/alerts-panel.tsx'
import { BooksPanel } from '../panels/books/books-panel.tsx'
import { ClockPanel } from '../panels/clock/clock-panel.tsx'
import { ConnectionPanel } from '../panels/connection/connection-panel.tsx'
import { EnginePanel } from '../panels/engine/engine-panel.tsx'
import { HealthPanel } from '../panels/health/health-panel.tsx'
import type { PanelProps } from '../ui/panel-props.ts'
import { marketPanels } from './market-panels.ts'
import { tradingPanels } from './trading-panels.ts'

type ChartNumber = 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9

/** Each panel's name, with which `.go` is the command that goes to it. */
export type PanelTitle =
  | 'screen.panel.engine' | 'screen.panel.activity' | 'screen.panel.connection' | 'screen.panel.clock'
  | 'screen.panel.alerts' | 'screen.panel.health' | 'screen.panel.books'
  | 'screen.panel.watchlist' | 'screen.panel.ladder' | 'screen.panel.tape' | 'screen.panel.depth' | 'screen.panel.feed'
  | 'screen.panel.orders' | 'screen.panel.positions' | 'screen.panel.fills' | 'screen.panel.history' | 'screen.panel.balances' | 'screen.panel.ledger'
  | 'screen.panel.portfolio'
  | 'screen.panel.chart' | `screen.panel.chart-${ChartNumber}`

export interface PanelEntry {
  readonly id: string
  readonly title: PanelTitle
  /** Goes to it, where no field has the keyboard. */
  readonly keys?: string
  readonly content: ComponentType<PanelProps>
  /** Follows the market: it is taken out of the page while nobody can see it, and costs nothing then. */
  readonly isOfMarket?: boolean
  /** One of several: offered by name only where it lies on the desk. */
  readonly isSpare?: boolean
}

/** Every panel there is. A new one is a line here and a place in a workspace's first layout. */
export const panels: readonly PanelEntry[] = [
  ...marketPanels,
  ...tradingPanels,
  { id: 'engine', title: 'screen.panel.engine', keys: 'E', content: EnginePanel },
  { id: 'activity', title: 'screen.panel.activity', keys: 'A', content: ActivityPanel },
  { id: 'connection', title: 'screen.panel.connection', keys: 'C', content: ConnectionPanel },
  { id: 'clock', title: 'screen.panel.clock', keys: 'L', content: ClockPanel },
  { id: 'alerts', title: 'screen.panel.alerts', keys: 'N', content: AlertsPanel },
  { id: 'health', title: 'screen.panel.health', keys: 'H', content: HealthPanel },
  { id: 'books', title: 'screen.panel.books', keys: 'O', content: BooksPanel },
]

export const panelIds: readonly string[] = panels.map((panel) => panel.id)

export const panelOf = (id: string): PanelEntry | undefined => panels.find((panel) => panel.id === id)

/** Those of the first one that lie nowhere yet are free to be opened. */
export const chartIds: readonly string[] = panelIds.filter((id) => /^chart(-\d)?$/.test(id))
