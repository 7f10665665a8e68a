import { createBridgeEnd } from './bridge-end.ts'

/**
 * Sets up the page's own world: its end of the contextBridge, and a window.open that asks the app and opens nothing. A popup
 * that Chromium opened and we closed at once could leave its opener waiting for ever.
 * Runs in the page, beside the functions it imports.
 */
export function startPage({ pageEvent, preloadEvent }: { readonly pageEvent: string; readonly preloadEvent: string }): void {
  if (window !== window.top) return
  const bridge = createBridgeEnd(pageEvent, preloadEvent, () => undefined)
  window.open = (url = '', name = '', features = '') => {
    bridge.askForWindow(url === '' ? 'about:blank' : new URL(url, document.baseURI).href, name, features)
    return null
  }
}
