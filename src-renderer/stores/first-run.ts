import { create } from 'zustand'
import { isRecord, keep, readKept, type KeptPlace } from './kept-text.ts'

export const firstRunKey = 'ballast.first-run'
const version = 1

interface FirstRunFacts {
  /** Whoever has seen the guide or passed it over is not shown it again unless he asks. */
  readonly isDone: boolean
  /** Where it was left for another dialog. */
  readonly step: number
}

export const useFirstRun = create<FirstRunFacts>()(() => ({ isDone: false, step: 0 }))

export const parseFirstRun = (json: unknown): true | undefined =>
  isRecord(json) && json['version'] === version && json['isDone'] === true ? true : undefined

export const printFirstRun = (): string => JSON.stringify({ version, isDone: true })

export function followFirstRun(place: KeptPlace): void {
  useFirstRun.setState({ isDone: readKept(place, firstRunKey, parseFirstRun) ?? false, step: 0 })
  useFirstRun.subscribe(({ isDone }, before) => {
    if (isDone && !before.isDone) keep(place, firstRunKey, printFirstRun())
  })
}

export const goToStep = (step: number): void => useFirstRun.setState({ step })

export const endFirstRun = (): void => useFirstRun.setState({ isDone: true, step: 0 })
