import { translate, type Locale, type MessageKey } from '../../../src-preload/contract/index.ts'
import type { Alert } from './alert-state.ts'

/** What an alert says, in words: what happened, and what to do. */
export interface AlertWords {
  readonly title: string
  readonly action: string
  readonly severity: string
}

export const alertWords = (locale: Locale, alert: Pick<Alert, 'rule' | 'severity' | 'parameters'>): AlertWords => {
  const { rule, severity, parameters } = alert
  // The parameters were checked where the alert was raised; here the rule may be any of them.
  const title: MessageKey = `alert.${rule}.title`
  return {
    title: translate<MessageKey>(locale, title, parameters),
    action: translate(locale, `alert.${rule}.action`),
    severity: translate(locale, `alert.severity.${severity}`),
  }
}
