import type { ReactNode } from 'react'
import { useStore } from 'zustand'
import { translateError } from '../../../src-preload/contract/text/index.ts'
import { barTimeText } from '../../charts/chart-options.ts'
import type { ChartLooks } from '../../charts/chart-looks.ts'
import { vwapFrameMsMin } from '../../charts/studies/vwap.ts'
import { frameLengthMs } from '../../charts/timeframes.ts'
import { tenthsClockText } from '../../format/utc-time.ts'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { useLocale, useText } from '../../ui/use-text.ts'
import type { ChartFacts, ChartStore } from './chart-facts.ts'
import type { ChartSession } from './chart-session.ts'
import './chart-overlay.css'

interface ChartStatesProps {
  readonly session: ChartSession | undefined
  readonly facts: ChartStore
  readonly looks: ChartLooks
}

/** Over the plot: what is not as it should be, and the way back to the present. */
export function ChartStates({ session, facts, looks }: ChartStatesProps): ReactNode {
  const text = useText()
  const state = useStore(facts)
  return (
    <>
      {!state.hasBars && state.phase.kind === 'loading' && <p className="chart-cover ink-3">{text('screen.chart.loading')}</p>}
      {!state.hasBars && state.phase.kind === 'shown' && state.isAtPresent && (
        <div className="chart-cover">
          <p className="strong">{text('screen.chart.none')}</p>
          <p className="ink-2">{text('screen.chart.none.next', { instrument: looks.instrument.id })}</p>
        </div>
      )}
      {!state.hasBars && state.phase.kind === 'shown' && !state.isAtPresent && <NoneThen session={session} facts={facts} looks={looks} />}
      {state.phase.kind === 'failed' && <Failed facts={state} onRetry={() => session?.feed.retry()} />}
      {state.hasBars && <StateTag facts={state} />}
      <ChartMeanings looks={looks} keptFrom={state.hasBars ? state.keptFrom : undefined} />
      <ComparedFault looks={looks} facts={state} />
      {state.hasBars && !state.isAtPresent && state.replay === undefined && (
        <Button size="small" className="chart-to-present" title={text('screen.chart.to-present')} onClick={() => void session?.travel.goToPresent()}>
          <Icon name="arrow" />
          <span className="for-readers-only">{text('screen.chart.to-present')}</span>
        </Button>
      )}
    </>
  )
}

/** A time of which nothing is kept or known was gone to: why, and the ways back. */
function NoneThen({ session, facts, looks: { instrument, frame, locale } }: ChartStatesProps): ReactNode {
  const text = useText()
  const { keptFrom } = useStore(facts)
  return (
    <div className="chart-cover" role="status">
      <p className="strong">{text('screen.chart.none-then')}</p>
      <p className="ink-2">
        {keptFrom === undefined
          ? text('screen.chart.none-then.known', { instrument: instrument.id })
          : text('screen.chart.none-then.kept', { timeframe: frame, time: barTimeText(locale, frame, keptFrom) })}
      </p>
      <p className="chart-ways">
        {keptFrom !== undefined && <Button size="small" onClick={() => void session?.travel.goToKept()}>{text('screen.chart.to-oldest')}</Button>}
        <Button size="small" onClick={() => void session?.travel.goToPresent()}>{text('screen.chart.to-present')}</Button>
      </p>
    </div>
  )
}

interface ChartMeaningsProps {
  readonly looks: ChartLooks
  readonly keptFrom: number | undefined
}

/** What the figures that are shown mean, where they are not what they seem. */
function ChartMeanings({ looks: { kind, studies, frame, locale }, keptFrom }: ChartMeaningsProps): ReactNode {
  const text = useText()
  const lacksVwap = studies.includes('vwap') && frameLengthMs(frame) < vwapFrameMsMin
  if (kind !== 'heikin-ashi' && !lacksVwap && keptFrom === undefined) return null
  return (
    <p className="chart-means cap">
      {kind === 'heikin-ashi' && <span>{text('screen.chart.smoothed')}</span>}
      {lacksVwap && <span>{text('screen.chart.vwap-day')}</span>}
      {keptFrom !== undefined && <span>{text('screen.chart.kept-from', { time: barTimeText(locale, frame, keptFrom) })}</span>}
    </p>
  )
}

function ComparedFault({ looks: { compared }, facts: { comparedError } }: { readonly looks: ChartLooks; readonly facts: ChartFacts }): ReactNode {
  const text = useText()
  const locale = useLocale()
  if (compared === undefined || comparedError === undefined) return null
  return (
    <p className="chart-compared-failed danger" role="alert">
      {text('screen.chart.compare.failed', { instrument: compared.id, reason: translateError(locale, comparedError) })}
    </p>
  )
}

function Failed({ facts: { phase, hasBars }, onRetry }: { readonly facts: ChartFacts; readonly onRetry: () => void }): ReactNode {
  const text = useText()
  const locale = useLocale()
  if (phase.kind !== 'failed') return null
  return (
    <div className="chart-failed" role="alert">
      <p className="danger">{text(hasBars ? 'screen.chart.failed.kept' : 'screen.chart.failed')}</p>
      <p className="ink-2">{translateError(locale, phase.error)}</p>
      <Button size="small" onClick={onRetry}>{text('screen.chart.retry')}</Button>
    </div>
  )
}

/** One tag a plot: why what is shown is not the market now, and from when it is. */
function StateTag({ facts: { quoteState, lastKnownAt, replay } }: { readonly facts: ChartFacts }): ReactNode {
  const text = useText()
  if (quoteState === undefined || quoteState === 'live' || replay !== undefined) return null
  const isCalm = quoteState === 'closed' || quoteState === 'paused'
  return (
    <p className={`chart-tag ${isCalm ? 'chart-tag-calm' : quoteState === 'down' ? 'chart-tag-down' : ''}`} role="status">
      {text(`screen.chart.state.${quoteState}`)}
      {lastKnownAt !== undefined && <span data-figure>{text('screen.chart.last-known', { time: tenthsClockText(lastKnownAt) })}</span>}
    </p>
  )
}
