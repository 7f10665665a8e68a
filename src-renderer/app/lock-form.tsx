import { useEffect, useId, useRef, useState, type FormEvent, type ReactNode, type Ref } from 'react'
import type { BooksStatus, BridgeError, Reply } from '../../src-preload/contract/index.ts'
import { translateError } from '../../src-preload/contract/text/index.ts'
import { sealHere } from '../bridge/web-sealing.ts'
import { takeBooks } from '../stores/books.ts'
import { useConnection } from '../stores/connection.ts'
import { Button } from '../ui/button.tsx'
import { KeyHint } from '../ui/key-hint.tsx'
import { Prose } from '../ui/prose.tsx'
import { useScreen, type ScreenParts } from '../ui/screen-context.tsx'
import { takeTyped } from '../ui/secret-field.tsx'
import { useTicked } from '../ui/use-ticked.ts'
import { useLocale, useText } from '../ui/use-text.ts'

/**
 * `unlock`: the screens. `open`: books that wait for their secret. `open-or-again`: the same, or the keychain is well again.
 * `make`: new books under a new passphrase. `again`: nothing can be typed that would help.
 */
export type LockFormKind = 'unlock' | 'open' | 'open-or-again' | 'make' | 'again'

interface LockFormProps {
  readonly kind: LockFormKind
  readonly status: BooksStatus
}

/** The engine judges it; this is only so that nobody waits to be told. */
const passphraseCharactersMin = 10
/** A key is derived on purpose so slowly that guessing does not pay. */
const openMs = 60_000

type Complaint = { readonly kind: 'weak' | 'differ' } | { readonly kind: 'refused'; readonly error: BridgeError }

export function LockForm({ kind, status }: LockFormProps): ReactNode {
  const { bridge } = useScreen()
  const field = useRef<HTMLInputElement>(null)
  const again = useRef<HTMLInputElement>(null)
  const [isSending, setSending] = useState(false)
  const [complaint, setComplaint] = useState<Complaint>()
  const hasLine = useConnection((facts) => facts.state === 'open')
  const { waitSeconds, waitFor } = useWait(status.waitSeconds)
  useEffect(() => field.current?.focus(), [])

  const send = async (secret: string | undefined): Promise<void> => {
    setSending(true)
    setComplaint(undefined)
    const reply = await askToOpen(bridge, kind, status.sealTo, secret)
    setSending(false)
    if (reply.ok) return takeBooks(reply.value)
    setComplaint({ kind: 'refused', error: reply.error })
    waitFor(Number(reply.error.details['waitSeconds'] ?? 0))
    field.current?.focus()
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (kind === 'again') return void send(undefined)
    if (isSending || !hasLine || waitSeconds > 0 || field.current?.value === '') return field.current?.focus()
    const typed = takeTyped(field.current)
    const repeated = takeTyped(again.current)
    setComplaint(undefined)
    const flaw = kind === 'make' ? flawOf(typed, repeated) : undefined
    if (flaw === undefined) return void send(typed)
    setComplaint({ kind: flaw })
    field.current?.focus()
  }
  const isBlocked = isSending || !hasLine || waitSeconds > 0

  return (
    <form className={`lock-form lock-form-${kind}`} onSubmit={submit}>
      {kind !== 'again' && <Fields kind={kind} field={field} again={again} isBlocked={isBlocked} />}
      <Complaints complaint={complaint} waitSeconds={waitSeconds} isSending={isSending} />
      <Actions kind={kind} isBlocked={isBlocked} onAgain={() => void send(undefined)} />
      {!hasLine && <LineMissing />}
    </form>
  )
}

const flawOf = (typed: string, repeated: string): 'weak' | 'differ' | undefined => {
  if ([...typed].length < passphraseCharactersMin) return 'weak'
  return typed === repeated ? undefined : 'differ'
}

/** Until the next try is judged, counted down by this page's own clock. */
function useWait(toldSeconds: number): { readonly waitSeconds: number; readonly waitFor: (seconds: number) => void } {
  const [until, setUntil] = useState(() => performance.now() + toldSeconds * 1_000)
  const waitSeconds = useTicked((now) => Math.max(0, Math.ceil((until - now) / 1_000)))
  return { waitSeconds, waitFor: (seconds) => setUntil(performance.now() + seconds * 1_000) }
}

interface FieldsProps {
  readonly kind: LockFormKind
  readonly field: Ref<HTMLInputElement>
  readonly again: Ref<HTMLInputElement>
  readonly isBlocked: boolean
}

