import { useCallback, type ReactNode } from 'react'
import { clockText, type Locale } from '../../../src-preload/contract/text/index.ts'
import { HistoryCanvas } from '../../charts/history-canvas.tsx'
import type { HistoryPlot } from '../../charts/history-plot.ts'
import { freshAgeText } from '../../format/duration.ts'
import { printFigure, printMilliseconds } from '../../format/figure.ts'
import { percentile } from '../../format/percentile.ts'
import { roundTripsKept, useConnection } from '../../stores/connection.ts'
import { useEngine } from '../../stores/engine-status.ts'
import { limits } from '../../stores/limits.ts'
import { Fact, Facts } from '../../ui/facts.tsx'
import { LiveText } from '../../ui/live-text.tsx'
import { Measure } from '../../ui/measure.tsx'
import { useLocale, useText } from '../../ui/use-text.ts'

/** The line between this screen and the engine, as this screen measures it. */
export function ConnectionPanel(): ReactNode {
  const text = useText()
  const locale = useLocale()
  const read = useCallback((): HistoryPlot => plotOf(useConnection.getState().roundTripsMs, locale), [locale])
  const values = useConnection((facts) => facts.roundTripsMs)
  const print = (value: number | undefined): string => (value === undefined ? '–' : printMilliseconds(locale, value))
  const plotLabel = text('screen.connection.plot', { count: roundTripsKept })
  return (
    <Measure
      caption={text('screen.connection.round-trip')}
      figure={print(values.at(-1))}
      unit="ms"
      asides={[
        { caption: text('screen.connection.median'), figure: print(percentile(values, 0.5)) },
        { caption: 'p99', figure: print(percentile(values, 0.99)) },
      ]}
      plot={<HistoryCanvas label={plotLabel} subscribe={useConnection.subscribe} read={read} />}
    >
      <ConnectionFactList />
    </Measure>
  )
}

const plotOf = (values: readonly number[], locale: Locale): HistoryPlot => ({
  values,
  capacity: roundTripsKept,
  look: 'bars',
  threshold: limits.roundTripMs,
  scaleAtLeast: 5,
  printScale: (value) => `${printFigure(locale, value)} ms`,
})

function ConnectionFactList(): ReactNode {
  const text = useText()
  const locale = useLocale()
  const { state, carrier, access } = useConnection()
  const startedAt = useEngine((facts) => facts.startedAt)
  const readHeard = useCallback(
    (now: number) => {
      const { heardAt } = useConnection.getState()
      return heardAt === undefined ? '–' : text('screen.connection.ago', { age: freshAgeText(locale, now - heardAt) })
    },
    [text, locale],
  )
  return (
    <Facts>
      <Fact name={text('screen.connection.line')} look={state === 'open' ? 'plain' : 'attn'}>
        {text(`connection.${state}.name`)}
      </Fact>
      <Fact name={text('screen.connection.carrier')}>{text(`screen.carrier.${carrier}`)}</Fact>
      <Fact name={text('screen.connection.access')}>{access === undefined ? '–' : text(`screen.access.${access}`)}</Fact>
      <Fact name={text('screen.connection.heard')}><LiveText read={readHeard} /></Fact>
      <Fact name={text('screen.connection.started')}>
        {startedAt === undefined ? '–' : <span className="mono">{clockText(startedAt)}</span>}
      </Fact>
    </Facts>
  )
}
