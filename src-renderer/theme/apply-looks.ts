import type { Preferences, Theme } from '../stores/preferences.ts'

/** What the browser paints around the page, for each theme: the panel's ground. */
const groundOf = { dark: '#101215', light: '#fbfbfa' } as const

export const themeShown = (theme: Theme, systemIsLight: boolean): 'dark' | 'light' =>
  theme === 'system' ? (systemIsLight ? 'light' : 'dark') : theme

/** Puts theme, palette and language onto the page. */
export function applyLooks(page: Document, preferences: Preferences, systemIsLight: boolean): void {
  const theme = themeShown(preferences.theme, systemIsLight)
  const root = page.documentElement
  root.dataset['theme'] = theme
  root.dataset['palette'] = preferences.palette
  root.lang = preferences.language
  page.querySelector('meta[name="theme-color"]')?.setAttribute('content', groundOf[theme])
}
