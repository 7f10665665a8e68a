/** The desk of the storm: watchlist, four charts, ladder and tape, all of them to be seen at once. */
const leaf = (size: number, id: string) => ({ type: 'leaf', size, data: { id, views: [id], activeView: id } })
const branch = (size: number, ...children: readonly object[]) => ({ type: 'branch', size, data: children })

const panelIds = ['watchlist', 'chart-2', 'chart-3', 'chart-4', 'chart-5', 'ladder', 'tape']

const panelsOf = (ids: readonly string[]) =>
  Object.fromEntries(ids.map((id) => [id, { id, contentComponent: id, title: id, minimumWidth: 200, minimumHeight: 120 }]))

const layout = {
  grid: {
    width: 1_432,
    height: 784,
    orientation: 'HORIZONTAL',
    root: branch(
      784,
      leaf(240, 'watchlist'),
      branch(462, leaf(392, 'chart-2'), leaf(392, 'chart-4')),
      branch(462, leaf(392, 'chart-3'), leaf(392, 'chart-5')),
      branch(268, leaf(484, 'ladder'), leaf(300, 'tape')),
    ),
  },
  panels: panelsOf(panelIds),
  activeGroup: 'watchlist',
}

/** What a browser keeps of a trader who has laid out his desk like this. */
const storageOf = (laidOut: object): Readonly<Record<string, string>> => ({
  'ballast.first-run': JSON.stringify({ version: 1, isDone: true }),
  'ballast.workspace': JSON.stringify({ version: 1, shown: 'research' }),
  'ballast.layout.research': JSON.stringify({ version: 1, layout: laidOut }),
})

export const stormStorage = storageOf(layout)

/** One stack of panels, of which the first one is in front and hides all others. */
const stackOf = (ids: readonly string[]) => ({
  grid: {
    width: 1_432,
    height: 784,
    orientation: 'HORIZONTAL',
    root: branch(784, { type: 'leaf', size: 1_432, data: { id: 'stack', views: ids, activeView: ids[0] } }),
  },
  panels: panelsOf(ids),
  activeGroup: 'stack',
})

export const hiddenStorage = storageOf(stackOf(['clock', ...panelIds]))
export const aloneStorage = storageOf(stackOf(['clock']))
export const oneChartStorage = storageOf(stackOf(['chart-2']))
