import { useEffect, useRef, useState, type ReactNode } from 'react'
import { useStore } from 'zustand'
import type { ChartLooks } from '../../charts/chart-looks.ts'
import type { ChartSettings } from '../../stores/chart-settings.ts'
import { useScreen } from '../../ui/screen-context.tsx'
import { useText } from '../../ui/use-text.ts'
import { createChartStore } from './chart-facts.ts'
import { createChartKeys, takesKeyboard } from './chart-keys.ts'
import { ChartNotes } from './chart-notes.tsx'
import { ChartReplayBar } from './chart-replay-bar.tsx'
import { ChartSession } from './chart-session.ts'
import { ChartStates } from './chart-states.tsx'
import { ChartToolbar } from './chart-toolbar.tsx'
import { ChartTools } from './chart-tools.tsx'
import { saveChartPicture } from './chart-picture.ts'

interface ChartViewProps {
  readonly panelId: string
  readonly looks: ChartLooks
  readonly settings: ChartSettings
  readonly onChoose: (instrument: string) => void
}

/** A chart and what stands around it. React sets it up and takes it away; prices go past React. */
export function ChartView({ panelId, looks, settings, onChoose }: ChartViewProps): ReactNode {
  const text = useText()
  const { bridge } = useScreen()
  const root = useRef<HTMLDivElement>(null)
  const host = useRef<HTMLDivElement>(null)
  const legend = useRef<HTMLDivElement>(null)
  const [facts] = useState(createChartStore)
  const [session, setSession] = useState<ChartSession>()
  /** The one that is not over: another language ends the session of the round in which its chart is dressed anew. */
  const running = useRef<ChartSession>(undefined)
  const { tool, replay, quoteState } = useStore(facts)
  const dressed = useRef(looks)

  useEffect(() => {
    if (host.current === null || legend.current === null) return undefined
    const names = (['open', 'high', 'low', 'close', 'amount'] as const).map((name) => text(`screen.chart.${name}`))
    const begun = new ChartSession({ bridge, host: host.current, legend: legend.current, facts, looks: dressed.current, names })
    // Charts are worked by keys as well as by pointer.
    host.current.tabIndex = 0
    if (takesKeyboard(panelId)) host.current.focus()
    running.current = begun
    setSession(begun)
    return () => {
      running.current = undefined
      setSession(undefined)
      begun.dispose()
    }
  }, [bridge, facts, panelId, text])
  useEffect(() => {
    dressed.current = looks
    running.current?.dress(looks)
  }, [looks])

  const savePicture = (): void => {
    if (session !== undefined) saveChartPicture(session, text)
  }
  useEffect(() => {
    const element = root.current
    if (session === undefined || element === null) return undefined
    const listen = createChartKeys({ session, panelId, facts, root: element, savePicture: () => saveChartPicture(session, text) })
    element.addEventListener('keydown', listen)
    return () => element.removeEventListener('keydown', listen)
  }, [session, panelId, facts, text])
  const isOld = quoteState === 'stale' || quoteState === 'down' || quoteState === 'gap'
  return (
    <div ref={root} className="chart" data-chart={panelId} data-replay={replay !== undefined} data-tool={tool ?? 'none'}>
      <ChartToolbar panelId={panelId} settings={settings} looks={looks} session={session} facts={facts} onChoose={onChoose} onPicture={savePicture} />
      {replay !== undefined && session !== undefined && <ChartReplayBar session={session} replay={replay} />}
      <div className="chart-body">
        <ChartTools session={session} facts={facts} />
        <div className="chart-plot">
          <div
            ref={host} data-takes-keys
            className={`chart-host focus-inside ${isOld && replay === undefined ? 'stale' : ''}`}
            role="application"
            aria-label={text('screen.chart.label', { instrument: looks.instrument.id, timeframe: looks.frame })}
          />
          <div ref={legend} className={`chart-legend ${isOld && replay === undefined ? 'stale' : ''}`} />
          <ChartStates session={session} facts={facts} looks={looks} />
          <ChartNotes session={session} facts={facts} />
        </div>
      </div>
    </div>
  )
}
