import { create } from 'zustand'
import type { AlertChannelView, AlertView } from '../../src-preload/contract/index.ts'

export interface AlertFacts {
  /** Open ones first, newest first; undefined until the engine has said so. */
  readonly alerts: readonly AlertView[] | undefined
  readonly channels: readonly AlertChannelView[]
  readonly desktop: boolean
  readonly sound: boolean
}

export const useAlerts = create<AlertFacts>()(() => ({ alerts: undefined, channels: [], desktop: false, sound: false }))

export const takeAlerts = (facts: AlertFacts): void => useAlerts.setState(facts)

/** Nobody has taken note of it yet. */
export const isUnresolved = ({ state }: AlertView): boolean => state === 'raised'

export const unresolvedCount = ({ alerts }: AlertFacts): number => alerts?.filter(isUnresolved).length ?? 0

export const hasCritical = ({ alerts }: AlertFacts): boolean =>
  alerts?.some((alert) => isUnresolved(alert) && alert.severity === 'critical') === true

/** Unresolved alerts that were not there, or not so often, before: each of these is news once. */
export function newAlerts(before: readonly AlertView[] | undefined, now: readonly AlertView[]): readonly AlertView[] {
  // What stood there when the screen was opened is no news: the status bar says it.
  if (before === undefined) return []
  const known = new Map(before.map((alert) => [alert.id, alert]))
  return now.filter((alert) => isUnresolved(alert) && (known.get(alert.id)?.state ?? 'cleared') !== 'raised')
}
