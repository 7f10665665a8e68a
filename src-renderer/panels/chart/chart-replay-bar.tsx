import type { ReactNode } from 'react'
import { replaySpeeds } from '../../charts/replay.ts'
import { Button } from '../../ui/button.tsx'
import { useText } from '../../ui/use-text.ts'
import { ChartSelect } from './chart-select.tsx'
import type { ChartFacts } from './chart-facts.ts'
import type { ChartSession } from './chart-session.ts'
import { ToolIcon } from './tool-icon.tsx'
import './chart-replay.css'

interface ChartReplayBarProps {
  readonly session: ChartSession
  readonly replay: NonNullable<ChartFacts['replay']>
}

/** Above the plot while the past is replayed: what it is, in words, and what moves it. */
export function ChartReplayBar({ session, replay: { state, speed } }: ChartReplayBarProps): ReactNode {
  const text = useText()
  const isPlaying = state === 'playing'
  const name = text(isPlaying ? 'screen.chart.replay.pause' : 'screen.chart.replay.play')
  const speeds = replaySpeeds.map((each) => ({ value: String(each), text: text('screen.chart.replay.speed.value', { speed: each }) }))
  const canMove = isPlaying || state === 'paused'
  return (
    <div className="chart-replay" role="group" aria-label={text('screen.chart.replay')}>
      <strong className="chart-replay-sign">{text('screen.chart.replay.sign')}</strong>
      <span className="ellipsis">{text('screen.chart.replay.not-now')}</span>
      <span className="grow" />
      {!canMove && <span role="status">{text(`screen.chart.replay.${state === 'loading' ? 'loading' : state === 'ended' ? 'ended' : 'failed'}`)}</span>}
      <Button size="small" title={name} aria-label={name} disabled={!canMove} onClick={() => session.replay.toggle()}>
        <ToolIcon name={isPlaying ? 'pause' : 'play'} />
      </Button>
      <Button size="small" title={text('screen.chart.replay.step')} aria-label={text('screen.chart.replay.step')} disabled={!canMove} onClick={() => session.replay.step()}>
        <ToolIcon name="step" />
      </Button>
      <ChartSelect
        label={text('screen.chart.replay.speed')}
        value={String(speed)}
        options={speeds}
        onChoose={(chosen) => session.replay.setSpeed(replaySpeeds.find((each) => String(each) === chosen) ?? speed)}
      />
      <Button size="small" onClick={() => session.endReplay()}>{text('screen.chart.replay.end')}</Button>
    </div>
  )
}
