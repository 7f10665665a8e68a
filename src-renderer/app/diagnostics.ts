import { useConnection } from '../stores/connection.ts'
import { useEngineClock } from '../stores/engine-clock.ts'
import { useEngine } from '../stores/engine-status.ts'
import { usePreferences } from '../stores/preferences.ts'
import { showNotice } from '../stores/surface.ts'
import { textIn } from '../ui/use-text.ts'

/** What somebody who helps needs to know of this screen. Never the token: it is in no store. */
export function diagnostics(page: Window): string {
  const { state, health, carrier, access, roundTripsMs } = useConnection.getState()
  return JSON.stringify(
    {
      ballast: BALLAST_VERSION,
      at: new Date().toISOString(),
      line: { state, health, carrier, access, roundTripsMs: roundTripsMs.slice(-10) },
      engine: useEngine.getState(),
      clock: useEngineClock.getState().reading,
      preferences: usePreferences.getState(),
      window: { width: page.innerWidth, height: page.innerHeight, ratio: page.devicePixelRatio, agent: page.navigator.userAgent },
    },
    undefined,
    2,
  )
}

export async function copyDiagnostics(page: Window): Promise<void> {
  const text = textIn(usePreferences.getState().language)
  const isCopied = await page.navigator.clipboard.writeText(diagnostics(page)).then(() => true, () => false)
  showNotice(text(isCopied ? 'screen.diagnostics.copied' : 'screen.diagnostics.not-copied'))
}
