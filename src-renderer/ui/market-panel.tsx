import { useCallback, useEffect, useRef, type ReactNode } from 'react'
import type { InstrumentView } from '../../src-preload/contract/index.ts'
import { translateError } from '../../src-preload/contract/text/index.ts'
import { freshAgeText } from '../format/duration.ts'
import { offerLinkedInstrument, useLinkedInstrument } from '../stores/linked-symbol.ts'
import { askInstruments, useInstruments } from '../stores/market-instruments.ts'
import { heardQuote, holdQuotes, quoteAgeMs } from '../stores/market-quotes.ts'
import { choosePanelLink, usePanelLink } from '../stores/panel-links.ts'
import { isNow, useShownState, type ShownState } from '../stores/market-state.ts'
import { Button } from './button.tsx'
import { LinkChoice } from './link-choice.tsx'
import { LiveText } from './live-text.tsx'
import { PanelMessage } from './panel-message.tsx'
import type { PanelProps } from './panel-props.ts'
import { Prose } from './prose.tsx'
import { QuoteSign, quoteLook } from './quote-sign.tsx'
import { useScreen } from './screen-context.tsx'
import { useHold } from './use-hold.ts'
import { useShown } from './use-shown.ts'
import { useLocale, useText } from './use-text.ts'
import './market-panel.css'

interface MarketPanelProps extends PanelProps {
  /** What the panel shows of an instrument, and whether anybody can see it. */
  readonly render: (instrument: InstrumentView, isShown: boolean) => ReactNode
}

/** A panel about the instrument of its link colour: its name and how its prices are in the head, the rest beneath. */
export function MarketPanel({ panelId, render }: MarketPanelProps): ReactNode {
  const root = useRef<HTMLDivElement>(null)
  const isShown = useShown(root)
  const facts = useInstruments()
  const colour = usePanelLink(panelId)
  const chosen = useLinkedInstrument(colour)
  const first = facts.list[0]?.id
  useEffect(() => {
    if (chosen === undefined && first !== undefined) offerLinkedInstrument(colour, first)
  }, [chosen, colour, first])
  useHold(holdQuotes, isShown)
  const instrument = chosen === undefined ? undefined : facts.byId.get(chosen)
  return (
    <div className="market-panel" ref={root}>
      {instrument === undefined ? <WithoutInstrument panelId={panelId} chosen={chosen} /> : (
        <>
          <MarketHead panelId={panelId} instrument={instrument} />
          <MarketBody key={instrument.id} instrument={instrument}>{render(instrument, isShown)}</MarketBody>
        </>
      )}
    </div>
  )
}

/** A colour that shows nothing must not be a place that nobody gets out of. */
function WithoutInstrument({ panelId, chosen }: { readonly panelId: string; readonly chosen: string | undefined }): ReactNode {
  const hasAny = useInstruments().list.length > 0
  return (
    <>
      {hasAny && chosen !== undefined && <div className="market-head"><PanelLink panelId={panelId} /></div>}
      <NoInstrument chosen={chosen} />
    </>
  )
}

/** Of a panel that always goes with one of the colours. */
export function PanelLink({ panelId }: PanelProps): ReactNode {
  const colour = usePanelLink(panelId)
  return <LinkChoice link={colour} onChoose={(chosen) => (chosen === undefined ? undefined : choosePanelLink(panelId, chosen))} />
}

/** Why there is nothing to show: not asked yet, refused, none there, or one that this engine does not know. */
export function NoInstrument({ chosen }: { readonly chosen: string | undefined }): ReactNode {
  const text = useText()
  const locale = useLocale()
  const { bridge } = useScreen()
  const { state, list, error } = useInstruments()
  if (state === 'asking') return <p className="market-waiting for-readers-only" role="status">{text('screen.quote.waiting.means')}</p>
  if (error !== undefined) {
    return (
      <div className="market-failed" role="alert">
        <p className="danger med">{text('screen.market.failed')}</p>
        <p className="ink-2">{translateError(locale, error)}</p>
        <Button look="ghost" onClick={() => void askInstruments(bridge)}>{text('screen.market.again')}</Button>
      </div>
    )
  }
  if (list.length === 0) return <PanelMessage title={text('screen.market.none')}><Prose>{text('screen.market.none.next')}</Prose></PanelMessage>
  if (chosen === undefined) return null
  return <PanelMessage title={text('screen.market.unknown', { instrument: chosen })}>{text('screen.market.unknown.next')}</PanelMessage>
}

function MarketHead({ panelId, instrument }: { readonly panelId: string; readonly instrument: InstrumentView }): ReactNode {
  const text = useText()
  const locale = useLocale()
  const state = useShownState(instrument.id)
  const readAge = useCallback((now: number) => {
    const heard = heardQuote(instrument.id)
    const age = heard === undefined ? undefined : quoteAgeMs(heard, now)
    return age === undefined ? '–' : freshAgeText(locale, age)
  }, [instrument.id, locale])
  return (
    <div className="market-head">
      <PanelLink panelId={panelId} />
      <h3 className="med ellipsis grow">{instrument.id}</h3>
      <span className={`market-state ${quoteLook(state)}`} title={text(`screen.quote.${state}.means`)}>
        <QuoteSign state={state} />
        <span>{text(`screen.quote.${state}`)}</span>
        <LiveText read={readAge} className="market-age num" label={text('screen.market.age')} />
      </span>
    </div>
  )
}

/** What is not of now looks like it: faded, under a word that says why. */
function MarketBody({ instrument, children }: { readonly instrument: InstrumentView; readonly children: ReactNode }): ReactNode {
  const state = useShownState(instrument.id)
  // Without a line the whole panel is faded already.
  const isFaded = !isNow(state) && state !== 'no-line'
  return (
    <div className="market-body" data-state={state}>
      <div className={`market-content ${isFaded ? 'market-faded' : ''}`}>{children}</div>
      {isTold(state) && <MarketNote state={state} />}
    </div>
  )
}

/** Those that need a sentence over the prices; a closed or resting market only has its word in the head. */
const isTold = (state: ShownState): boolean => state !== 'live' && state !== 'closed' && state !== 'waiting' && state !== 'paused'

function MarketNote({ state }: { readonly state: ShownState }): ReactNode {
  const text = useText()
  return (
    <p className={`market-note ${state === 'down' || state === 'no-line' ? 'market-note-danger' : ''}`} role="status">
      <QuoteSign state={state} />
      <span>{text(`screen.quote.${state}.means`)}</span>
    </p>
  )
}
