import type { ReactNode } from 'react'
import { translateError } from '../../../src-preload/contract/text/index.ts'
import { forgetLastAct, isStopped, isUncertain, useLastAct, type HandAnswer, type HandCommand } from '../../stores/trading-hand.ts'
import { Icon } from '../../ui/icon.tsx'
import { useTradingWords, type TradingWords } from '../../ui/trading-words.ts'

interface ActNoteProps {
  /** Acts that this list is about. */
  readonly names: readonly HandCommand[]
}

/** What became of what was asked for last, where it was not simply done: it stays until it is taken away. */
export function ActNote({ names }: ActNoteProps): ReactNode {
  const words = useTradingWords()
  const last = useLastAct((facts) => facts.last)
  if (last === undefined || !names.includes(last.name)) return null
  if (last.isWaiting) return <span className="act-note ink-2" role="status">{words.text('screen.blotter.asking')}</span>
  const told = last.answer === undefined ? '' : answerText(words, last.answer)
  if (told === '') return null
  return (
    <span className="act-note danger" role="alert">
      <span className="ellipsis" title={told}>{told}</span>
      <button type="button" aria-label={words.text('screen.blotter.forget')} onClick={forgetLastAct}><Icon name="close" /></button>
    </span>
  )
}

/** Nothing where it was done. */
function answerText(words: TradingWords, answer: HandAnswer): string {
  if (isStopped(answer)) return answer.stopped === 'locked' ? words.text('screen.ticket.locked') : words.text('screen.blotter.no-line')
  if (answer.ok) return answer.value.verdict.ok ? '' : words.refusal(answer.value.verdict.refusal)
  const why = translateError(words.locale, answer.error)
  return isUncertain(answer) ? words.text('screen.blotter.uncertain', { why }) : why
}
