import { memo, useEffect, useRef, type ReactNode } from 'react'
import type { InstrumentView } from '../../../src-preload/contract/index.ts'
import { useShownState, type ShownState } from '../../stores/market-state.ts'
import { QuoteSign, quoteLook } from '../../ui/quote-sign.tsx'
import { useText } from '../../ui/use-text.ts'
import type { RowWriter } from './row-writer.ts'

interface WatchRowProps {
  readonly instrument: InstrumentView
  readonly writer: RowWriter
  readonly rowId: string
  readonly isActive: boolean
  readonly isSelected: boolean
  readonly isFavourite: boolean
  readonly onChoose: (instrument: string) => void
  readonly onFavourite: (instrument: string) => void
}

/** Those whose prices ask for a word where the change would be, and for their age where the day's line would be. */
const isTold = (state: ShownState): boolean => state !== 'live' && state !== 'closed' && state !== 'paused' && state !== 'waiting'

const wide = [
  { name: 'bid', look: 'ink-1' },
  { name: 'ask', look: 'ink-1' },
  { name: 'spread', look: 'ink-2' },
  { name: 'volume', look: 'ink-2' },
  { name: 'age', look: 'ink-3' },
] as const

const star = 'M6 1.5l1.4 2.9 3.1.4-2.3 2.2.6 3.1L6 8.6l-2.8 1.5.6-3.1L1.5 4.8l3.1-.4z'

interface CellProps {
  readonly className: string
  readonly title?: string
  readonly children: ReactNode
}

const Cell = ({ className, title, children }: CellProps): ReactNode => <span role="gridcell" className={className} title={title}>{children}</span>

/** One instrument. Its figures are written past React; it is drawn anew when its state or its selection changes. */
export const WatchRow = memo(function WatchRow(props: WatchRowProps): ReactNode {
  const { instrument, writer, rowId, isActive, isSelected, isFavourite, onChoose, onFavourite } = props
  const text = useText()
  const row = useRef<HTMLDivElement>(null)
  const state = useShownState(instrument.id)
  useEffect(() => (row.current === null ? undefined : writer.add(instrument, row.current)), [writer, instrument])
  return (
    // The keyboard is at the list, which moves from row to row: a row by itself takes only the pointer.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
    <div
      ref={row} id={rowId} role="row" aria-selected={isSelected} className="watch-row"
      data-instrument={instrument.id} data-active={isActive} data-state={state}
      onClick={() => onChoose(instrument.id)}
    >
      <Cell className={`watch-sign ${quoteLook(state)}`} title={text(`screen.quote.${state}.means`)}>
        <QuoteSign state={state} />
        <span className="for-readers-only">{text(`screen.quote.${state}`)}</span>
      </Cell>
      <Cell className="watch-symbol" title={`${instrument.id} · ${instrument.name}`}>
        <span className="med">{instrument.base}</span> <span className="ink-3">{text(`screen.watchlist.kind.${instrument.kind}`)}</span>
      </Cell>
      <Cell className={`watch-spark ${isTold(state) ? 'watch-is-told' : ''}`}>
        <canvas aria-hidden="true" />
        <span className="watch-told num" data-cell="state-age" />
      </Cell>
      <Cell className="watch-last num"><span data-cell="last" data-figure /><i className="watch-tint" /></Cell>
      <Cell className={`watch-change num ${isTold(state) ? 'watch-is-told' : ''}`}>
        <span data-cell="change" data-figure />
        <span className={`watch-told ${quoteLook(state)}`}>{text(`screen.quote.${state}`)}</span>
      </Cell>
      {wide.map(({ name, look }) => <Cell key={name} className={`watch-wide num ${look}`}><span data-cell={name} data-figure /></Cell>)}
      <span role="gridcell" className="watch-star">
        <button
          type="button" tabIndex={-1} aria-pressed={isFavourite} aria-label={text('screen.watchlist.favourite.of', { instrument: instrument.id })}
          onClick={(event) => {
            event.stopPropagation()
            onFavourite(instrument.id)
          }}
        >
          <svg viewBox="0 0 12 12" className="icon" aria-hidden="true">
            <path d={star} fill={isFavourite ? 'currentColor' : 'none'} strokeWidth="1" />
          </svg>
        </button>
      </span>
    </div>
  )
})
