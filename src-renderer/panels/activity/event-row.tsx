import { memo, type ReactNode } from 'react'
import type { EngineEventView } from '../../../src-preload/contract/index.ts'
import { dateText, preciseClockText } from '../../../src-preload/contract/text/index.ts'
import { printChange } from '../../format/figure.ts'
import { reasonText } from '../../ui/engine-words.ts'
import { Icon } from '../../ui/icon.tsx'
import { ModeShape } from '../../ui/mode-shape.tsx'
import { useLocale, useText, type Text } from '../../ui/use-text.ts'

interface EventRowProps {
  readonly event: EngineEventView
  /** The engine before this one had decided what stands below. */
  readonly isFirstOfEngine: boolean
}

export const EventRow = memo(function EventRow({ event, isFirstOfEngine }: EventRowProps): ReactNode {
  const text = useText()
  const locale = useLocale()
  const reason = reasonOf(text, event)
  return (
    <tr className={`activity-row activity-${event.kind} ${isFirstOfEngine ? 'activity-first' : ''}`}>
      <td className="mono ink-3" title={dateText(locale, event.at)}>{preciseClockText(event.at)}</td>
      <td className="mono num ink-3 activity-number">{event.sequence}</td>
      <td className="activity-what">
        <EventSign event={event} />
        <span className="ellipsis">{text(`screen.event.${event.kind}`)}</span>
      </td>
      <td className="activity-change">
        <EventChange event={event} />
      </td>
      <td className="ellipsis ink-2" title={reason}>{reason}</td>
      <td className="ink-3 activity-actor">{text(`screen.actor.${actorOf(event)}`)}</td>
    </tr>
  )
})

function reasonOf(text: Text, event: EngineEventView): string {
  if (event.kind === 'mode-changed' || event.kind === 'engine-started') return reasonText(text, actorOf(event), event.reason)
  return event.kind === 'journal-troubled' ? reasonText(text, 'engine', event.detail) : ''
}

const actorOf = (event: EngineEventView) => (event.kind === 'mode-changed' || event.kind === 'mode-refused' ? event.actor : 'engine')

function EventSign({ event }: { readonly event: EngineEventView }): ReactNode {
  if (event.kind === 'mode-changed') return <ModeShape mode={event.to} />
  if (event.kind === 'engine-started') return <ModeShape mode={event.mode} />
  if (event.kind === 'journal-recovered') return <Icon name="check" />
  return <Icon name={event.kind === 'mode-refused' ? 'close' : 'warn'} />
}

/** From, to; what was refused is struck. */
function EventChange({ event }: { readonly event: EngineEventView }): ReactNode {
  const text = useText()
  const locale = useLocale()
  if (event.kind === 'clock-jumped') return <span className="num">{`${printChange(locale, event.byMs)} ms`}</span>
  if (event.kind === 'engine-started') return <span>{text(`engine.mode.${event.mode}.name`)}</span>
  if (event.kind === 'journal-troubled') return <span>{text(`screen.event.journal.${event.trouble}`)}</span>
  if (event.kind === 'journal-recovered') return null
  const from = event.kind === 'mode-changed' ? event.from : event.mode
  const to = event.kind === 'mode-changed' ? event.to : event.wanted
  return (
    <>
      <span className="ink-2">{text(`engine.mode.${from}.name`)}</span>
      <Icon name="arrow" />
      {event.kind === 'mode-refused' ? <s>{text(`engine.mode.${to}.name`)}</s> : <span>{text(`engine.mode.${to}.name`)}</span>}
    </>
  )
}
