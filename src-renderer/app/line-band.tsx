import { useCallback, type ReactNode } from 'react'
import { ageText } from '../../src-preload/contract/text/index.ts'
import { tenthsClockText } from '../format/utc-time.ts'
import { useConnection, type ConnectionFacts } from '../stores/connection.ts'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { LiveText } from '../ui/live-text.tsx'
import { useTicked } from '../ui/use-ticked.ts'
import { useLocale, useText } from '../ui/use-text.ts'

/** A reconnection that takes no longer than this is not worth a word; what is shown has faded already. */
const quietMs = 400

type Trouble = 'connecting' | 'lost' | 'restarting' | 'stopped' | 'silent'

/** There is no line, or nothing comes over it: why, for how long, how old what is shown is, and what happens next. */
export function LineBand(): ReactNode {
  const text = useText()
  const trouble = useConnection(troubleOf)
  const isWorthAWord = useTicked((now) => now - troubleSince(now) > quietMs)
  if (!isWorthAWord) return null
  return (
    <div className="band band-hatch band-attention">
      {/* Said once: the visible sentence counts, and would be said again every second. */}
      <span className="for-readers-only" role="alert">
        {trouble === 'silent' ? text('screen.line.silent') : text(`connection.${trouble}.meaning`)}
      </span>
      <Icon name="warn" />
      <p className="band-words">
        <TroubleLead trouble={trouble} />
        <LastKnown />
        <span className="ellipsis">{text(`screen.trouble.${trouble}.next`)}</span>
      </p>
      {trouble === 'stopped' && window.ballast !== undefined && <StartAgain />}
    </div>
  )
}

function troubleOf({ state, health }: ConnectionFacts): Trouble {
  if (health === 'silent') return 'silent'
  return state === 'connecting' || state === 'restarting' || state === 'stopped' ? state : 'lost'
}

/** The page's time at which it began; a silence begins with the last word. */
function troubleSince(now: number): number {
  const { downSince, heardAt } = useConnection.getState()
  return downSince ?? heardAt ?? now
}

function TroubleLead({ trouble }: { readonly trouble: Trouble }): ReactNode {
  const text = useText()
  const locale = useLocale()
  const read = useCallback(
    (now: number) => text(`screen.trouble.${trouble}`, { age: ageText(locale, now - troubleSince(now)) }),
    [trouble, text, locale],
  )
  return <LiveText className="band-lead" read={read} />
}

function LastKnown(): ReactNode {
  const text = useText()
  const wallMs = useConnection((facts) => facts.heardWallMs)
  return wallMs === undefined ? null : <span>{text('screen.trouble.last-known', { time: tenthsClockText(wallMs) })}</span>
}

function StartAgain(): ReactNode {
  const text = useText()
  return (
    <Button look="attention" size="small" onClick={() => void window.ballast?.shell('restart-engine')}>
      {text('screen.trouble.start-again')}
    </Button>
  )
}
