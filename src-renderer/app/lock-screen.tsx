import { useEffect, useLayoutEffect, type ReactNode } from 'react'
import type { BooksStatus, BooksTroubleCode } from '../../src-preload/contract/index.ts'
import { clockText, dateText, translate, type MessageKey } from '../../src-preload/contract/text/index.ts'
import { unresolvedCount, useAlerts } from '../stores/alerts.ts'
import { useBooks, type Cover } from '../stores/books.ts'
import { useEngine } from '../stores/engine-status.ts'
import { closeDialog, forgetCutShort, useSurface } from '../stores/surface.ts'
import { Mark } from '../ui/mark.tsx'
import { Prose } from '../ui/prose.tsx'
import { useLocale, useText } from '../ui/use-text.ts'
import { LockForm, type LockFormKind } from './lock-form.tsx'
import './lock-screen.css'

/**
 * What stands in for the workspace while it may not be seen, or cannot be: only the mode shows, and the halt works.
 * Invariants: 1 nothing of the workspace is drawn behind it; 2 what is typed here is in no state, no storage and no frame:
 * it is read out of its field once, sealed, and the field is emptied before the answer; 3 it never covers the halt.
 */
export function LockScreen({ cover }: { readonly cover: Cover }): ReactNode {
  const status = useBooks((facts) => facts.status)
  // What was open belongs to the workspace that may not be seen now.
  useLayoutEffect(closeDialog, [])
  if (status === undefined) return null
  const kind = formKind(cover, status)
  return (
    <main className="lock">
      <div className="lock-column">
        <div className="lock-mark"><Mark /></div>
        <LockWords cover={cover} status={status} />
        <CutShort />
        {kind !== undefined && <LockForm key={kind} kind={kind} status={status} />}
        {cover === 'locked' && <Standing lockedAt={status.lockedAt} />}
      </div>
    </main>
  )
}

/** What the cover took away unfinished. */
function CutShort(): ReactNode {
  const text = useText()
  const word = useSurface((surface) => surface.cutShort)
  useEffect(() => forgetCutShort, [])
  return word === undefined ? null : <p className="attn" role="status">{`${text('screen.code.title')}. ${text(word)}`}</p>
}

function LockWords({ cover, status }: { readonly cover: Cover; readonly status: BooksStatus }): ReactNode {
  if (cover === 'locked') return <LockedWords lockedAt={status.lockedAt} />
  return status.trouble === null || cover === 'opening' ? <OpeningWords /> : <ClosedWords trouble={status.trouble} />
}

function LockedWords({ lockedAt }: { readonly lockedAt: number | null }): ReactNode {
  const text = useText()
  return (
    <>
      <h1>{text('screen.lock.title')}</h1>
      <p className="note">
        {lockedAt !== null && <>{text('screen.lock.since', { time: clockText(lockedAt) })} </>}
        {text('screen.lock.means')}
      </p>
    </>
  )
}

function OpeningWords(): ReactNode {
  const text = useText()
  return (
    <>
      <h1>{text('screen.opening.title')}</h1>
      <p className="note" role="status">{text('screen.opening.means')}</p>
      <i className="lock-progress" aria-hidden="true" />
    </>
  )
}

function ClosedWords({ trouble: { code, details } }: { readonly trouble: NonNullable<BooksStatus['trouble']> }): ReactNode {
  const text = useText()
  const locale = useLocale()
  // The command line says how to give it a passphrase; here there is a field for that.
  const key: MessageKey = code === 'keychain-absent' ? 'screen.closed.keychain-absent' : `books.trouble.${code}`
  return (
    <>
      <h1>{text(titleOf(code))}</h1>
      <p className="note" role="status"><Prose>{translate<MessageKey>(locale, key, details)}</Prose></p>
    </>
  )
}

const titleOf = (code: BooksTroubleCode) =>
  newBooksCodes.includes(code) ? 'screen.closed.none' : waitingCodes.includes(code) ? 'screen.closed.waiting' : 'screen.closed.title'

/** There are no books yet, and a passphrase can make them. */
const newBooksCodes: readonly BooksTroubleCode[] = ['keychain-absent', 'secret-weak']
/** A passphrase or recovery code is the only way on. */
const waitingCodes: readonly BooksTroubleCode[] = ['passphrase-needed', 'secret-wrong']
/** It is one way on; the other is to mend the keychain and try again. */
const keychainCodes: readonly BooksTroubleCode[] = [
  'keychain-locked', 'keychain-denied', 'keychain-silent', 'key-missing', 'key-wrong', 'keychain-changed',
]

function formKind(cover: Cover, { trouble }: BooksStatus): LockFormKind | undefined {
  if (cover === 'locked') return 'unlock'
  if (cover === 'opening' || trouble === null) return undefined
  if (newBooksCodes.includes(trouble.code)) return 'make'
  if (waitingCodes.includes(trouble.code)) return 'open'
  return keychainCodes.includes(trouble.code) ? 'open-or-again' : 'again'
}

/** No amounts and no names: what a passer-by may know. */
function Standing({ lockedAt }: { readonly lockedAt: number | null }): ReactNode {
  const text = useText()
  const locale = useLocale()
  const mode = useEngine((facts) => facts.status?.mode)
  // Told before the lock, and not since: a page that was opened locked knows of none.
  const unresolved = useAlerts((facts) => (facts.alerts === undefined ? undefined : unresolvedCount(facts)))
  return (
    <>
      <dl className="lock-standing">
        <div><dt>{text('screen.status.engine')}</dt><dd>{mode === undefined ? '–' : text(`engine.mode.${mode}.name`)}</dd></div>
        {lockedAt !== null && (
          <div><dt>{text('screen.lock.at')}</dt><dd className="num">{`${dateText(locale, lockedAt)} ${clockText(lockedAt)} UTC`}</dd></div>
        )}
        {unresolved !== undefined && (
          <div>
            <dt>{text('screen.lock.needs')}</dt>
            <dd className={unresolved > 0 ? 'attn' : ''}>{text('screen.alerts.unresolved', { count: unresolved })}</dd>
          </div>
        )}
      </dl>
      <p className="ink-3 lock-foot">{text('screen.lock.foot')}</p>
    </>
  )
}
