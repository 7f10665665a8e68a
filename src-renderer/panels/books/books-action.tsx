import type { ReactNode } from 'react'
import type { Access, BridgeError } from '../../../src-preload/contract/index.ts'
import { mayUse } from '../../../src-preload/contract/index.ts'
import { translateError } from '../../../src-preload/contract/text/index.ts'
import { useConnection } from '../../stores/connection.ts'
import { Button } from '../../ui/button.tsx'
import { Prose } from '../../ui/prose.tsx'
import { useLocale, useText } from '../../ui/use-text.ts'

/** Some of this takes minutes on a slow disk, and its end is told by the engine anyway. */
export const longMs = 10 * 60_000

interface BooksActionProps {
  readonly label: string
  readonly needs: Access
  /** Why it cannot be done just now, though this screen may. */
  readonly obstacle?: string | undefined
  readonly isWaiting: boolean
  readonly waitingLabel: string
  readonly error?: BridgeError | undefined
  /** What came of it, when it went well. */
  readonly done?: string | undefined
  readonly onPress: () => void
}

/** A button with all that it can come to: not allowed and why, under way, refused and why, done and what. */
export function BooksAction({ label, needs, obstacle, isWaiting, waitingLabel, error, done, onPress }: BooksActionProps): ReactNode {
  const text = useText()
  const locale = useLocale()
  const hasLine = useConnection((facts) => facts.state === 'open')
  const isAllowed = useConnection((facts) => facts.access === undefined || mayUse(facts.access, needs))
  const reason = isAllowed ? obstacle : text('screen.books.not-allowed')
  return (
    <div className="books-action">
      <Button look="ghost" disabled={reason !== undefined || isWaiting || !hasLine} onClick={onPress}>{isWaiting ? waitingLabel : label}</Button>
      {reason !== undefined && <p className="t11 ink-2"><Prose>{reason}</Prose></p>}
      {error !== undefined && <p className="danger outcome" role="alert"><Prose>{translateError(locale, error)}</Prose></p>}
      {done !== undefined && !isWaiting && <p className="ink-2 outcome" role="status">{done}</p>}
    </div>
  )
}
