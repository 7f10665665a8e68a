import { type ReactNode } from 'react'
import { useBooks } from '../stores/books.ts'
import { useDesk } from '../stores/desk.ts'
import { endFirstRun, goToStep, useFirstRun } from '../stores/first-run.ts'
import { closeDialog, showNotice } from '../stores/surface.ts'
import { showWorkspace } from '../stores/workspace.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { useText } from '../ui/use-text.ts'
import { BooksStep, HaltStep, LanguageStep, LooksStep, RecoveryStep } from './guide-steps.tsx'
import './guide-dialog.css'

const steps = { language: LanguageStep, books: BooksStep, recovery: RecoveryStep, looks: LooksStep, halt: HaltStep } as const
type StepId = keyof typeof steps

/** Books that are not kept need no way back into them. */
export const guideSteps = (isKept: boolean): readonly StepId[] => ['language', 'books', ...(isKept ? (['recovery'] as const) : []), 'looks', 'halt']

/** At most five questions before the market; whoever closes it has passed it over. */
export function GuideDialog(): ReactNode {
  const text = useText()
  const isKept = useBooks(({ status }) => status !== undefined && status.protection !== 'ephemeral')
  const ids = guideSteps(isKept)
  const nth = useFirstRun(({ step }) => Math.min(step, ids.length - 1))
  const id = ids[nth] ?? 'language'
  const Step = steps[id]
  return (
    <Dialog title={text('screen.guide')} onClose={skip(text('screen.guide.skipped'))} className="guide">
      <div className="dialog-body guide-body">
        <div className="guide-head" role="status">
          <p className="t11 ink-3 num">{text('screen.guide.step', { nth: nth + 1, all: ids.length })}</p>
          <h3 className="guide-title">{text(`screen.guide.${id}`)}</h3>
        </div>
        <Step />
      </div>
      <GuideFoot nth={nth} count={ids.length} />
    </Dialog>
  )
}

const skip = (notice: string) => (): void => {
  endFirstRun()
  closeDialog()
  showNotice(notice)
}

/** Ends where the market is. */
function end(): void {
  endFirstRun()
  closeDialog()
  showWorkspace('trade')
  requestAnimationFrame(() => useDesk.getState().handle?.showPanel('chart'))
}

function GuideFoot({ nth, count }: { readonly nth: number; readonly count: number }): ReactNode {
  const text = useText()
  const isLast = nth === count - 1
  return (
    <div className="dialog-foot">
      <Button look="primary" onClick={isLast ? end : () => goToStep(nth + 1)}>{text(isLast ? 'screen.guide.end' : 'screen.guide.next')}</Button>
      {nth > 0 && <Button look="ghost" onClick={() => goToStep(nth - 1)}>{text('screen.guide.back')}</Button>}
      <span className="grow" />
      <Button look="ghost" keys="Esc" onClick={skip(text('screen.guide.skipped'))}>{text('screen.guide.skip')}</Button>
    </div>
  )
}
