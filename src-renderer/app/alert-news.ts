import type { AlertView } from '../../src-preload/contract/index.ts'
import type { AlertFacts } from '../stores/alerts.ts'
import { usePreferences } from '../stores/preferences.ts'
import { alertTitle } from '../format/alert-title.ts'
import { playAlertTone } from './alert-tone.ts'

/** Tells of new alerts outside of the page: a notification of the system, and a tone. */
export function tellNews(page: Window, alerts: readonly AlertView[], { desktop, sound }: AlertFacts): void {
  const isGrave = alerts.some(({ severity }) => severity === 'critical')
  if (sound && alerts.some(({ severity }) => severity !== 'info')) playAlertTone(isGrave)
  if (!desktop || !('Notification' in page) || Notification.permission !== 'granted') return
  const locale = usePreferences.getState().language
  for (const alert of alerts) {
    // The same alert again replaces its notification instead of standing beside it.
    const note = new Notification('Ballast', { body: alertTitle(locale, alert), tag: alert.id, requireInteraction: alert.severity === 'critical' })
    note.addEventListener('click', () => page.focus())
  }
}
