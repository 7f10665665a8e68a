import { useSurface } from '../stores/surface.ts'

/** Gives the keyboard to a panel, after the frame in which it is shown; a dialog that was opened meanwhile keeps it. */
export function focusPanel(id: string): void {
  requestAnimationFrame(() => {
    if (useSurface.getState().dialog === undefined) document.querySelector<HTMLElement>(`[data-panel="${id}"]`)?.focus()
  })
}
