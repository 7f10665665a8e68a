import type { ReactNode } from 'react'
import { sortWatchlist, useWatchlist, type WatchColumn } from '../../stores/market-watchlist.ts'
import { useText } from '../../ui/use-text.ts'

const narrow: readonly WatchColumn[] = ['last', 'change']
const wide: readonly WatchColumn[] = ['bid', 'ask', 'spread', 'volume', 'age']

/** The columns' names, each of which sorts by it. */
export function WatchHead(): ReactNode {
  const text = useText()
  return (
    <div role="row" className="watch-row watch-heads cap">
      <span role="columnheader"><span className="for-readers-only">{text('screen.feed.state')}</span></span>
      <ColumnHead column="symbol" className="watch-symbol" />
      <span role="columnheader" className="watch-spark">{text('screen.watchlist.day')}</span>
      {narrow.map((column) => <ColumnHead key={column} column={column} className={`num watch-${column}`} />)}
      {wide.map((column) => <ColumnHead key={column} column={column} className="num watch-wide" />)}
      <span role="columnheader" className="watch-star"><span className="for-readers-only">{text('screen.watchlist.favourite')}</span></span>
    </div>
  )
}

function ColumnHead({ column, className }: { readonly column: WatchColumn; readonly className: string }): ReactNode {
  const text = useText()
  const isSorted = useWatchlist((choices) => choices.column === column)
  const isDescending = useWatchlist((choices) => choices.isDescending)
  const name = text(`screen.market.${column}`)
  const mark = isSorted ? (isDescending ? '↓' : '↑') : ''
  return (
    <span role="columnheader" className={className} aria-sort={isSorted ? (isDescending ? 'descending' : 'ascending') : 'none'}>
      <button type="button" className="focus-inside" title={text('screen.watchlist.sort', { column: name })} onClick={() => sortWatchlist(column)}>
        {`${mark}${name}${column === 'change' ? ' %' : ''}`}
      </button>
    </span>
  )
}
