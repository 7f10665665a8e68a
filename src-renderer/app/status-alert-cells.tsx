import type { ReactNode } from 'react'
import { hasCritical, unresolvedCount, useAlerts } from '../stores/alerts.ts'
import { useBooks, useIsCovered } from '../stores/books.ts'
import { useIsStale } from '../stores/connection.ts'
import { useDesk } from '../stores/desk.ts'
import { Icon } from '../ui/icon.tsx'
import { useMediaQuery } from '../ui/use-media-query.ts'
import { useText } from '../ui/use-text.ts'
import { StatusCell } from './status-cell.tsx'

const phone = '(max-width: 719px)'

/** How many alerts nobody has taken note of; a press leads to them. Behind a lock it is not told, so it is not shown. */
export function AlertsCell(): ReactNode {
  const text = useText()
  const unresolved = useAlerts((facts) => (facts.alerts === undefined ? undefined : unresolvedCount(facts)))
  const isGrave = useAlerts(hasCritical)
  const isCovered = useIsCovered()
  const isStale = useIsStale()
  const isPhone = useMediaQuery(phone)
  if (unresolved === undefined || isCovered) return null
  const look = unresolved === 0 ? 'calm' : isGrave ? 'grave' : 'hot'
  const words = (
    <>
      {unresolved > 0 && <Icon name="warn" />}
      <span className={isPhone ? 'for-readers-only' : ''}>{text('screen.status.alerts')}</span> <b data-figure>{unresolved}</b>
    </>
  )
  const className = `status-cell status-alerts status-${isStale ? 'calm stale' : look}`
  // On a phone the bar is thinner than a thumb, and the panel's own tab is in sight.
  if (isPhone) return unresolved === 0 ? null : <div className={className}>{words}</div>
  return (
    <button
      type="button" className={`${className} focus-inside`} aria-label={`${text('screen.status.alerts')} ${unresolved}, ${text('screen.alerts.unresolved', { count: unresolved })}`}
      onClick={() => useDesk.getState().handle?.showPanel('alerts')}
    >
      {words}
    </button>
  )
}

/** A record that waits this long for the disk is worth a colour. */
const waitingMs = 100

/** Whether what is decided is kept. */
export function BooksCell(): ReactNode {
  const text = useText()
  const word = useBooks(({ status }) => {
    if (status === undefined) return undefined
    if (status.state !== 'open') return status.state
    if (status.waitingMs > waitingMs) return 'waiting'
    if (status.backup.running !== null) return 'backup'
    return status.protection === 'ephemeral' ? 'not-kept' : 'kept'
  })
  if (word === undefined) return null
  const isHot = word === 'closed' || word === 'waiting'
  return (
    <StatusCell look={isHot ? 'hot' : 'calm'} size={isHot ? 'desk' : 'wide'} isEngineData>
      {text('screen.status.books')} <b>{text(`screen.status.books.${word}`)}</b>
    </StatusCell>
  )
}
