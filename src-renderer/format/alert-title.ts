import type { AlertView } from '../../src-preload/contract/index.ts'
import { isMessageKey, translate, type Locale, type MessageKey } from '../../src-preload/contract/text/index.ts'

/** What an alert says. One of a later version, whose words are not known here, still says its name. */
export function alertTitle(locale: Locale, { rule, details }: Pick<AlertView, 'rule' | 'details'>): string {
  const key = `alert.${rule}.title`
  return isMessageKey(key) ? translate<MessageKey>(locale, key, details) : rule
}

export function alertAction(locale: Locale, { rule }: Pick<AlertView, 'rule'>): string {
  const key = `alert.${rule}.action`
  return isMessageKey(key) ? translate<MessageKey>(locale, key) : ''
}
