import { useEffect, useMemo, type ReactNode } from 'react'
import { translateError } from '../../../src-preload/contract/text/index.ts'
import type { ChartLooks } from '../../charts/chart-looks.ts'
import { changeChart, useChartSettings, type ChartSettings } from '../../stores/chart-settings.ts'
import { chooseLinkedInstrument, offerLinkedInstrument, useLinkedInstrument } from '../../stores/linked-symbol.ts'
import { askInstruments, useInstruments, type InstrumentFacts } from '../../stores/market-instruments.ts'
import { Blank } from '../../ui/blank.tsx'
import { Button } from '../../ui/button.tsx'
import { NoInstrument } from '../../ui/market-panel.tsx'
import { PanelMessage } from '../../ui/panel-message.tsx'
import type { PanelProps } from '../../ui/panel-props.ts'
import { useScreen } from '../../ui/screen-context.tsx'
import { useLocale, useText } from '../../ui/use-text.ts'
import { ChartView } from './chart-view.tsx'
import './chart-panel.css'

/** One instrument's prices over time. */
export function ChartPanel({ panelId }: PanelProps): ReactNode {
  const instruments = useInstruments()
  const settings = useChartSettings(panelId)
  const linked = useLinkedInstrument(settings.link)
  const { link } = settings
  const first = instruments.list[0]?.id
  useEffect(() => {
    if (link !== undefined && first !== undefined) offerLinkedInstrument(link, first)
  }, [link, first])
  const looks = useLooks(instruments, settings, link === undefined ? settings.instrument : linked)
  const choose = (id: string): void => (link === undefined ? changeChart(panelId, { instrument: id }) : chooseLinkedInstrument(link, id))
  if (instruments.state === 'asking') return <div className="chart-blank"><Blank digits={24} /></div>
  if (instruments.state === 'failed') return <InstrumentsFailed facts={instruments} />
  // Of nothing there is nothing to choose.
  if (instruments.list.length === 0) return <NoInstrument chosen={undefined} />
  if (looks === undefined) return <NothingChosen instruments={instruments} onChoose={choose} />
  // Another instrument or timeframe is another chart: nothing of the old one may be seen in it.
  return <ChartView key={`${looks.instrument.id} ${looks.frame}`} panelId={panelId} looks={looks} settings={settings} onChoose={choose} />
}

/** The same object as long as nothing of it changed: the chart is dressed anew with each other one. */
function useLooks({ byId }: InstrumentFacts, settings: ChartSettings, id: string | undefined): ChartLooks | undefined {
  const locale = useLocale()
  return useMemo(() => {
    const instrument = id === undefined ? undefined : byId.get(id)
    if (instrument === undefined) return undefined
    const { timeframe, kind, scale, studies, hasVolume, compared } = settings
    const other = compared === undefined || compared === instrument.id ? undefined : byId.get(compared)
    return { instrument, frame: timeframe, kind, scale, studies, hasVolume, compared: other, locale }
  }, [byId, settings, id, locale])
}

function InstrumentsFailed({ facts: { error } }: { readonly facts: InstrumentFacts }): ReactNode {
  const text = useText()
  const locale = useLocale()
  const { bridge } = useScreen()
  return (
    <PanelMessage title={text('screen.chart.failed')}>
      <span className="chart-reason">{error === undefined ? '' : translateError(locale, error)}</span>
      <Button look="ghost" onClick={() => void askInstruments(bridge)}>{text('screen.chart.retry')}</Button>
    </PanelMessage>
  )
}

interface NothingChosenProps {
  readonly instruments: InstrumentFacts
  readonly onChoose: (id: string) => void
}

function NothingChosen({ instruments, onChoose }: NothingChosenProps): ReactNode {
  const text = useText()
  return (
    <PanelMessage title={text('screen.chart.empty')}>
      <span className="chart-reason">{text('screen.chart.empty.next')}</span>
      <span className="chart-offers">
        {instruments.list.slice(0, 12).map(({ id }) => <Button key={id} look="ghost" onClick={() => onChoose(id)}>{id}</Button>)}
      </span>
    </PanelMessage>
  )
}
