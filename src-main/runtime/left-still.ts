import type { EngineEvent, EngineMode, ModeState } from '../domain/index.ts'

/** How the engine before this one stood at last, if it was stopped. */
export function lastStopOf(events: readonly EngineEvent[]): ModeState | undefined {
  const last = events.findLast(({ kind }) => kind === 'mode-changed' || kind === 'engine-started')
  if (last?.kind === 'mode-changed') return isStill(last.to) ? { mode: last.to, since: last.at, reason: last.reason, actor: last.actor } : undefined
  if (last?.kind !== 'engine-started' || !isStill(last.mode)) return undefined
  return { mode: last.mode, since: last.left?.since ?? last.at, reason: last.reason, actor: last.left?.actor ?? 'engine' }
}

export const isStill = (mode: EngineMode): boolean => mode === 'halted' || mode === 'killing' || mode === 'killed'

export const stillerOf = (left: ModeState | undefined, right: ModeState | undefined): ModeState | undefined =>
  left === undefined || (right?.mode === 'killed' && left.mode !== 'killed') ? right : left
