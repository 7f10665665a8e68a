/** What Electron would show in a dialog and go on after. A test that expects none looks here. */
export const uncaughtErrors: string[] = []

export function recordUncaught(error: unknown): void {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
  uncaughtErrors.push(text)
  // The app's own handler replaces Electron's dialog.
  if (process.listenerCount('uncaughtException') === 1) console.error('Uncaught Exception:', text)
}
