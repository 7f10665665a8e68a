/** Gives the keyboard to a panel, after the frame in which it is shown. */
export function focusPanel(id: string): void {
  requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-panel="${id}"]`)?.focus())
}
