import type { ScreenBridge } from '../bridge/screen-bridge.ts'
import { newAlerts, takeAlerts, useAlerts, type AlertFacts } from './alerts.ts'
import { takeBooks } from './books.ts'
import { takeSettings } from './engine-settings.ts'
import { takeHealth } from './health.ts'
import type { AlertView } from '../../src-preload/contract/index.ts'

/** Lets the stores follow books, alerts, settings and health. Returns what ends it. */
export function followBooks(bridge: ScreenBridge, onNews: (alerts: readonly AlertView[], facts: AlertFacts) => void): () => void {
  const hearAlerts = (facts: AlertFacts & { readonly alerts: readonly AlertView[] }): void => {
    const news = newAlerts(useAlerts.getState().alerts, facts.alerts)
    takeAlerts(facts)
    if (news.length > 0) onNews(news, facts)
  }
  const endings = [
    bridge.watch('books.watch', {}, { snapshot: takeBooks, delta: takeBooks }),
    bridge.watch('alerts.watch', {}, { snapshot: hearAlerts, delta: hearAlerts }),
    bridge.watch('settings.watch', {}, { snapshot: takeSettings, delta: takeSettings }),
    bridge.watch('health.watch', {}, { snapshot: takeHealth, delta: takeHealth }),
  ]
  return () => {
    for (const end of endings) end()
  }
}
