import { useState, type FormEvent, type ReactNode } from 'react'
import type { BridgeError } from '../../src-preload/contract/index.ts'
import { clockText, translateError } from '../../src-preload/contract/text/index.ts'
import { useConnection } from '../stores/connection.ts'
import { takeModeState, useEngine } from '../stores/engine-status.ts'
import { closeDialog } from '../stores/surface.ts'
import { Button } from '../ui/button.tsx'
import { Choice } from '../ui/choice.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { useScreen } from '../ui/screen-context.tsx'
import { useLocale, useText, type Text } from '../ui/use-text.ts'
import './resume-dialog.css'

type Target = 'reducing' | 'active'

/** What the contract takes. */
const reasonMax = 200

/** Lets the engine go again. It says what will happen, and the button says which of the two. */
export function ResumeDialog(): ReactNode {
  const text = useText()
  const locale = useLocale()
  const { bridge } = useScreen()
  // The more cautious one unless the other is chosen; from there on only the other is left.
  const mode = useEngine((facts) => facts.status?.mode)
  const [target, setTarget] = useState<Target>(mode === 'reducing' ? 'active' : 'reducing')
  const [reason, setReason] = useState('')
  const [isSending, setSending] = useState(false)
  const [error, setError] = useState<BridgeError>()
  const isFresh = useConnection((facts) => facts.health === 'fresh')

  const resume = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    setSending(true)
    setError(undefined)
    const given = reason.trim() || text('screen.resume.reason')
    const reply = await bridge.call('trading.resume', { to: target, reason: given, actor: 'hand' })
    setSending(false)
    if (!reply.ok) return setError(reply.error)
    takeModeState(reply.value)
    closeDialog()
  }

  return (
    <Dialog title={text('screen.resume.title')} onClose={closeDialog}>
      <form className="resume" onSubmit={(event) => void resume(event)}>
        <div className="dialog-body resume-body">
          <StandingWord />
          <Choice
            label={text('screen.resume.title')} look="list" value={target} options={targetsFrom(mode, text)} onChoose={setTarget}
          />
          <label className="field">
            <span>{text('screen.resume.why')}</span>
            <input
              value={reason} maxLength={reasonMax} placeholder={text('screen.resume.reason')}
              onChange={(event) => setReason(event.target.value)}
            />
          </label>
          {error !== undefined && <p className="danger" role="alert">{translateError(locale, error)}</p>}
        </div>
        <div className="dialog-foot">
          <Button type="submit" look="primary" keys="Enter" disabled={isSending || !isFresh}>
            {isSending ? text('screen.resume.sending') : text(`screen.resume.${target}.do`)}
          </Button>
          <Button look="ghost" keys="Esc" onClick={closeDialog}>{text('screen.cancel')}</Button>
          {!isFresh && <span className="attn">{text('screen.resume.no-line')}</span>}
        </div>
      </form>
    </Dialog>
  )
}

interface TargetOption {
  readonly value: Target
  readonly text: string
  readonly detail: string
}

const targetsFrom = (mode: string | undefined, text: Text): readonly TargetOption[] =>
  (['reducing', 'active'] as const)
    .filter((target) => target !== mode)
    .map((target) => ({ value: target, text: text(`screen.resume.${target}`), detail: text(`screen.resume.${target}.means`) }))

function StandingWord(): ReactNode {
  const text = useText()
  const status = useEngine((facts) => facts.status)
  if (status === undefined) return null
  const params = { time: clockText(status.since), actor: text(`screen.actor.${status.actor}`), reason: status.reason }
  return <p className="note">{`${text(`engine.mode.${status.mode}.name`)} ${text('screen.resume.standing', params)}`}</p>
}
