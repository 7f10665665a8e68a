import { Orientation, type SerializedDockview } from 'dockview-react'

export interface Workspace {
  readonly id: string
  /** Its name, with which `.go` is the command that goes to it. */
  readonly title: 'screen.workspace.desk'
  readonly keys: string
  /** How its panels lie before anyone has moved them; shares of the desk, as dockview scales them to the window. */
  readonly firstLayout: SerializedDockview
}

type GridNode = SerializedDockview['grid']['root']

/** The first of them is in front. */
const leaf = (size: number, front: string, ...behind: readonly string[]): GridNode => ({
  type: 'leaf', size, data: { id: front, views: [front, ...behind], activeView: front },
})
const branch = (size: number, children: GridNode[]): GridNode => ({ type: 'branch', size, data: children })
const panel = (id: string, minimumHeight: number): SerializedDockview['panels'][string] => ({
  id, contentComponent: id, title: id, minimumWidth: 240, minimumHeight,
})

/** Only workspaces that hold something are shown. */
export const desk: Workspace = {
  id: 'desk',
  title: 'screen.workspace.desk',
  keys: '1',
  firstLayout: {
    grid: {
      width: 1_432,
      height: 784,
      orientation: Orientation.HORIZONTAL,
      root: branch(784, [
        branch(1_040, [leaf(240, 'engine'), leaf(544, 'activity', 'alerts')]),
        branch(392, [leaf(392, 'connection', 'health'), leaf(392, 'clock', 'books')]),
      ]),
    },
    // What a small window may take from each before its panel has to scroll.
    panels: {
      engine: panel('engine', 240),
      activity: panel('activity', 120),
      connection: panel('connection', 120),
      clock: panel('clock', 120),
      alerts: panel('alerts', 120),
      health: panel('health', 120),
      books: panel('books', 120),
    },
    activeGroup: 'engine',
  },
}

export const workspaces: readonly Workspace[] = [desk]
