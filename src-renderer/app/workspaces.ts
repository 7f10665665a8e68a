import { Orientation, type SerializedDockview } from 'dockview-react'
import type { WorkspaceId } from '../stores/workspace.ts'

export interface Workspace {
  readonly id: WorkspaceId
  /** Its name, with which `.go` is the command that goes to it. */
  readonly title: `screen.workspace.${WorkspaceId}`
  readonly keys: string
  /** How its panels lie before anyone has moved them; shares of the desk, as dockview scales them to the window. */
  readonly firstLayout: SerializedDockview
}

type GridNode = SerializedDockview['grid']['root']

/** The desk of a window of 1440 by 900. */
const width = 1_432
const height = 784

/** The first of them is in front. */
const leaf = (size: number, front: string, ...behind: readonly string[]): GridNode => ({
  type: 'leaf', size, data: { id: front, views: [front, ...behind], activeView: front },
})
const branch = (size: number, ...children: GridNode[]): GridNode => ({ type: 'branch', size, data: children })

const viewsOf = ({ data }: GridNode): readonly string[] => (Array.isArray(data) ? data.flatMap(viewsOf) : data.views)

/** What a small window may take from each before its panel has to scroll. */
const panel = (id: string): SerializedDockview['panels'][string] => ({
  id, contentComponent: id, title: id, minimumWidth: 240, minimumHeight: id === 'engine' ? 240 : 120,
})

/** Columns side by side, each of them cut into rows. */
function layoutOf(activeGroup: string, ...columns: GridNode[]): SerializedDockview {
  const root = branch(height, ...columns)
  return {
    grid: { width, height, orientation: Orientation.HORIZONTAL, root },
    panels: Object.fromEntries(viewsOf(root).map((id) => [id, panel(id)])),
    activeGroup,
  }
}

/** What a newcomer sees: a market that moves, and what became of his orders. */
const trade: Workspace = {
  id: 'trade',
  title: 'screen.workspace.trade',
  keys: 'Alt 1',
  firstLayout: layoutOf(
    'chart',
    branch(1_164, branch(524, leaf(240, 'watchlist'), leaf(924, 'chart')), leaf(260, 'orders', 'positions', 'fills', 'history', 'portfolio', 'activity', 'alerts', 'engine', 'feed')),
    branch(268, leaf(500, 'ladder', 'depth'), leaf(284, 'tape')),
  ),
}

/** Its charts are others than the one of Trade, so that what is looked at there stays. */
const research: Workspace = {
  id: 'research',
  title: 'screen.workspace.research',
  keys: 'Alt 2',
  firstLayout: layoutOf(
    'chart-2',
    leaf(240, 'watchlist'),
    branch(596, leaf(392, 'chart-2'), leaf(392, 'chart-4')),
    branch(596, leaf(392, 'chart-3'), leaf(392, 'chart-5')),
  ),
}

const review: Workspace = {
  id: 'review',
  title: 'screen.workspace.review',
  keys: 'Alt 3',
  firstLayout: layoutOf(
    'history', branch(932, leaf(464, 'history', 'fills', 'ledger'), leaf(320, 'activity', 'alerts')), branch(500, leaf(464, 'portfolio', 'balances'), leaf(320, 'books', 'health')),
  ),
}

const risk: Workspace = {
  id: 'risk',
  title: 'screen.workspace.risk',
  keys: 'Alt 4',
  firstLayout: layoutOf(
    'engine',
    branch(932, leaf(300, 'engine'), leaf(484, 'health', 'feed')),
    branch(500, leaf(392, 'connection', 'alerts'), leaf(392, 'clock')),
  ),
}

const system: Workspace = {
  id: 'desk',
  title: 'screen.workspace.desk',
  keys: 'Alt 5',
  firstLayout: layoutOf(
    'engine',
    branch(1_040, leaf(240, 'engine'), leaf(544, 'activity', 'alerts')),
    branch(392, leaf(392, 'connection', 'health'), leaf(392, 'clock', 'books')),
  ),
}

/** In the order of their keys and of the top bar. */
export const workspaces: readonly Workspace[] = [trade, research, review, risk, system]

export const workspaceOf = (id: WorkspaceId): Workspace => workspaces.find((workspace) => workspace.id === id) ?? trade
