import { usePreferences } from '../stores/preferences.ts'
import { callBack, isAway, useAwayPanels, windowMeansOf, type WindowMeans } from '../stores/panel-windows.ts'
import { showNotice } from '../stores/surface.ts'
import { textIn } from '../ui/use-text.ts'
import { panelOf } from './panel-registry.ts'

let means: WindowMeans | undefined

/** One channel a page. */
export const panelWindowMeans = (page: Window): WindowMeans => (means ??= windowMeansOf(page))

/** The panel that this page shows alone, as its address says; undefined for a page with a desk. */
export function panelOfAddress({ hash }: Pick<Location, 'hash'>): string | undefined {
  const panel = new URLSearchParams(hash.replace(/^#/, '')).get('panel')
  return panel !== null && panelOf(panel) !== undefined ? panel : undefined
}

export const addressOfPanel = (panel: string): string => `/#panel=${encodeURIComponent(panel)}`

const size = 'popup,width=760,height=560'

const say = (key: 'screen.window.refused' | 'screen.window.away'): void => showNotice(textIn(usePreferences.getState().language)(key))

/** For whoever looks for a panel where it is not. */
export const sayAway = (): void => say('screen.window.away')

export const hasPanelsAway = (): boolean => useAwayPanels.getState().panels.size > 0

export function callAllBack(page: Window): void {
  for (const panel of useAwayPanels.getState().panels) callBack(panelWindowMeans(page), panel)
}

/**
 * The window is a page of its own, and nothing of it runs in this one. In a browser it needs an opener, from which it has its login;
 * it lets go of it when it starts.
 */
export async function openPanelWindow(page: Window, panel: string): Promise<void> {
  if (isAway(panel)) return callBack(panelWindowMeans(page), panel)
  const isOpened = page.ballast === undefined
    ? page.open(addressOfPanel(panel), `ballast-${panel}`, size) !== null
    : (await page.ballast.shell('second-window', panel)).ok
  if (!isOpened) say('screen.window.refused')
}

/** From a panel's window to the desk that it came from; where that was closed, to a new one. */
export async function openDesk(page: Window): Promise<void> {
  const isOpened = page.ballast === undefined ? page.open('/', 'ballast-desk') !== null : (await page.ballast.shell('show-desk')).ok
  if (!isOpened) say('screen.window.refused')
}
