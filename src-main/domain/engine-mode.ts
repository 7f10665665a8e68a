/**
 * What the engine is allowed to do. A start is never `active`; `halted` lets cancels pass; `killing` is as still, until rounds of questions prove
 * that nothing of ours is live: then it is `killed`, which is left only by a privileged release.
 */
export type EngineMode = 'starting' | 'active' | 'reducing' | 'halted' | 'killing' | 'killed'

/** Who asked for a change of mode. */
export type Actor = 'hand' | 'cli' | 'tray' | 'hotkey' | 'signal' | 'engine'

export interface ModeState {
  readonly mode: EngineMode
  readonly since: number
  readonly reason: string
  readonly actor: Actor
}
