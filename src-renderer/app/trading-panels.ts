import { lazy, type ComponentType } from 'react'
import type { PanelProps } from '../ui/panel-props.ts'
import type { PanelEntry } from './panel-registry.ts'

/** Fetched when it is first shown: the first paint does not wait for tables. */
const fetched = (load: () => Promise<ComponentType<PanelProps>>): ComponentType<PanelProps> => lazy(async () => ({ default: await load() }))

const orders = fetched(async () => (await import('../panels/blotter/orders-panel.tsx')).OrdersPanel)
const positions = fetched(async () => (await import('../panels/blotter/positions-panel.tsx')).PositionsPanel)
const fills = fetched(async () => (await import('../panels/blotter/fills-panel.tsx')).FillsPanel)
const history = fetched(async () => (await import('../panels/blotter/history-panel.tsx')).HistoryPanel)
const balances = fetched(async () => (await import('../panels/blotter/balances-panel.tsx')).BalancesPanel)
const ledger = fetched(async () => (await import('../panels/blotter/ledger-panel.tsx')).LedgerPanel)
const portfolio = fetched(async () => (await import('../panels/portfolio/portfolio-panel.tsx')).PortfolioPanel)

/** Nothing of them runs while nobody can see them. */
const isOfMarket = true

/** What became of orders, and what is held. */
export const tradingPanels: readonly PanelEntry[] = [
  { id: 'orders', title: 'screen.panel.orders', keys: 'Shift O', content: orders, isOfMarket },
  { id: 'positions', title: 'screen.panel.positions', keys: 'Shift P', content: positions, isOfMarket },
  { id: 'fills', title: 'screen.panel.fills', keys: 'Shift I', content: fills, isOfMarket },
  { id: 'history', title: 'screen.panel.history', keys: 'Shift H', content: history, isOfMarket },
  { id: 'balances', title: 'screen.panel.balances', keys: 'Shift A', content: balances, isOfMarket },
  { id: 'ledger', title: 'screen.panel.ledger', keys: 'Shift G', content: ledger, isOfMarket },
  { id: 'portfolio', title: 'screen.panel.portfolio', keys: 'Shift E', content: portfolio, isOfMarket },
]
