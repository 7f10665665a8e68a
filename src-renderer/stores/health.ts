import { create } from 'zustand'
import type { HealthView } from '../../src-preload/contract/index.ts'
import { appended } from './bounded.ts'

/** One a second: two minutes of them. */
export const healthKept = 120

export interface HealthFacts {
  /** Undefined until the engine has said some. */
  readonly view: HealthView | undefined
  /** The last values of the figures that are drawn, oldest first; a second without a value is left out. */
  readonly past: Readonly<Record<DrawnFigure, readonly number[]>>
}

export const drawnFigures = ['journalWaiting', 'memory'] as const
export type DrawnFigure = (typeof drawnFigures)[number]

export const useHealth = create<HealthFacts>()(() => ({ view: undefined, past: { journalWaiting: [], memory: [] } }))

export const takeHealth = (view: HealthView): void => useHealth.setState((facts) => withHealth(facts, view))

export function withHealth({ past }: HealthFacts, view: HealthView): HealthFacts {
  const grown = (name: DrawnFigure): readonly number[] => {
    const value = figureIn(view, name)
    return value === null ? past[name] : appended(past[name], value, healthKept)
  }
  return { view, past: { journalWaiting: grown('journalWaiting'), memory: grown('memory') } }
}

export const figureIn = (view: HealthView, name: string): number | null =>
  view.figures.find((figure) => figure.name === name)?.value ?? null
