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

/** Columns, each as wide as its widest but the last. Widths are those of the plain text, so style the last column only. */
export function alignRows(rows: readonly (readonly string[])[], indent = ''): readonly string[] {
  const widthOf = (column: number): number => Math.max(0, ...rows.map((row) => (column < row.length - 1 ? (row[column] ?? '').length : 0)))
  return rows.map((row) => `${indent}${row.map((cell, column) => cell.padEnd(column < row.length - 1 ? widthOf(column) : 0)).join('  ')}`.trimEnd())
}
