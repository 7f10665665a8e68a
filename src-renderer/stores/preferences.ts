import { create } from 'zustand'
import { type Locale, locales } from '../../src-preload/contract/text/index.ts'
import { isRecord, keep, readKept, type KeptPlace } from './kept-text.ts'

export const themes = ['dark', 'light', 'system'] as const
export type Theme = (typeof themes)[number]

export const palettes = ['default', 'cb'] as const
export type Palette = (typeof palettes)[number]

export interface Preferences {
  readonly theme: Theme
  readonly palette: Palette
  readonly language: Locale
}

export const preferencesKey = 'ballast.preferences'
const version = 1

export const defaultPreferences: Preferences = { theme: 'dark', palette: 'default', language: 'en' }

/** Where nothing was chosen yet, the browser's first language decides. */
export const preferencesFor = (browserLanguage: string): Preferences => ({
  ...defaultPreferences,
  language: browserLanguage.toLowerCase().startsWith('fr') ? 'fr' : 'en',
})

/** Checked by hand: what a person or another version wrote here must never keep the screen from starting. */
export function parsePreferences(json: unknown): Preferences | undefined {
  if (!isRecord(json) || json['version'] !== version) return undefined
  const theme = themes.find((candidate) => candidate === json['theme'])
  const palette = palettes.find((candidate) => candidate === json['palette'])
  const language = locales.find((candidate) => candidate === json['language'])
  if (theme === undefined || palette === undefined || language === undefined) return undefined
  return { theme, palette, language }
}

export const printPreferences = ({ theme, palette, language }: Preferences): string =>
  JSON.stringify({ version, theme, palette, language })

export const usePreferences = create<Preferences>()(() => defaultPreferences)

/** Reads what was chosen before, and keeps from now on what is chosen. */
export function followPreferences(place: KeptPlace, browserLanguage: string): void {
  usePreferences.setState(readKept(place, preferencesKey, parsePreferences) ?? preferencesFor(browserLanguage))
  usePreferences.subscribe((preferences) => keep(place, preferencesKey, printPreferences(preferences)))
}

export const choosePreferences = (choice: Partial<Preferences>): void => usePreferences.setState(choice)
