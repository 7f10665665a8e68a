import type { EngineMode } from '../../src-preload/contract/index.ts'
import { clockText, dateTextWithYear, type Locale } from '../../src-preload/contract/text/index.ts'
import type { TerminalStyle } from './terminal-style.ts'

/** The mode is a word of the glossary: it is the same in every language. */
export function printMode(mode: EngineMode, style: TerminalStyle): string {
  if (mode === 'active') return style.good(mode)
  return mode === 'halted' || mode === 'killing' || mode === 'killed' ? style.bad(mode) : style.warning(mode)
}

export const printTime = (locale: Locale, timeMs: number): string =>
  `${dateTextWithYear(locale, timeMs)} ${clockText(timeMs)} UTC`
