import { useEffect, useRef, useState, type FormEvent, type ReactNode } from 'react'
import type { BridgeError } from '../../src-preload/contract/index.ts'
import { translateError } from '../../src-preload/contract/text/index.ts'
import { Button } from '../ui/button.tsx'
import { useLocale, useText } from '../ui/use-text.ts'
import { askedGroups, groupsOf, isSameGroup } from './recovery-groups.ts'
import './recovery-paper.css'

interface RecoveryPaperProps {
  readonly code: string
  /** It is being put in force. */
  readonly isWaiting: boolean
  readonly error: BridgeError | undefined
  readonly onProved: () => void
  readonly onClose: () => void
}

/** Shows the code until it is written down, then asks for two of its groups back. */
export function RecoveryPaper({ code, isWaiting, error, onProved, onClose }: RecoveryPaperProps): ReactNode {
  const [isWritten, setWritten] = useState(false)
  return isWritten ? (
    <ReadBack code={code} isWaiting={isWaiting} error={error} onProved={onProved} onAgain={() => setWritten(false)} />
  ) : (
    <ShownCode code={code} onWritten={() => setWritten(true)} onClose={onClose} />
  )
}

interface ShownCodeProps {
  readonly code: string
  readonly onWritten: () => void
  readonly onClose: () => void
}

function ShownCode({ code, onWritten, onClose }: ShownCodeProps): ReactNode {
  const text = useText()
  const groups = useRef<HTMLOListElement>(null)
  // What asked for it is gone: the keyboard, and whoever listens, goes on to the code itself.
  useEffect(() => groups.current?.focus(), [])
  return (
    <>
      <div className="dialog-body recovery-paper">
        <p className="note">{text('screen.code.write')}</p>
        <ol className="recovery-groups" ref={groups} tabIndex={-1} aria-label={text('screen.code.title')}>
          {groupsOf(code).map((group, nth) => (
            <li key={nth}>
              <span className="t11 ink-3 num">{nth + 1}</span>
              <span className="mono">{group}</span>
            </li>
          ))}
        </ol>
      </div>
      <div className="dialog-foot">
        <Button look="primary" onClick={onWritten}>{text('screen.code.written')}</Button>
        <Button look="ghost" keys="Esc" onClick={onClose}>{text('screen.close')}</Button>
      </div>
    </>
  )
}

interface ReadBackProps extends Pick<RecoveryPaperProps, 'code' | 'isWaiting' | 'error' | 'onProved'> {
  readonly onAgain: () => void
}

function ReadBack({ code, isWaiting, error, onProved, onAgain }: ReadBackProps): ReactNode {
  const text = useText()
  const locale = useLocale()
  const groups = groupsOf(code)
  const [asked] = useState(() => askedGroups(groups.length, crypto.getRandomValues(new Uint8Array(2))))
  const first = useRef<HTMLInputElement>(null)
  const second = useRef<HTMLInputElement>(null)
  const fields = [first, second] as const
  useEffect(() => first.current?.focus(), [])
  const [isWrong, setWrong] = useState(false)
  const compare = (event: FormEvent): void => {
    event.preventDefault()
    if (isWaiting) return
    setWrong(false)
    if (asked.every((nth, at) => isSameGroup(groups[nth], fields[at]?.current?.value ?? ''))) return onProved()
    setWrong(true)
    first.current?.select()
  }
  return (
    <form className="resume" onSubmit={compare}>
      <div className="dialog-body recovery-paper">
        <p className="note">{text('screen.code.confirm')}</p>
        <div className="recovery-back">
          {asked.map((nth, at) => (
            <label key={nth} className="field">
              <span>{text('screen.code.group', { nth: nth + 1 })}</span>
              <input ref={fields[at]} className="mono" autoComplete="off" spellCheck={false} maxLength={8} />
            </label>
          ))}
        </div>
        {isWrong && <p className="danger" role="alert">{text('screen.code.wrong')}</p>}
        {error !== undefined && <p className="danger" role="alert">{translateError(locale, error)}</p>}
      </div>
      <div className="dialog-foot">
        <Button type="submit" look="primary" keys="Enter" disabled={isWaiting}>{text(isWaiting ? 'screen.passphrase.waiting' : 'screen.code.check')}</Button>
        <Button look="ghost" disabled={isWaiting} onClick={onAgain}>{text('screen.code.again')}</Button>
      </div>
    </form>
  )
}
