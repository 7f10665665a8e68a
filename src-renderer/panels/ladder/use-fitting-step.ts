import { useEffect, useState } from 'react'
import { heardBook } from '../../stores/market-book.ts'
import { onTick } from '../../ui/ticker.ts'
import { ladderStepFor, type LadderStep } from './ladder-rows.ts'

/** The step for the first whole book that is heard of an instrument; later ones change nothing under a person's eyes. */
export function useFittingStep(instrument: string): LadderStep {
  const [found, setFound] = useState<{ readonly instrument: string; readonly step: LadderStep }>()
  const isFound = found?.instrument === instrument
  useEffect(() => {
    if (isFound) return undefined
    return onTick(() => {
      const book = heardBook(instrument)?.book
      const step = book === undefined ? undefined : ladderStepFor(book)
      if (step !== undefined) setFound({ instrument, step })
    })
  }, [instrument, isFound])
  return isFound ? found.step : 1
}
