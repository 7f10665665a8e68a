import { useSurface } from '../stores/surface.ts'

/** Gives the keyboard to a panel, after the frame in which it is shown; a dialog that was opened meanwhile keeps it. */
export function focusPanel(id: string): void {
  requestAnimationFrame(() => {
    if (useSurface.getState().dialog !== undefined) return
    const panel = document.querySelector<HTMLElement>(`[data-panel="${id}"]`)
    // Keys that belong to a part of a panel are of no use to the panel around it.
    const worked = panel?.querySelector<HTMLElement>('[data-takes-keys][tabindex]') ?? panel
    worked?.focus()
  })
}
