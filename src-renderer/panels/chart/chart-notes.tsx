import { useEffect, useRef, useState, type FormEvent, type ReactNode } from 'react'
import { useStore } from 'zustand'
import { clockText } from '../../../src-preload/contract/text/index.ts'
import type { ChartLooks } from '../../charts/chart-looks.ts'
import { wordsMax } from '../../charts/drawings/drawing.ts'
import { printSteps } from '../../format/price.ts'
import { Button } from '../../ui/button.tsx'
import { useText } from '../../ui/use-text.ts'
import type { ChartStore } from './chart-facts.ts'
import type { ChartSession } from './chart-session.ts'

interface ChartNotesProps {
  readonly session: ChartSession | undefined
  readonly facts: ChartStore
  readonly looks: ChartLooks
}

/** At the foot of the plot: alerts that told, how a tool is used, and the field for a text's words. */
export function ChartNotes({ session, facts, looks }: ChartNotesProps): ReactNode {
  const text = useText()
  const { notes, tool, wordless } = useStore(facts)
  const dismiss = (id: string): void => facts.setState({ notes: notes.filter((note) => note.id !== id) })
  return (
    <div className="chart-notes">
      {notes.map((note) => (
        <p key={note.id} className="chart-note chart-note-alert" role="alert">
          {text('screen.chart.alert.hit', {
            instrument: looks.instrument.id, price: printSteps(looks.locale, note.ticks, looks.instrument.tick), time: clockText(note.at),
          })}
          <Button size="small" onClick={() => dismiss(note.id)}>{text('screen.chart.alert.dismiss')}</Button>
        </p>
      ))}
      {tool !== undefined && (
        <p className="chart-note" role="status">
          {text('screen.chart.tool.hint')} {tool === 'alert' ? text('screen.chart.alert.only') : ''}
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
