import { takeKeptChart } from './chart-settings.ts'
import { takeKeptDrawings } from './chart-drawings.ts'
import { jsonOf, keptPlaceOf, whileTold } from './kept-text.ts'
import { linksKey, parseLinks, useLinks } from './linked-symbol.ts'
import { panelLinksKey, parsePanelLinks, usePanelLinks } from './panel-links.ts'
import { parsePreferences, preferencesKey, usePreferences } from './preferences.ts'
import { parseTradingSafety, tradingSafetyKey, useTradingSafety } from './trading-safety.ts'

/**
 * What another window of this program has kept is so here as well: theme and language, which instrument a colour shows, what was
 * drawn. What cannot be read is left where it is, and changes nothing here.
 */
export const takeFromOtherWindow = (key: string, text: string): void => whileTold(key, () => take(key, jsonOf(text)))

function take(key: string, json: unknown): void {
  if (key === preferencesKey) usePreferences.setState(parsePreferences(json) ?? {})
  else if (key === linksKey) useLinks.setState(parseLinks(json) ?? {})
  else if (key === panelLinksKey) usePanelLinks.setState(({ links }) => ({ links: parsePanelLinks(json) ?? links }))
  else if (key === tradingSafetyKey) useTradingSafety.setState(parseTradingSafety(json) ?? {})
  else if (!takeKeptChart(key, json)) takeKeptDrawings(key, json)
}

/** The browser tells a page what other pages of its origin keep, never what it has kept itself. */
export function followOtherWindows(page: Pick<Window, 'addEventListener' | 'localStorage'>): void {
  const place = keptPlaceOf(() => page.localStorage)
  page.addEventListener('storage', ({ key }) => {
    // What is kept now, not what this event was about: more may have been chosen since, here as well.
    const text = key === null ? null : place.getItem(key)
    if (key !== null && text !== null) takeFromOtherWindow(key, text)
  })
}
