import type { EngineMode } from '../../src-preload/contract/index.ts'
import type { Locale } from '../../src-preload/contract/text/index.ts'
import { textIn } from './use-text.ts'

/** `HALTED`, where the word stands alone and must be seen; the quiet modes stay quiet. */
export function loudModeName(locale: Locale, mode: EngineMode): string {
  const name = textIn(locale)(`engine.mode.${mode}.name`)
  return mode === 'halted' || mode === 'killing' || mode === 'killed' ? name.toLocaleUpperCase(locale) : name
}
