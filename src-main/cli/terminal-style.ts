import { styleText } from 'node:util'
import type { Paper } from './program.ts'

export interface TerminalStyle {
  strong(text: string): string
  quiet(text: string): string
  good(text: string): string
  warning(text: string): string
  bad(text: string): string
}

/** Colours only where a person is looking, and not when they asked for none. */
export function terminalStyle(paper: Paper, env: NodeJS.ProcessEnv): TerminalStyle {
  const hasColours = paper.isTTY === true && !env['NO_COLOR'] && env['TERM'] !== 'dumb'
  const paint = (format: Parameters<typeof styleText>[0]) => (text: string) =>
    hasColours ? styleText(format, text, { validateStream: false }) : text
  return { strong: paint('bold'), quiet: paint('dim'), good: paint('green'), warning: paint('yellow'), bad: paint('red') }
}

/** Two columns; the first as wide as its widest. Widths are those of the plain text, so style the second column only. */
export function alignRows(rows: readonly (readonly [label: string, content: string])[], indent = ''): readonly string[] {
  const width = Math.max(0, ...rows.map(([label]) => label.length))
  return rows.map(([label, content]) => `${indent}${label.padEnd(width)}  ${content}`.trimEnd())
}
