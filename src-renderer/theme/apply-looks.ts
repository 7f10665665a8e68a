import type { Preferences, Theme } from '../stores/preferences.ts'

/** What the browser paints around the page, for each theme: the panel's ground. */
const groundOf = { dark: '#101215', light: '#fbfbfa' } as const

export const themeShown = (theme: Theme, systemIsLight: boolean): 'dark' | 'light' =>
  theme === 'system' ? (systemIsLight ? 'light' : 'dark') : theme

/**
 * Puts theme, palette and language onto the page, and of them only what is another: it is asked again with each word of the engine, and an
 * attribute that is written anew counts as changed for all who watch it.
 */
export function applyLooks(page: Document, preferences: Preferences, systemIsLight: boolean): void {
  const theme = themeShown(preferences.theme, systemIsLight)
  const root = page.documentElement
  if (root.dataset['theme'] !== theme) root.dataset['theme'] = theme
  if (root.dataset['palette'] !== preferences.palette) root.dataset['palette'] = preferences.palette
  if (root.lang !== preferences.language) root.lang = preferences.language
  page.querySelector('meta[name="theme-color"]')?.setAttribute('content', groundOf[theme])
}
