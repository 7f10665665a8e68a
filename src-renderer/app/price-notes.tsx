import type { ReactNode } from 'react'
import { clockText } from '../../src-preload/contract/text/index.ts'
import { printSteps } from '../format/price.ts'
import { useInstruments } from '../stores/market-instruments.ts'
import { dismissPriceNote, usePriceNotes } from '../stores/price-alerts.ts'
import { Button } from '../ui/button.tsx'
import { useLocale, useText } from '../ui/use-text.ts'
import './price-notes.css'

/** Prices that were reached, until somebody has seen it: in front of whatever is open. */
export function PriceNotes(): ReactNode {
  const notes = usePriceNotes((facts) => facts.notes)
  return notes.length === 0 ? null : <NoteList />
}

function NoteList(): ReactNode {
  const text = useText()
  const locale = useLocale()
  const { byId } = useInstruments()
  const { notes, isAnnouncer } = usePriceNotes()
  return (
    <ul className="price-notes">
      {notes.map(({ id, instrument, ticks, at }) => {
        const tick = byId.get(instrument)?.tick
        const price = tick === undefined ? '–' : printSteps(locale, ticks, tick)
        return (
          <li key={id} className="price-note" role={isAnnouncer ? 'alert' : undefined}>
            <span>{text('screen.chart.alert.hit', { instrument, price, time: clockText(at) })}</span>
            <Button size="small" onClick={() => dismissPriceNote(id)}>{text('screen.chart.alert.dismiss')}</Button>
          </li>
        )
      })}
    </ul>
  )
}
