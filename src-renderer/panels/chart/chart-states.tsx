import type { ReactNode } from 'react'
import { useStore } from 'zustand'
import { translateError } from '../../../src-preload/contract/text/index.ts'
import type { ChartLooks } from '../../charts/chart-looks.ts'
import { tenthsClockText } from '../../format/utc-time.ts'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { useLocale, useText } from '../../ui/use-text.ts'
import type { ChartFacts, ChartStore } from './chart-facts.ts'
import type { ChartSession } from './chart-session.ts'

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
      {!state.hasBars && state.phase.kind === 'shown' && (
        <p className="chart-cover">{text('screen.chart.none')} {text('screen.chart.none.next', { instrument: looks.instrument.id })}</p>
      )}
      {state.phase.kind === 'failed' && <Failed facts={state} onRetry={() => session?.feed.retry()} />}
      {state.hasBars && <StateTag facts={state} />}
      {looks.kind === 'heikin-ashi' && <p className="chart-means cap">{text('screen.chart.smoothed')}</p>}
      {state.hasBars && !state.isAtPresent && state.replay === undefined && (
        <Button size="small" className="chart-to-present" title={text('screen.chart.to-present')} onClick={() => void session?.goToPresent()}>
          <Icon name="arrow" />
          <span className="for-readers-only">{text('screen.chart.to-present')}</span>
        </Button>
      )}
    </>
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
    <p className={`chart-tag ${isCalm ? 'chart-tag-calm' : ''}`} role="status">
      {text(`screen.chart.state.${quoteState}`)}
      {lastKnownAt !== undefined && <span data-figure>{text('screen.chart.last-known', { time: tenthsClockText(lastKnownAt) })}</span>}
    </p>
  )
}
