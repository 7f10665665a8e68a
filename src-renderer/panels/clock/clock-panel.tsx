import { useCallback, type ReactNode } from 'react'
import { clockText, dateText, type Locale } from '../../../src-preload/contract/text/index.ts'
import { HistoryCanvas } from '../../charts/history-canvas.tsx'
import type { HistoryPlot } from '../../charts/history-plot.ts'
import { printUptime } from '../../format/duration.ts'
import { printChange, printFigure, printMilliseconds } from '../../format/figure.ts'
import { engineWallMs, readingsKept, useEngineClock } from '../../stores/engine-clock.ts'
import { limits } from '../../stores/limits.ts'
import { DraughtGauge } from '../../ui/draught-gauge.tsx'
import { Fact, Facts } from '../../ui/facts.tsx'
import { LiveText } from '../../ui/live-text.tsx'
import { Measure } from '../../ui/measure.tsx'
import { useLocale, useText } from '../../ui/use-text.ts'
import './clock-panel.css'

/** The engine's clocks: the one that people read, the one that only goes forward, and how far they part. */
export function ClockPanel(): ReactNode {
  const text = useText()
  const locale = useLocale()
  const readPlot = useCallback((): HistoryPlot => plotOf(useEngineClock.getState().driftsMs, locale), [locale])
  const driftMs = useEngineClock((facts) => facts.reading?.driftMs)
  const stallMs = useEngineClock((facts) => facts.reading?.stallMs)
  const plotLabel = text('screen.clock.plot', { seconds: readingsKept / 4 })
  return (
    <Measure
      caption={text('screen.clock.wall')}
      figure={<LiveText read={readWall} />}
      unit="UTC"
      asides={[
        { caption: text('screen.clock.drift'), figure: driftMs === undefined ? '–' : `${printChange(locale, driftMs)} ms` },
        { caption: text('screen.clock.stall'), figure: stallMs === undefined ? '–' : `${printMilliseconds(locale, stallMs)} ms` },
      ]}
      plot={<HistoryCanvas label={plotLabel} subscribe={useEngineClock.subscribe} read={readPlot} />}
    >
      <ClockGauges driftMs={driftMs ?? 0} stallMs={stallMs ?? 0} />
      <ClockFactList />
    </Measure>
  )
}

const readWall = (now: number): string => {
  const wallMs = engineWallMs(useEngineClock.getState(), now)
  return wallMs === undefined ? '–' : clockText(wallMs)
}

const plotOf = (values: readonly number[], locale: Locale): HistoryPlot => ({
  values,
  capacity: readingsKept,
  look: 'line',
  threshold: limits.driftMs,
  scaleAtLeast: 10,
  printScale: (value) => `±${printFigure(locale, value)} ms`,
})

function ClockGauges({ driftMs, stallMs }: { readonly driftMs: number; readonly stallMs: number }): ReactNode {
  const text = useText()
  const locale = useLocale()
  const gauges = [
    { name: text('screen.clock.drift'), valueMs: Math.abs(driftMs), limitMs: limits.driftMs },
    { name: text('screen.clock.stall'), valueMs: stallMs, limitMs: limits.stallMs },
  ]
  return (
    <div className="clock-gauges">
      {gauges.map(({ name, valueMs, limitMs }) => (
        <div key={name} className="clock-gauge">
          <span className="ink-2">{name}</span>
          <DraughtGauge
            used={valueMs / limitMs} label={name}
            valueText={text('screen.clock.of-limit', { value: Math.round(valueMs), limit: limitMs })}
          />
          <span className="num ink-3" data-figure>{`${printFigure(locale, limitMs)} ms`}</span>
        </div>
      ))}
    </div>
  )
}

function ClockFactList(): ReactNode {
  const text = useText()
  const locale = useLocale()
  const readDay = useCallback(
    (now: number) => {
      const wallMs = engineWallMs(useEngineClock.getState(), now)
      return wallMs === undefined ? '–' : dateText(locale, wallMs)
    },
    [locale],
  )
  const readMonotonic = useCallback(() => {
    const { reading } = useEngineClock.getState()
    return reading === undefined ? '–' : printUptime(locale, reading.monotonicMs)
  }, [locale])
  return (
    <Facts>
      <Fact name={text('screen.clock.day')}><LiveText read={readDay} /></Fact>
      <Fact name={text('screen.clock.monotonic')}><LiveText read={readMonotonic} className="mono" /></Fact>
    </Facts>
  )
}
