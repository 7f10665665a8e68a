import { useEffect, useRef, useState, type FormEvent, type ReactNode } from 'react'
import { useStore } from 'zustand'
import { wordsMax } from '../../charts/drawings/drawing.ts'
import { Button } from '../../ui/button.tsx'
import { useText } from '../../ui/use-text.ts'
import type { ChartStore } from './chart-facts.ts'
import type { ChartSession } from './chart-session.ts'

interface ChartNotesProps {
  readonly session: ChartSession | undefined
  readonly facts: ChartStore
}

/** At the foot of the plot: how a tool is used, what moving an order would do, and the field for a text's words. */
export function ChartNotes({ session, facts }: ChartNotesProps): ReactNode {
  const text = useText()
  const { tool, wordless, orderNote } = useStore(facts)
  return (
    <div className="chart-notes">
      {tool !== undefined && (
        <p className="chart-note" role="status">
          {text('screen.chart.tool.hint')} {tool === 'alert' ? text('screen.chart.alert.only') : ''}
        </p>
      )}
      {orderNote !== undefined && (
        <p className="chart-note" role="status" data-order-note>
          {orderNote.words}
          {orderNote.isAsked && <Button size="small" look="attention" onClick={() => session?.orders.confirm()}>{text('screen.chart.move.do')}</Button>}
          {orderNote.isAsked && <Button size="small" look="ghost" keys="Esc" onClick={() => session?.orders.leave()}>{text('screen.chart.move.leave')}</Button>}
        </p>
      )}
      {wordless !== undefined && session !== undefined && <WordsField onDone={(words) => session.drawings.write(words)} />}
    </div>
  )
}

function WordsField({ onDone }: { readonly onDone: (words: string) => void }): ReactNode {
  const text = useText()
  const [words, setWords] = useState('')
  const field = useRef<HTMLInputElement>(null)
  // It opens because a place was pointed at: what is typed next belongs there.
  useEffect(() => field.current?.focus(), [])
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    onDone(words)
  }
  return (
    <form className="chart-note" onSubmit={submit}>
      <input
        ref={field} className="chart-field" aria-label={text('screen.chart.words')} placeholder={text('screen.chart.words')} maxLength={wordsMax} value={words}
        onChange={(event) => setWords(event.target.value)}
      />
      <Button size="small" type="submit">{text('screen.chart.words.done')}</Button>
    </form>
  )
}
