import { create } from 'zustand'
import type { EngineStatus, ModeState } from '../../src-preload/contract/index.ts'

export interface EngineFacts {
  /** The last known; whether it still holds, the connection says. */
  readonly status: EngineStatus | undefined
  /** Wall clock of the start of the engine process that is on the line; engine and screen share a machine. */
  readonly startedAt: number | undefined
  /** The same, if that start was a restart. */
  readonly restartedAt: number | undefined
}

export const useEngine = create<EngineFacts>()(() => ({ status: undefined, startedAt: undefined, restartedAt: undefined }))

export const takeEngineStatus = (status: EngineStatus, wallMs: number): void =>
  useEngine.setState((facts) => withStatus(facts, status, wallMs))

/** Another process than before is a restart; so is a first sight of one that its supervisor had to start anew. */
export function withStatus(facts: EngineFacts, status: EngineStatus, wallMs: number): EngineFacts {
  if (facts.status?.processId === status.processId) return { ...facts, status }
  const startedAt = wallMs - status.uptimeMs
  const isRestart = facts.status !== undefined || status.restarts > 0
  return { status, startedAt, restartedAt: isRestart ? startedAt : undefined }
}

/** The answer to a command is as much the engine's word as the stream is, and may come first. */
export function takeModeState(state: ModeState): void {
  useEngine.setState((facts) => (facts.status === undefined ? facts : { status: { ...facts.status, ...state } }))
}
