import { join } from 'node:path'
import { recordUncaught } from './uncaught-errors.ts'
import { app, type AppDescription } from './app.ts'
import { startChromium } from './chromium-instance.ts'
import { decideOnRequest } from './request-policy.ts'
// The test runner may ask for the module before the app does.
import './index.ts'

/** Runs the app's main script in this process and lives until the app quits. */
export async function runApp(description: AppDescription, entry: URL): Promise<void> {
  app.describe(description)
  mapProcessToApp()
  // A script that waits for the app at its top level would otherwise wait for itself.
  app.onWaitedFor(() => setImmediate(becomeReady))
  try {
    await import(entry.href)
  } catch (error) {
    console.error('the main script failed:', error)
    app.exit(1)
  }
  becomeReady()
}

/** Electron's own ways with the process: exit() ends the app, a signal asks it to quit, an uncaught error does not kill it. */
function mapProcessToApp(): void {
  // The type says that it never returns; in Electron it does, and so it does here.
  process.exit = ((code?: number | string) => app.exit(Number(code ?? process.exitCode ?? 0))) as typeof process.exit
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => app.quit())
  process.on('uncaughtException', recordUncaught)
}

function becomeReady(): void {
  if (app.isReady() || app.quitting.hasBegun) return
  try {
    beginChromium()
    app.announceReady()
  } catch (error) {
    console.error('Chromium cannot be started:', error)
    app.exit(1)
  }
}

function beginChromium(): void {
  const kept = app.paths.keptSessionData
  const chromium = startChromium({
    profile: kept === undefined ? undefined : join(kept, 'standin-chromium'),
    debuggingPort: app.commandLine.getSwitchValue('remote-debugging-port'),
    policy: decideOnRequest,
  })
  void chromium.gone.then(() => {
    if (app.quitting.hasBegun) return
    console.error('Chromium is gone although the app did not quit')
    app.exit(1)
  })
}
