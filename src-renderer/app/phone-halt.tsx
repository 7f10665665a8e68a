import type { ReactNode } from 'react'
import { useConnection } from '../stores/connection.ts'
import { useEngine } from '../stores/engine-status.ts'
import { useHalt } from '../stores/halt.ts'
import { loudModeName } from '../ui/mode-name.ts'
import { ModeShape } from '../ui/mode-shape.tsx'
import { useScreen } from '../ui/screen-context.tsx'
import { useLocale, useText } from '../ui/use-text.ts'
import './phone-halt.css'

/**
 * The halt as large as a thumb wants it, with what it does. The one in the corner stays where it is. What is pressed twice
 * at the same place never resumes: that is asked for in the band above.
 */
export function PhoneHalt(): ReactNode {
  const text = useText()
  const locale = useLocale()
  const { halt } = useScreen()
  const mode = useEngine((facts) => facts.status?.mode)
  const isFresh = useConnection((facts) => facts.health === 'fresh')
  const isAsked = useHalt((facts) => facts.asking.kind === 'asked')
  const isDone = isFresh && (mode === 'halted' || mode === 'killing' || mode === 'killed')
  return (
    <section className="phone-halt" aria-label={text('screen.phone.halt')} data-panel="halt" tabIndex={-1}>
      {mode !== undefined && (
        <p className={`phone-halt-mode ${isFresh ? '' : 'stale'}`}>
          <ModeShape mode={mode} />
          <span className="t22">{text(`engine.mode.${mode}.name`)}</span>
        </p>
      )}
      {mode !== undefined && <p className="note">{text(`engine.mode.${mode}.meaning`)}</p>}
      <div className="grow" />
      <p className="note">{text('screen.phone.halt.means')}</p>
      <button
        type="button" className={`phone-halt-act ${isDone ? 'phone-halt-done' : ''}`} aria-disabled={isDone}
        onClick={() => (isDone ? undefined : halt.press('hand'))}
      >
        {isDone ? loudModeName(locale, mode) : text(isAsked ? 'screen.halt.asked' : 'screen.command.halt')}
      </button>
    </section>
  )
}
