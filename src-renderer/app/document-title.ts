import { useConnection } from '../stores/connection.ts'
import { useEngine } from '../stores/engine-status.ts'
import { usePreferences } from '../stores/preferences.ts'
import { loudModeName } from '../ui/mode-name.ts'
import { textIn } from '../ui/use-text.ts'
import type { PanelTitle } from './panel-registry.ts'

/** `HALTED · Demo · Ballast`, `HALTED · Ladder · Demo · Ballast` of a window for one panel: what matters first, as a row of tabs or windows shows only the beginning. */
export function followDocumentTitle(page: Document, panel: PanelTitle | undefined): void {
  const write = (): void => {
    const title = documentTitle(panel)
    if (page.title !== title) page.title = title
  }
  write()
  for (const store of [useConnection, useEngine, usePreferences]) store.subscribe(write)
}

function documentTitle(panel: PanelTitle | undefined): string {
  const locale = usePreferences.getState().language
  const text = textIn(locale)
  const { status } = useEngine.getState()
  if (status === undefined) return 'Ballast'
  const mode = useConnection.getState().health === 'fresh' ? loudModeName(locale, status.mode) : text('screen.title.no-line')
  const name = panel === undefined ? '' : `${text(panel)} · `
  return `${mode} · ${name}${text(`screen.kind.${status.profileKind}`)} · Ballast`
}
