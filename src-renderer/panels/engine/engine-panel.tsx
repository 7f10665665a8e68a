import { useCallback, type ReactNode } from 'react'
import type { EngineStatus } from '../../../src-preload/contract/index.ts'
import { ageText, clockText, dateText } from '../../../src-preload/contract/text/index.ts'
import { printUptime } from '../../format/duration.ts'
import { printFigure } from '../../format/figure.ts'
import { useConnection } from '../../stores/connection.ts'
import { engineWallMs, useEngineClock } from '../../stores/engine-clock.ts'
import { useEngine } from '../../stores/engine-status.ts'
import { Blank } from '../../ui/blank.tsx'
import { LiveText } from '../../ui/live-text.tsx'
import { reasonText } from '../../ui/engine-words.ts'
import { ModeShape } from '../../ui/mode-shape.tsx'
import { Stat, Stats } from '../../ui/stats.tsx'
import { useLocale, useText } from '../../ui/use-text.ts'
import { ModeDiagram } from './mode-diagram.tsx'
import './engine-panel.css'

/** What the engine may do just now, since when, and who said so. */
export function EnginePanel(): ReactNode {
  const status = useEngine((facts) => facts.status)
  return (
    <div className="engine-panel">
      <ModeHead status={status} />
      <div className="engine-modes">
        <ModeDiagram current={status?.mode} />
        <DiagramNote />
      </div>
      <EngineFacts status={status} />
    </div>
  )
}

function DiagramNote(): ReactNode {
  const text = useText()
  return <p className="t11 ink-3">{text('screen.engine.diagram.note')}</p>
}

function ModeHead({ status }: { readonly status: EngineStatus | undefined }): ReactNode {
  const text = useText()
  const locale = useLocale()
  const readAge = useCallback(
    (now: number) => {
      const wallMs = engineWallMs(useEngineClock.getState(), now)
      if (status === undefined || wallMs === undefined) return ''
      return text('screen.engine.for', { age: ageText(locale, wallMs - status.since) })
    },
    [status, text, locale],
  )
  if (status === undefined) return <div className="engine-head"><Blank digits={16} /></div>
  return (
    <div className="engine-head">
      <div className="engine-mode">
        <ModeShape mode={status.mode} />
        <h3 className="t22">{text(`engine.mode.${status.mode}.name`)}</h3>
        <LiveText className="ink-2" read={readAge} />
      </div>
      <p className="note">
        {text('screen.engine.because', {
          time: clockText(status.since),
          day: dateText(locale, status.since),
          actor: text(`screen.actor.${status.actor}`),
          reason: reasonText(text, status.actor, status.reason),
        })}
      </p>
    </div>
  )
}

function EngineFacts({ status }: { readonly status: EngineStatus | undefined }): ReactNode {
  const text = useText()
  const locale = useLocale()
  // Between two words of the engine the uptime goes on by this page's clock; without a line it stands still.
  const readUptime = useCallback(
    (now: number) => {
      const { heardAt, health } = useConnection.getState()
      if (status === undefined) return ''
      return printUptime(locale, status.uptimeMs + (health === 'fresh' && heardAt !== undefined ? now - heardAt : 0))
    },
    [status, locale],
  )
  // Blanks in the figures' true widths until the engine has spoken.
  const given = (digits: number, print: (known: EngineStatus) => ReactNode): ReactNode =>
    status === undefined ? <Blank digits={digits} /> : print(status)
  const wasRestarted = status !== undefined && status.restarts > 0
  return (
    <div className="engine-facts">
      <Stats>
        <Stat name={text('screen.engine.profile')}>{given(6, ({ profile }) => profile)}</Stat>
        <Stat name={text('screen.engine.kind')}>{given(5, ({ profileKind }) => text(`screen.kind.${profileKind}`))}</Stat>
        <Stat name={text('screen.engine.uptime')}>{given(8, () => <LiveText read={readUptime} />)}</Stat>
        <Stat name={text('screen.engine.restarts')} look={wasRestarted ? 'attn' : 'plain'}>
          {given(2, ({ restarts }) => printFigure(locale, restarts))}
        </Stat>
        <Stat name={text('screen.engine.clients')}>{given(2, ({ clients }) => printFigure(locale, clients))}</Stat>
        <Stat name={text('screen.engine.process')}>{given(6, ({ processId }) => processId)}</Stat>
        <Stat name={text('screen.engine.version')}>{given(5, ({ version }) => version)}</Stat>
      </Stats>
    </div>
  )
}
