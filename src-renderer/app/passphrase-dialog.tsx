import { useRef, useState, type FormEvent, type ReactNode } from 'react'
import type { BooksStatus, BridgeError, Reply } from '../../src-preload/contract/index.ts'
import { translateError } from '../../src-preload/contract/text/index.ts'
import { sealHere } from '../bridge/web-sealing.ts'
import { takeBooks, useBooks } from '../stores/books.ts'
import { useConnection } from '../stores/connection.ts'
import { closeDialog, showNotice, useSurface } from '../stores/surface.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Prose } from '../ui/prose.tsx'
import { useScreen, type ScreenParts } from '../ui/screen-context.tsx'
import { SecretField, takeTyped } from '../ui/secret-field.tsx'
import { useLocale, useText } from '../ui/use-text.ts'
import './resume-dialog.css'

/** The engine judges it; this is only so that nobody waits to be told. */
const charactersMin = 10
/** A key is derived on purpose so slowly that guessing does not pay. */
const changeMs = 60_000

interface Typed {
  /** Undefined where there is none so far. */
  readonly old: string | undefined
  readonly next: string
  readonly again: string
}

type Flaw = 'missing' | 'weak' | 'differ'

/** What can be seen without the engine. */
export function flawOf({ old, next, again }: Typed): Flaw | undefined {
  if (old === '') return 'missing'
  if ([...next].length < charactersMin) return 'weak'
  return next === again ? undefined : 'differ'
}

type Complaint = { readonly kind: Flaw } | { readonly kind: 'refused'; readonly error: BridgeError }

/**
 * Sets the passphrase or changes it. Invariant: what is typed is in no state, no storage and no frame: it is read out of its
 * fields once, sealed, and the fields are empty before the answer.
 */
export function PassphraseDialog(): ReactNode {
  const text = useText()
  const hasOne = useBooks((facts) => facts.status?.hasPassphrase === true)
  const [isWaiting, setWaiting] = useState(false)
  // What the engine has begun cannot be taken back by closing a dialog: it stays until it has said what came of it.
  const close = (): void => (isWaiting ? undefined : closeDialog())
  return (
    <Dialog title={text(hasOne ? 'screen.passphrase.change' : 'screen.passphrase.set')} onClose={close}>
      <PassphraseForm hasOne={hasOne} isWaiting={isWaiting} onWaiting={setWaiting} />
    </Dialog>
  )
}

interface PassphraseFormProps {
  readonly hasOne: boolean
  /** A key is being derived. */
  readonly isWaiting: boolean
  readonly onWaiting: (isWaiting: boolean) => void
}

function PassphraseForm({ hasOne, isWaiting, onWaiting }: PassphraseFormProps): ReactNode {
  const text = useText()
  const { bridge } = useScreen()
  const [old, next, again] = [useRef<HTMLInputElement>(null), useRef<HTMLInputElement>(null), useRef<HTMLInputElement>(null)]
  const sealTo = useBooks((facts) => facts.status?.sealTo)
  const isFresh = useConnection((facts) => facts.health === 'fresh')
  const [complaint, setComplaint] = useState<Complaint>()
  const change = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (sealTo === undefined || isWaiting || !isFresh) return
    const typed: Typed = { old: hasOne ? takeTyped(old.current) : undefined, next: takeTyped(next.current), again: takeTyped(again.current) }
    const flaw = flawOf(typed)
    setComplaint(flaw === undefined ? undefined : { kind: flaw })
    const first = hasOne ? old.current : next.current
    if (flaw !== undefined) return first?.focus()
    onWaiting(true)
    const reply = await askToChange(bridge, sealTo, typed)
    onWaiting(false)
    if (!reply.ok) return setComplaint({ kind: 'refused', error: reply.error })
    takeBooks(reply.value)
    // The answer can come after another dialog was opened, which is not this one's to close.
    if (useSurface.getState().dialog === 'passphrase') closeDialog()
    showNotice(text('screen.passphrase.done'))
  }
  return (
    <form className="resume" onSubmit={(event) => void change(event)}>
      <div className="dialog-body resume-body">
        <p className="note">{text('screen.passphrase.means')}</p>
        {hasOne && <SecretField field={old} label={text('screen.passphrase.old')} isDisabled={isWaiting} />}
        <SecretField
          field={next} label={text('screen.closed.new')} hint={text('screen.closed.new-means', { least: charactersMin })} isDisabled={isWaiting}
        />
        <SecretField field={again} label={text('screen.closed.new-again')} isDisabled={isWaiting} />
        <ComplaintWords complaint={complaint} />
      </div>
      <div className="dialog-foot">
        <Button type="submit" look="primary" keys="Enter" disabled={isWaiting || !isFresh}>
          {text(isWaiting ? 'screen.passphrase.waiting' : hasOne ? 'screen.passphrase.do' : 'screen.passphrase.do-set')}
        </Button>
        <Button look="ghost" keys="Esc" disabled={isWaiting} onClick={closeDialog}>{text('screen.cancel')}</Button>
      </div>
    </form>
  )
}

function ComplaintWords({ complaint }: { readonly complaint: Complaint | undefined }): ReactNode {
  const text = useText()
  const locale = useLocale()
  if (complaint === undefined) return null
  const words = complaint.kind === 'refused' ? translateError(locale, complaint.error) : text(`screen.passphrase.${complaint.kind}`, { least: charactersMin })
  return <p className="danger" role="alert"><Prose>{words}</Prose></p>
}

async function askToChange(bridge: ScreenParts['bridge'], sealTo: string, { old, next }: Typed): Promise<Reply<BooksStatus>> {
  const sealed = { old: old === undefined ? null : await sealHere(sealTo, 'keys.passphrase old', old), next: await sealHere(sealTo, 'keys.passphrase next', next) }
  return bridge.call('keys.passphrase', sealed, { timeoutMs: changeMs })
}
