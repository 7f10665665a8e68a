import type { BrowserWindow } from './browser-window.ts'

/** Every window there is, oldest first; apart from the class, so that the app can close them without knowing the class. */
export const allWindows = new Set<BrowserWindow>()

export function focusedWindow(): BrowserWindow | null {
  return [...allWindows].find((window) => window.isFocused()) ?? null
}
