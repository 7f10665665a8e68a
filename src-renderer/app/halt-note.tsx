import type { ReactNode } from 'react'
import { translateError } from '../../src-preload/contract/text/index.ts'
import { useConnection } from '../stores/connection.ts'
import { hasNoWayBack, useHalt } from '../stores/halt.ts'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { useScreen } from '../ui/screen-context.tsx'
import { useTicked } from '../ui/use-ticked.ts'
import { useLocale, useText } from '../ui/use-text.ts'

/** An engine that is there answers in milliseconds: after this it is worth saying that it has not. */
const answerExpectedMs = 2_000

type NoteKind = 'none' | 'waiting' | 'unanswered' | 'failed'

/** What became of a halt that has not become one: said where it was pressed. */
export function HaltNote(): ReactNode {
  const kind = useNoteKind()
  if (kind === 'none') return null
  return (
    <div className={`halt-note halt-note-${kind === 'failed' ? 'failed' : 'waiting'}`} role="alert">
      {kind === 'failed' ? <FailedNote /> : <PendingNote kind={kind} />}
    </div>
  )
}

function useNoteKind(): NoteKind {
  return useTicked(() => {
    const { asking } = useHalt.getState()
    if (asking.kind !== 'asked') return asking.kind === 'failed' ? 'failed' : 'none'
    if (useConnection.getState().state !== 'open') return 'waiting'
    return Date.now() - asking.since > answerExpectedMs ? 'unanswered' : 'none'
  })
}

function PendingNote({ kind }: { readonly kind: 'waiting' | 'unanswered' }): ReactNode {
  const text = useText()
  return (
    <>
      <p className="halt-note-title"><Icon name="warn" />{text(`screen.halt.${kind}.title`)}</p>
      <p className="note">{text(`screen.halt.${kind}.rest`)}</p>
    </>
  )
}

function FailedNote(): ReactNode {
  const text = useText()
  const locale = useLocale()
  const { halt } = useScreen()
  const asking = useHalt((facts) => facts.asking)
  const isCutOff = useConnection((facts) => hasNoWayBack(facts.state))
  if (asking.kind !== 'failed') return null
  return (
    <>
      <p className="halt-note-title"><Icon name="close" />{text('screen.halt.failed.title')}</p>
      <p className="note">{isCutOff ? '' : `${translateError(locale, asking.error)} `}{text('screen.halt.failed.rest')}</p>
      <Button look="ghost" size="small" onClick={() => halt.dismissFailure()}>{text('screen.close')}</Button>
    </>
  )
}
