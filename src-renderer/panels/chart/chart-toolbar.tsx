import type { ReactNode } from 'react'
import type { TimeframeName } from '../../../src-preload/contract/index.ts'
import { barKinds, scaleKinds, type ChartLooks } from '../../charts/chart-looks.ts'
import { timeframes } from '../../charts/timeframes.ts'
import { changeChart, type ChartSettings } from '../../stores/chart-settings.ts'
import { useInstruments } from '../../stores/market-instruments.ts'
import { LinkChoice } from '../../ui/link-choice.tsx'
import { useText } from '../../ui/use-text.ts'
import { ChartDate } from './chart-date.tsx'
import type { ChartStore } from './chart-facts.ts'
import { ChartSelect } from './chart-select.tsx'
import type { ChartSession } from './chart-session.ts'
import { ChartStudies } from './chart-studies.tsx'
import { Tool } from './chart-tools.tsx'
import './chart-toolbar.css'

interface ChartToolbarProps {
  readonly panelId: string
  readonly settings: ChartSettings
  readonly looks: ChartLooks
  readonly session: ChartSession | undefined
  readonly facts: ChartStore
  readonly onChoose: (instrument: string) => void
  readonly onPicture: () => void
}

/** These stand beside one another where there is room; the list has all of them. */
const commonFrames: readonly TimeframeName[] = ['1m', '5m', '15m', '1h', '4h', '1d']
const noCompared = ''

/** What the chart shows, in one row. */
export function ChartToolbar({ panelId, settings, looks, session, facts, onChoose, onPicture }: ChartToolbarProps): ReactNode {
  const text = useText()
  const instruments = useInstruments().list.map(({ id }) => ({ value: id, text: id }))
  const change = (choice: Partial<ChartSettings>): void => changeChart(panelId, choice)
  const others = instruments.filter(({ value }) => value !== looks.instrument.id)
  const toggleReplay = (): void => {
    if (facts.getState().replay === undefined) void session?.startReplay()
    else session?.endReplay()
  }
  return (
    <div className="chart-toolbar" role="toolbar" aria-label={text('screen.chart.toolbar')}>
      <LinkChoice mayBeFree link={settings.link} onChoose={(link) => change({ link, instrument: looks.instrument.id })} />
      <ChartSelect className="chart-instrument" label={text('screen.chart.instrument')} value={looks.instrument.id} options={instruments} onChoose={onChoose} />
      <span className="chart-frames">
        {commonFrames.map((frame) => (
          <button key={frame} type="button" className="chart-frame focus-inside" aria-pressed={frame === looks.frame} onClick={() => change({ timeframe: frame })}>{frame}</button>
        ))}
      </span>
      <ChartSelect label={text('screen.chart.timeframe')} value={looks.frame} options={timeframes.map((frame) => ({ value: frame, text: frame }))} onChoose={(timeframe) => change({ timeframe })} />
      <ChartSelect label={text('screen.chart.kind')} value={settings.kind} options={barKinds.map((kind) => ({ value: kind, text: text(`screen.chart.kind.${kind}`) }))} onChoose={(kind) => change({ kind })} />
      <ChartSelect label={text('screen.chart.scale')} value={looks.compared === undefined ? settings.scale : 'percent'} options={scaleKinds.map((scale) => ({ value: scale, text: text(`screen.chart.scale.${scale}`) }))} onChoose={(scale) => change({ scale, compared: scale === 'percent' ? settings.compared : undefined })} />
      <ChartSelect
        label={text('screen.chart.compare')}
        value={looks.compared?.id ?? noCompared}
        options={[{ value: noCompared, text: text('screen.chart.compare.none') }, ...others]}
        onChoose={(id) => change({ compared: id === noCompared ? undefined : id })}
      />
      <ChartStudies settings={settings} onChange={change} />
      <span className="grow" />
      <ChartDate onGo={(time) => void session?.travel.goTo(time)} />
      <Tool icon="replay" label={text('screen.chart.replay')} onPress={toggleReplay} />
      <Tool icon="picture" label={text('screen.chart.picture')} onPress={onPicture} />
    </div>
  )
}
