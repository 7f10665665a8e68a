import { useDesk } from '../stores/desk.ts'
import { showWorkspace, type WorkspaceId } from '../stores/workspace.ts'

/** Shows a workspace and gives it the keyboard, after the frame in which its desk is laid out. */
export function goToWorkspace(id: WorkspaceId): void {
  showWorkspace(id)
  requestAnimationFrame(() => useDesk.getState().handle?.focus())
}
