import { useMemo } from 'react'
import { translate, type Locale, type MessageKey, type ParametersAfter } from '../../src-preload/contract/text/index.ts'
import { usePreferences } from '../stores/preferences.ts'

/** Says it in the language that was chosen. */
export type Text = <Key extends MessageKey>(key: Key, ...parameters: ParametersAfter<Key>) => string

export const textIn = (locale: Locale): Text => (key, ...parameters) => translate(locale, key, ...parameters)

export const useLocale = (): Locale => usePreferences((preferences) => preferences.language)

/** The same function until the language changes. */
export function useText(): Text {
  const locale = useLocale()
  return useMemo(() => textIn(locale), [locale])
}
