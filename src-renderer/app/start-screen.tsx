import { createRoot } from 'react-dom/client'
import { openScreenBridge, type ScreenBridge } from '../bridge/screen-bridge.ts'
import { useConnection } from '../stores/connection.ts'
import { useEngine, takeModeState } from '../stores/engine-status.ts'
import { followBooks } from '../stores/follow-books.ts'
import { followFirstRun } from '../stores/first-run.ts'
import { followEngine } from '../stores/follow-engine.ts'
import { createHaltControl, type HaltControl } from '../stores/halt.ts'
import { keptPlaceOf } from '../stores/kept-text.ts'
import { followOtherWindows } from '../stores/other-windows.ts'
import { followPanelWindows, standForPanel } from '../stores/panel-windows.ts'
import { followPriceAlerts } from '../stores/price-alerts.ts'
import { noteMeansOf, sharePriceNotes } from '../stores/shared-price-notes.ts'
import { followPreferences, usePreferences } from '../stores/preferences.ts'
import { followWorkspace } from '../stores/workspace.ts'
import { applyLooks } from '../theme/apply-looks.ts'
import { onTick } from '../ui/ticker.ts'
import { textIn } from '../ui/use-text.ts'
import { tellNews } from './alert-news.ts'
import { App } from './app.tsx'
import { AppBoundary } from './app-boundary.tsx'
import { lockWhenLeftAlone } from './auto-lock.ts'
import { createCommands } from './commands.ts'
import { followDocumentTitle } from './document-title.ts'
import { listenToKeys } from './key-bindings.ts'
import { panelIds, panelOf, type PanelEntry } from './panel-registry.ts'
import { panelOfAddress, panelWindowMeans } from './panel-window.ts'
import { ScreenContext } from '../ui/screen-context.tsx'

/** Wires line, stores and keys, and only then draws: whatever the drawing does, halt and its key are there. */
export function startScreen(page: Window): void {
  // A page that was opened by another has its login from there, and needs no more of it.
  page.opener = null
  const place = keptPlaceOf(() => page.localStorage)
  followPreferences(place, page.navigator.language)
  followWorkspace(place)
  followFirstRun(place)
  followLooks(page)
  const { bridge, carrier } = openScreenBridge(page)
  useConnection.setState({ carrier: carrier.kind })
  const halt = haltControlOf(page, bridge)
  followEngine(bridge, onTick)
  followBooks(bridge, (alerts, facts) => tellNews(page, alerts, facts))
  followPriceAlerts(bridge)
  sharePriceNotes(noteMeansOf(page))
  const lockNow = (): void => void bridge.call('screen.lock', {})
  lockWhenLeftAlone(page, panelWindowMeans(page).channel, lockNow)
  const solo = soloPanelOf(page)
  followDocumentTitle(page.document, solo?.title)
  // What is chosen in one window is so in all of them.
  followOtherWindows(page)
  halt.takeUp()
  const commands = createCommands({ page, halt, lockNow })
  listenToKeys(page, commands)

  const root = page.document.getElementById('root')
  if (root === null) throw new Error('the page has no root')
  createRoot(root).render(
    <ScreenContext value={{ bridge, halt, commands }}>
      <AppBoundary>
        <App solo={solo} />
      </AppBoundary>
    </ScreenContext>,
  )
}

/** The panel that this window shows alone; a window with a desk learns instead which of its panels are elsewhere. */
function soloPanelOf(page: Window): PanelEntry | undefined {
  const means = panelWindowMeans(page)
  const solo = panelOfAddress(page.location)
  if (solo === undefined) void followPanelWindows(means, panelIds)
  else standForPanel(means, solo, () => page.close())
  return solo === undefined ? undefined : panelOf(solo)
}

function haltControlOf(page: Window, bridge: ScreenBridge): HaltControl {
  return createHaltControl({
    send: ({ key, reason, actor }, timeoutMs) => bridge.call('trading.halt', { reason, actor }, { key, timeoutMs }),
    lineState: () => bridge.state,
    place: keptPlaceOf(() => page.sessionStorage),
    newKey: () => page.crypto.randomUUID(),
    now: () => Date.now(),
    reason: () => textIn(usePreferences.getState().language)('screen.halt.reason'),
    halted: takeModeState,
  })
}

function followLooks(page: Window): void {
  const systemIsLight = page.matchMedia('(prefers-color-scheme: light)')
  const apply = (): void => {
    applyLooks(page.document, usePreferences.getState(), systemIsLight.matches)
    // Which money moves, once the engine has said so: it stays when the line goes.
    const kind = useEngine.getState().status?.profileKind
    const { dataset } = page.document.documentElement
    if (kind !== undefined && dataset['mode'] !== kind) dataset['mode'] = kind
  }
  apply()
  systemIsLight.addEventListener('change', apply)
  usePreferences.subscribe(apply)
  useEngine.subscribe(apply)
}
