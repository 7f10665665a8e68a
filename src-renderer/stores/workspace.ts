import { create } from 'zustand'
import { isRecord, keep, readKept, type KeptPlace } from './kept-text.ts'

/** `desk` is the oldest of them: layouts that people have kept are named by it. */
export const workspaceIds = ['trade', 'research', 'review', 'risk', 'desk'] as const
export type WorkspaceId = (typeof workspaceIds)[number]

export const workspaceKey = 'ballast.workspace'
const version = 1

interface WorkspaceFacts {
  readonly shown: WorkspaceId
}

/** Which workspace is on the screen: at first the one where the market is. */
export const useWorkspace = create<WorkspaceFacts>()(() => ({ shown: 'trade' }))

export const showWorkspace = (shown: WorkspaceId): void => useWorkspace.setState({ shown })

export function parseShownWorkspace(json: unknown): WorkspaceId | undefined {
  if (!isRecord(json) || json['version'] !== version) return undefined
  return workspaceIds.find((id) => id === json['shown'])
}

export const printShownWorkspace = (shown: WorkspaceId): string => JSON.stringify({ version, shown })

/** Goes to where the trader was, and keeps from now on where he is. */
export function followWorkspace(place: KeptPlace): void {
  const shown = readKept(place, workspaceKey, parseShownWorkspace)
  if (shown !== undefined) showWorkspace(shown)
  useWorkspace.subscribe((facts) => keep(place, workspaceKey, printShownWorkspace(facts.shown)))
}
