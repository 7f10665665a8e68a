import { useState, type ReactNode } from 'react'
import type { EngineEventView } from '../../../src-preload/contract/index.ts'
import { eventKey, isFirstOfEngine, useEngineEvents } from '../../stores/engine-events.ts'
import { Blank } from '../../ui/blank.tsx'
import { PanelMessage } from '../../ui/panel-message.tsx'
import { useText } from '../../ui/use-text.ts'
import { EventRow } from './event-row.tsx'
import './activity-panel.css'

/** Everything that the engine decided, newest first. */
export function ActivityPanel(): ReactNode {
  const text = useText()
  const events = useEngineEvents((facts) => facts.events)
  // Nothing moves under the pointer: what comes while the table is pointed at waits.
  const [held, setHeld] = useState<readonly EngineEventView[]>()
  if (events === undefined) return <ActivityBlank />
  if (events.length === 0) {
    return <PanelMessage title={text('screen.activity.empty')}>{text('screen.activity.empty.next')}</PanelMessage>
  }
  const shown = held ?? events
  return (
    <table className="activity" onPointerEnter={() => setHeld(events)} onPointerLeave={() => setHeld(undefined)}>
      <caption className="for-readers-only">{text('screen.panel.activity')}</caption>
      <ActivityHead waiting={countAfter(events, shown.at(-1))} />
      <tbody>
        {shown
          .map((event, nth) => (
            <EventRow key={eventKey(event)} event={event} isFirstOfEngine={isFirstOfEngine(event, shown[nth - 1])} />
          ))
          .toReversed()}
      </tbody>
    </table>
  )
}

function ActivityBlank(): ReactNode {
  return <div className="activity-blank">{[28, 22, 25].map((digits) => <Blank key={digits} digits={digits} />)}</div>
}

function countAfter(events: readonly EngineEventView[], last: EngineEventView | undefined): number {
  const at = last === undefined ? -1 : events.findLastIndex((event) => eventKey(event) === eventKey(last))
  return events.length - 1 - at
}

function ActivityHead({ waiting }: { readonly waiting: number }): ReactNode {
  const text = useText()
  return (
    <thead>
      <tr className="activity-row activity-head cap">
        <th>{text('screen.activity.time')}</th>
        <th className="num activity-number">{text('screen.activity.number')}</th>
        <th>{text('screen.activity.what')}</th>
        <th>{text('screen.activity.change')}</th>
        <th>{text('screen.activity.reason')}</th>
        <th className="activity-actor">
          {waiting > 0 ? text('screen.activity.waiting', { count: waiting }) : text('screen.activity.actor')}
        </th>
      </tr>
    </thead>
  )
}
