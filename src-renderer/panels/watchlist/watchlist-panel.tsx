import { useCallback, useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import type { InstrumentView } from '../../../src-preload/contract/index.ts'
import { freshAgeText } from '../../format/duration.ts'
import { chooseLinkedInstrument, offerLinkedInstrument, useLinkedInstrument } from '../../stores/linked-symbol.ts'
import { useInstruments } from '../../stores/market-instruments.ts'
import { heardQuote, heardQuotes, holdQuotes, quoteAgeMs } from '../../stores/market-quotes.ts'
import { holdSparks } from '../../stores/market-sparks.ts'
import { usePanelLink } from '../../stores/panel-links.ts'
import { shownStateOf } from '../../stores/market-state.ts'
import { toggleFavourite, useWatchlist, watchGroups, type WatchGroup } from '../../stores/market-watchlist.ts'
import { LiveText } from '../../ui/live-text.tsx'
import { NoInstrument, PanelLink } from '../../ui/market-panel.tsx'
import { PanelMessage } from '../../ui/panel-message.tsx'
import type { PanelProps } from '../../ui/panel-props.ts'
import { StreamFault } from '../../ui/stream-fault.tsx'
import { useHold } from '../../ui/use-hold.ts'
import { useShown } from '../../ui/use-shown.ts'
import { useLocale, useText } from '../../ui/use-text.ts'
import { RowWriter } from './row-writer.ts'
import { useWatchOrder } from './use-watch-order.ts'
import { WatchHead } from './watch-head.tsx'
import { WatchRow } from './watch-row.tsx'
import './watchlist-panel.css'

/** All instruments with their prices; the one that is chosen is shown by every panel that is linked. */
export function WatchlistPanel({ panelId }: PanelProps): ReactNode {
  const colour = usePanelLink(panelId)
  const root = useRef<HTMLDivElement>(null)
  const isShown = useShown(root)
  const { list } = useInstruments()
  const [query, setQuery] = useState('')
  const first = list[0]?.id
  useHold(holdQuotes, isShown)
  useHold(holdSparks, isShown && list.length > 0)
  useEffect(() => {
    if (first !== undefined) offerLinkedInstrument(colour, first)
  }, [colour, first])
  return (
    <div className="watchlist" ref={root}>
      {list.length === 0 ? <NoInstrument chosen={undefined} /> : (
        <>
          <WatchTools panelId={panelId} query={query} onQuery={setQuery} />
          <WatchGrid panelId={panelId} list={list} query={query} />
          <WatchFoot list={list} />
        </>
      )}
      <StreamFault hold={holdQuotes} read={readError} />
    </div>
  )
}

const readError = (): ReturnType<typeof heardQuotes>['error'] => heardQuotes().error

interface WatchToolsProps extends PanelProps {
  readonly query: string
  readonly onQuery: (query: string) => void
}

function WatchTools({ panelId, query, onQuery }: WatchToolsProps): ReactNode {
  const text = useText()
  const group = useWatchlist((choices) => choices.group)
  return (
    <div className="market-tools watch-tools">
      <PanelLink panelId={panelId} />
      <input
        type="search" className="market-field grow" value={query} autoComplete="off" spellCheck={false}
        placeholder={text('screen.watchlist.find')} aria-label={text('screen.watchlist.search')} onChange={(event) => onQuery(event.target.value)}
      />
      <select
        className="market-field" value={group} aria-label={text('screen.watchlist.group')}
        onChange={(event) => useWatchlist.setState({ group: groupOf(event.target.value) })}
      >
        {watchGroups.map((each) => <option key={each} value={each}>{text(`screen.watchlist.group.${each}`)}</option>)}
      </select>
    </div>
  )
}

const groupOf = (value: string): WatchGroup => watchGroups.find((each) => each === value) ?? 'all'

interface WatchGridProps extends PanelProps {
  readonly list: readonly InstrumentView[]
  readonly query: string
}

function WatchGrid({ panelId, list, query }: WatchGridProps): ReactNode {
  const text = useText()
  const locale = useLocale()
  const grid = useRef<HTMLDivElement>(null)
  const keys = useId()
  const [writer] = useState(() => new RowWriter())
  const [active, setActive] = useState<string>()
  const colour = usePanelLink(panelId)
  const selected = useLinkedInstrument(colour)
  const favourites = useWatchlist((choices) => choices.favourites)
  const shown = useWatchOrder(list, query, grid)
  useEffect(() => writer.start(locale), [writer, locale])
  const choose = useCallback((instrument: string) => {
    setActive(instrument)
    chooseLinkedInstrument(colour, instrument)
  }, [colour])
  // Where the keyboard is; a row that the search or the group has taken away cannot be acted on.
  const wanted = active ?? selected
  const at = shown.some(({ id }) => id === wanted) ? wanted : undefined
  return (
    <>
      <p id={keys} className="for-readers-only">{text('screen.watchlist.keys')}</p>
      <div
        className="watch-grid focus-inside" role="grid" tabIndex={0} ref={grid} aria-label={text('screen.panel.watchlist')} aria-describedby={keys}
        aria-rowcount={shown.length + 1} aria-activedescendant={at === undefined ? undefined : rowIdOf(at)}
        onKeyDown={(event) => pressed(event, { shown, at, move: setActive, choose })}
      >
        <WatchHead />
        {shown.length === 0 && <NothingShown query={query} />}
        {shown.map((instrument) => (
          <WatchRow
            key={instrument.id} instrument={instrument} writer={writer} rowId={rowIdOf(instrument.id)} isActive={instrument.id === at}
            isSelected={instrument.id === selected} isFavourite={favourites.includes(instrument.id)} onChoose={choose} onFavourite={toggleFavourite}
          />
        ))}
      </div>
    </>
  )
}

const rowIdOf = (instrument: string): string => `watch-${instrument}`

interface Watched {
  readonly shown: readonly InstrumentView[]
  /** The row that has the keyboard, if it is one of those that are shown. */
  readonly at: string | undefined
  readonly move: (instrument: string) => void
  readonly choose: (instrument: string) => void
}

function pressed(event: KeyboardEvent, { shown, at, move, choose }: Watched): void {
  if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return
  const nth = shown.findIndex(({ id }) => id === at)
  const next: Readonly<Record<string, number>> = { ArrowDown: nth + 1, ArrowUp: nth < 0 ? 0 : nth - 1, Home: 0, End: shown.length - 1 }
  const to = next[event.key]
  if (to === undefined && event.key !== 'Enter' && event.key !== ' ') return
  event.preventDefault()
  if (to !== undefined) {
    const target = shown[Math.max(0, Math.min(shown.length - 1, to))]
    if (target === undefined) return
    move(target.id)
    document.getElementById(rowIdOf(target.id))?.scrollIntoView({ block: 'nearest' })
  } else if (at !== undefined) {
    if (event.key === 'Enter') choose(at)
    else toggleFavourite(at)
  }
}

function NothingShown({ query }: { readonly query: string }): ReactNode {
  const text = useText()
  const group = useWatchlist((choices) => choices.group)
  const next = query.trim() !== ''
    ? text('screen.watchlist.nothing.search', { query: query.trim() })
    : text(group === 'favourites' ? 'screen.watchlist.nothing.favourites' : 'screen.watchlist.nothing.group')
  return <div role="row"><div role="gridcell"><PanelMessage title={text('screen.watchlist.nothing')}>{next}</PanelMessage></div></div>
}

/** How many there are, how many of them are not of now, and how old the oldest price is. */
function WatchFoot({ list }: { readonly list: readonly InstrumentView[] }): ReactNode {
  const text = useText()
  const locale = useLocale()
  const read = useCallback((now: number) => {
    let oldest: number | undefined
    let notLive = 0
    for (const { id } of list) {
      const state = shownStateOf(id)
      // A closed market is old by right, and would hide one that is not.
      if (state === 'closed') continue
      if (state !== 'live') notLive += 1
      const heard = heardQuote(id)
      const age = heard === undefined ? undefined : quoteAgeMs(heard, now)
      if (age !== undefined && (oldest === undefined || age > oldest)) oldest = age
    }
    const parts = [
      notLive > 0 ? text('screen.watchlist.not-live', { count: notLive }) : '',
      oldest === undefined ? '' : text('screen.watchlist.oldest', { age: freshAgeText(locale, oldest) }),
    ]
    return parts.filter((part) => part !== '').join(' · ')
  }, [list, locale, text])
  return (
    <p className="watch-foot t11 ink-3">
      <span>{text('screen.watchlist.count', { count: list.length })}</span>
      <LiveText read={read} className="num" />
    </p>
  )
}
