export interface CsvRow {
  readonly line: number
  readonly cells: readonly string[]
}

/** RFC 4180. `undefined` when a quote is left open. */
export function parseCsv(text: string): readonly CsvRow[] | undefined {
  const rows: CsvRow[] = []
  let cells: string[] = []
  let cell = ''
  let isQuoted = false
  let line = 1
  let begunAt = 1
  const endRow = (): void => {
    if (cell !== '' || cells.length > 0) rows.push({ line: begunAt, cells: [...cells, cell] })
    cells = []
    cell = ''
    begunAt = line + 1
  }
  for (let at = 0; at < text.length; at++) {
    const letter = text[at] ?? ''
    if (isQuoted && letter === '"' && text[at + 1] === '"') {
      cell += letter
      at++
    } else if (letter === '"') isQuoted = !isQuoted
    else if (!isQuoted && letter === ',') {
      cells.push(cell)
      cell = ''
    } else if (!isQuoted && letter === '\n') endRow()
    else if (isQuoted || letter !== '\r') cell += letter
    if (letter === '\n') line++
  }
  endRow()
  return isQuoted ? undefined : rows
}