function Fields({ kind, field, again, isBlocked }: FieldsProps): ReactNode {
  const text = useText()
  const hint = useId()
  const isNew = kind === 'make'
  return (
    <>
      <LockField field={field} label={text(isNew ? 'screen.closed.new' : kind === 'unlock' ? 'screen.lock.secret' : 'screen.closed.secret')} hint={hint}>
        {kind === 'unlock' && (
          <button type="submit" className="lock-enter" aria-label={text('screen.lock.unlock')} disabled={isBlocked}><KeyHint keys="Enter" /></button>
        )}
      </LockField>
      {isNew && <LockField field={again} label={text('screen.closed.new-again')} />}
      {isNew && <p className="t11 ink-3" id={hint}>{text('screen.closed.new-means', { least: passphraseCharactersMin })}</p>}
    </>
  )
}

interface LockFieldProps {
  readonly field: Ref<HTMLInputElement>
  readonly label: string
  readonly hint?: string
  readonly children?: ReactNode
}

function LockField({ field, label, hint, children }: LockFieldProps): ReactNode {
  return (
    <div className="lock-field">
      <svg className="icon" viewBox="0 0 12 12" aria-hidden="true"><path d="M2.5 5.5h7v5h-7zM4 5.5V4a2 2 0 0 1 4 0v1.5" /></svg>
      {/* No name: a browser that does not know what it is for keeps it nowhere. */}
      <input ref={field} type="password" autoComplete="off" spellCheck={false} aria-label={label} placeholder={label} aria-describedby={hint} />
      {children}
    </div>
  )
}

interface ComplaintsProps {
  readonly complaint: Complaint | undefined
  readonly waitSeconds: number
  readonly isSending: boolean
}

/** What came of the last try; its room is always there, so that nothing moves when it speaks. */
function Complaints({ complaint, waitSeconds, isSending }: ComplaintsProps): ReactNode {
  const text = useText()
  const locale = useLocale()
  const isWrong = complaint?.kind === 'refused' && complaint.error.code === 'books.secret-wrong'
  return (
    <div className="lock-complaint">
      {isSending && <p className="ink-2" role="status">{text('screen.lock.trying')}</p>}
      {complaint !== undefined && (
        <p className="danger" role="alert">
          {complaint.kind !== 'refused' ? text(`screen.closed.${complaint.kind}`, { least: passphraseCharactersMin })
            : isWrong ? text('screen.lock.wrong') : <Prose>{translateError(locale, complaint.error)}</Prose>}
        </p>
      )}
      {waitSeconds > 0 && <p className="attn num" data-figure>{text('screen.lock.wait', { seconds: waitSeconds })}</p>}
    </div>
  )
}

interface ActionsProps {
  readonly kind: LockFormKind
  readonly isBlocked: boolean
  readonly onAgain: () => void
}

const actionOf = {
  unlock: 'screen.lock.unlock', open: 'screen.closed.open', 'open-or-again': 'screen.closed.open', make: 'screen.closed.make', again: 'screen.closed.again',
} as const satisfies Readonly<Record<LockFormKind, string>>

function Actions({ kind, isBlocked, onAgain }: ActionsProps): ReactNode {
  const text = useText()
  return (
    <div className="lock-actions">
      <Button type="submit" look="primary" keys="Enter" disabled={isBlocked}>{text(actionOf[kind])}</Button>
      {(kind === 'open-or-again' || kind === 'make') && (
        <Button look="ghost" disabled={isBlocked} onClick={onAgain}>{text('screen.closed.keychain-again')}</Button>
      )}
    </div>
  )
}

function LineMissing(): ReactNode {
  const text = useText()
  return <p className="attn">{text('screen.lock.no-line')}</p>
}

async function askToOpen(
  bridge: ScreenParts['bridge'], kind: LockFormKind, sealTo: string, typed: string | undefined,
): Promise<Reply<BooksStatus>> {
  const options = { timeoutMs: openMs }
  if (typed === undefined) return bridge.call('books.unlock', { secret: null }, options)
  if (kind === 'unlock') return bridge.call('screen.unlock', { secret: await sealHere(sealTo, 'screen.unlock secret', typed) }, options)
  if (kind === 'make') return bridge.call('books.create', { passphrase: await sealHere(sealTo, 'books.create passphrase', typed) }, options)
  return bridge.call('books.unlock', { secret: await sealHere(sealTo, 'books.unlock secret', typed) }, options)
}
