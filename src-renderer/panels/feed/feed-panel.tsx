import { useCallback, useRef, type ReactNode } from 'react'
import type { FeedView } from '../../../src-preload/contract/index.ts'
import { clockText, dateText } from '../../../src-preload/contract/text/index.ts'
import { freshAgeText } from '../../format/duration.ts'
import { printFigure } from '../../format/figure.ts'
import { useConnection } from '../../stores/connection.ts'
import { holdFeed, marketClock, useFeed } from '../../stores/market-feed.ts'
import type { ShownState } from '../../stores/market-state.ts'
import { Fact, Facts } from '../../ui/facts.tsx'
import { LiveText } from '../../ui/live-text.tsx'
import { PanelMessage } from '../../ui/panel-message.tsx'
import { QuoteSign, quoteLook } from '../../ui/quote-sign.tsx'
import { StreamFault } from '../../ui/stream-fault.tsx'
import { useHold } from '../../ui/use-hold.ts'
import { useShown } from '../../ui/use-shown.ts'
import { useLocale, useText } from '../../ui/use-text.ts'
import { DemoControls } from './demo-controls.tsx'
import { RecordingSection } from './recording-section.tsx'
import './feed-panel.css'

/** Where the prices come from: how that is, what can be rehearsed with it, and what of it is kept. */
export function FeedPanel(): ReactNode {
  const root = useRef<HTMLDivElement>(null)
  const isShown = useShown(root)
  const isKnown = useFeed((facts) => facts.view !== undefined)
  const isDemo = useFeed((facts) => facts.view?.demo !== null)
  useHold(holdFeed, isShown)
  return (
    <div className="feed" ref={root}>
      <StreamFault hold={holdFeed} read={readError} />
      {isKnown ? (
        <>
          <FeedHead />
          {isDemo && <DemoControls />}
          <RecordingSection />
        </>
      ) : <FeedWaiting />}
    </div>
  )
}

const readError = (): ReturnType<typeof useFeed.getState>['error'] => useFeed.getState().error

function FeedWaiting(): ReactNode {
  const text = useText()
  return <PanelMessage title={text('screen.quote.waiting')}>{text('screen.feed.waiting')}</PanelMessage>
}

/** The feed's state has the shape that a quote of it has. */
const signs: Readonly<Record<FeedView['state'], ShownState>> = { connecting: 'waiting', live: 'live', down: 'down', paused: 'paused' }

function FeedHead(): ReactNode {
  const text = useText()
  const locale = useLocale()
  const state = useFeed((facts) => facts.view?.state ?? 'connecting')
  const reason = useFeed((facts) => facts.view?.reason ?? 'none')
  const venue = useFeed((facts) => facts.view?.venue ?? '')
  const line = useConnection((facts) => facts.health)
  const sign = line === 'fresh' ? signs[state] : 'no-line'
  const readClock = useCallback((now: number) => {
    const clock = marketClock(useFeed.getState(), now)
    return clock === undefined ? '–' : clockText(clock)
  }, [])
  const readDay = useCallback((now: number) => {
    const clock = marketClock(useFeed.getState(), now)
    return clock === undefined ? '–' : dateText(locale, clock)
  }, [locale])
  return (
    <>
      <div className="feed-head">
        <div>
          <p className="cap">{text('screen.feed.clock')}</p>
          <p className="t22"><LiveText read={readClock} /> <span className="feed-unit">UTC</span></p>
          <p className="ink-3 t11"><LiveText read={readDay} /></p>
        </div>
        <div className="feed-state">
          <p className={`state-word ${quoteLook(sign)}`} role="status">
            <QuoteSign state={sign} />
            <span className="med">{sign === 'no-line' ? text('screen.quote.no-line') : text(`screen.feed.state.${state}`)}</span>
          </p>
          <p className="ink-3 t11 ellipsis">{venue}</p>
        </div>
      </div>
      {reason !== 'none' && <p className="feed-reason ink-2">{text(`screen.feed.reason.${reason}`)}</p>}
      <FeedFigures />
    </>
  )
}

function FeedFigures(): ReactNode {
  const text = useText()
  const locale = useLocale()
  const gaps = useFeed((facts) => facts.view?.gaps ?? 0)
  const seed = useFeed((facts) => facts.view?.demo?.seed)
  const readRate = useCallback(() => {
    const rate = useFeed.getState().view?.eventsPerSecond
    return rate === undefined ? '–' : printFigure(locale, rate)
  }, [locale])
  const readHeard = useCallback((now: number) => {
    const { view, heardAt } = useFeed.getState()
    return view === undefined ? '–' : text('screen.market.old', { age: freshAgeText(locale, now - heardAt) })
  }, [locale, text])
  return (
    <div className="panel-section-body">
      <Facts>
        <Fact name={text('screen.feed.rate')}><LiveText read={readRate} /></Fact>
        <Fact name={text('screen.feed.heard')}><LiveText read={readHeard} /></Fact>
        <Fact name={text('screen.feed.gaps')} look={gaps > 0 ? 'attn' : 'plain'}>{printFigure(locale, gaps)}</Fact>
        {seed !== undefined && <Fact name={text('screen.feed.seed')}><span className="mono">{seed}</span></Fact>}
      </Facts>
    </div>
  )
}
