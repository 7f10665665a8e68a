import { useState, type FormEvent, type ReactNode } from 'react'
import { useText } from '../../ui/use-text.ts'
import { timeOfDateText } from './date-field.ts'

/** Where to in the past: a date, with a time if wanted, in UTC as everything. */
export function ChartDate({ onGo }: { readonly onGo: (time: number) => void }): ReactNode {
  const text = useText()
  const [typed, setTyped] = useState('')
  const [isWrong, setWrong] = useState(false)
  const go = (event: FormEvent): void => {
    event.preventDefault()
    const time = timeOfDateText(typed)
    setWrong(time === undefined)
    if (time !== undefined) onGo(time)
  }
  const label = text('screen.chart.date')
  const wrong = text('screen.chart.date.wrong')
  return (
    <form className="chart-date" onSubmit={go}>
      <input
        className="chart-field" placeholder="2026-03-12 14:30" aria-label={label} aria-invalid={isWrong} title={isWrong ? wrong : label} value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      {isWrong && <span className="chart-date-wrong danger" role="alert">{wrong}</span>}
    </form>
  )
}
