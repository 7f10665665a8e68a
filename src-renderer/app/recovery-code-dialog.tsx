import { useEffect, useRef, useState, type FormEvent, type ReactNode } from 'react'
import type { BooksStatus, BridgeError } from '../../src-preload/contract/index.ts'
import { translateError } from '../../src-preload/contract/text/index.ts'
import { openReaderHere, sealHere } from '../bridge/web-sealing.ts'
import { isCovered, takeBooks, useBooks } from '../stores/books.ts'
import { useConnection } from '../stores/connection.ts'
import { closeDialog, sayAfterCover, showNotice, type CoveredWord } from '../stores/surface.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Prose } from '../ui/prose.tsx'
import { useScreen, type ScreenParts } from '../ui/screen-context.tsx'
import { SecretField, takeTyped } from '../ui/secret-field.tsx'
import { useAsking } from '../ui/use-asking.ts'
import { useLocale, useText } from '../ui/use-text.ts'
import { RecoveryPaper } from './recovery-paper.tsx'
import './resume-dialog.css'

/** A key is derived on purpose so slowly that guessing does not pay. */
const makeMs = 60_000

/**
 * Makes a recovery code and sees it on paper. Invariants: 1 the code is in this dialog's memory alone, for as long as it is
 * open: in no storage, no log, no frame in clear; 2 it is put in force only when two of its groups were read back from paper:
 * until then, and whenever the dialog is closed early, the code from before counts.
 */
export function RecoveryCodeDialog(): ReactNode {
  const text = useText()
  const { bridge } = useScreen()
  const sealTo = useBooks((facts) => facts.status?.sealTo)
  const [code, setCode] = useState<string>()
  const [isMaking, setMaking] = useState(false)
  const [isSent, setSent] = useState(false)
  const { isWaiting, reply, ask } = useAsking<BooksStatus>()
  const unfinished = code === undefined ? undefined : isSent ? 'screen.code.unknown' : 'screen.code.not-in-force'
  useSayingIfCovered(unfinished)
  const close = (): void => {
    // A key is being derived: what comes of it is said here.
    if (isMaking || isWaiting) return
    closeDialog()
    if (unfinished !== undefined) showNotice(text(unfinished))
  }
  const confirm = async (proved: string): Promise<void> => {
    if (sealTo === undefined) return
    const sealed = await sealHere(sealTo, 'keys.confirm-recovery-code code', proved)
    setSent(true)
    const answered = await ask(bridge.call('keys.confirm-recovery-code', { code: sealed }, { timeoutMs: makeMs }))
    if (!answered.ok) return
    takeBooks(answered.value)
    setCode(undefined)
    closeDialog()
    showNotice(text('screen.code.done'))
  }
  return (
    <Dialog title={text('screen.code.title')} onClose={close}>
      {code === undefined ? (
        <MakeCode isWaiting={isMaking} onWaiting={setMaking} onMade={setCode} onClose={close} />
      ) : (
        <RecoveryPaper
          code={code} isWaiting={isWaiting} error={reply?.ok === false ? reply.error : undefined}
          onProved={() => void confirm(code)} onClose={close}
        />
      )}
    </Dialog>
  )
}

/** A lock takes the dialog away with the code in it: whoever unlocks the screens is told what became of it. */
function useSayingIfCovered(word: CoveredWord | undefined): void {
  const said = useRef(word)
  useEffect(() => void (said.current = word), [word])
  useEffect(() => () => {
    if (said.current !== undefined && isCovered()) sayAfterCover(said.current)
  }, [])
}

type Complaint = { readonly kind: 'unreadable' } | { readonly kind: 'refused'; readonly error: BridgeError }

interface MakeCodeProps {
  /** A key is being derived. */
  readonly isWaiting: boolean
  readonly onWaiting: (isWaiting: boolean) => void
  readonly onMade: (code: string) => void
  readonly onClose: () => void
}

/** What it means, the passphrase where there is one, and the button. */
function MakeCode({ isWaiting, onWaiting, onMade, onClose }: MakeCodeProps): ReactNode {
  const text = useText()
  const { bridge } = useScreen()
  const field = useRef<HTMLInputElement>(null)
  const status = useBooks((facts) => facts.status)
  const isFresh = useConnection((facts) => facts.health === 'fresh')
  const [complaint, setComplaint] = useState<Complaint>()
  const make = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (status === undefined || isWaiting) return
    if (status.hasPassphrase && field.current?.value === '') return field.current.focus()
    onWaiting(true)
    setComplaint(undefined)
    const made = await askForCode(bridge, status.sealTo, status.hasPassphrase ? takeTyped(field.current) : undefined)
    onWaiting(false)
    if (made.ok) onMade(made.code)
    else setComplaint(made.complaint)
  }
  return (
    <form className="resume" onSubmit={(event) => void make(event)}>
      <div className="dialog-body resume-body">
        <p className="note">{text('screen.code.means')}</p>
        {status?.hasRecoveryCode === true && <p className="attn">{text('screen.code.replaces')}</p>}
        {status?.hasPassphrase === true && <SecretField field={field} label={text('screen.passphrase.now')} isDisabled={isWaiting} />}
        <ComplaintWords complaint={complaint} />
      </div>
      <div className="dialog-foot">
        <Button type="submit" look="primary" keys="Enter" disabled={isWaiting || !isFresh}>
          {text(isWaiting ? 'screen.code.making' : 'screen.code.make')}
        </Button>
        <Button look="ghost" keys="Esc" disabled={isWaiting} onClick={onClose}>{text('screen.cancel')}</Button>
      </div>
    </form>
  )
}

function ComplaintWords({ complaint }: { readonly complaint: Complaint | undefined }): ReactNode {
  const text = useText()
  const locale = useLocale()
  if (complaint === undefined) return null
  const words = complaint.kind === 'unreadable' ? text('screen.code.unreadable') : translateError(locale, complaint.error)
  return <p className="danger" role="alert"><Prose>{words}</Prose></p>
}

type Made = { readonly ok: true; readonly code: string } | { readonly ok: false; readonly complaint: Complaint }

async function askForCode(bridge: ScreenParts['bridge'], sealTo: string, passphrase: string | undefined): Promise<Made> {
  const reader = await openReaderHere()
  const secret = passphrase === undefined ? null : await sealHere(sealTo, 'keys.recovery-code secret', passphrase)
  const reply = await bridge.call('keys.recovery-code', { sealTo: reader.publicKey, secret }, { timeoutMs: makeMs })
  if (!reply.ok) return { ok: false, complaint: { kind: 'refused', error: reply.error } }
  const code = await reader.open(reply.value.code, 'keys.recovery-code code')
  return code === undefined ? { ok: false, complaint: { kind: 'unreadable' } } : { ok: true, code }
}
