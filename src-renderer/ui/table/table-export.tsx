import { Popover } from 'radix-ui'
import type { ReactNode } from 'react'
import { showNotice } from '../../stores/surface.ts'
import { saveFile } from '../save-file.ts'
import { Button } from '../button.tsx'
import { useText, type Text } from '../use-text.ts'
import type { TableColumn } from './table-column.ts'
import { printTable, tableFormats, type TableFormat } from './table-file.ts'

interface TableExportProps<Row extends object> {
  readonly tableId: string
  readonly columns: readonly TableColumn<Row>[]
  readonly shownRows: readonly Row[]
}

/** What is shown of a table, in its order and with all its columns, for the clipboard or for another program. */
export function TableExport<Row extends object>({ tableId, columns, shownRows }: TableExportProps<Row>): ReactNode {
  const text = useText()
  return (
    <Popover.Root>
      <Popover.Trigger className="data-table-tool focus-inside" disabled={shownRows.length === 0}>{text('screen.table.export')}</Popover.Trigger>
      <Popover.Portal>
        <Popover.Content className="data-table-menu" align="end" sideOffset={4} collisionPadding={8} aria-label={text('screen.table.export')}>
          <p className="ink-2">{text('screen.table.export.what', { count: shownRows.length })}</p>
          <Popover.Close asChild><Button size="small" look="ghost" onClick={() => void copy(text, columns, shownRows)}>{text('screen.table.copy')}</Button></Popover.Close>
          {tableFormats.map((format) => (
            <Popover.Close key={format} asChild>
              <Button size="small" look="ghost" onClick={() => void save(text, format, tableId, columns, shownRows)}>{text(`screen.table.format.${format}`)}</Button>
            </Popover.Close>
          ))}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}

async function copy<Row extends object>(text: Text, columns: readonly TableColumn<Row>[], rows: readonly Row[]): Promise<void> {
  const lines = [columns.map(({ title }) => title), ...rows.map((row) => columns.map((column) => column.print(row)))]
  try {
    await navigator.clipboard.writeText(lines.map((cells) => cells.join('\t')).join('\n'))
    showNotice(text('screen.table.copied', { count: rows.length }))
  } catch {
    // A page that has not been touched for a while may not write there; nothing is lost.
    showNotice(text('screen.diagnostics.not-copied'))
  }
}

async function save<Row extends object>(text: Text, format: TableFormat, tableId: string, columns: readonly TableColumn<Row>[], rows: readonly Row[]): Promise<void> {
  const file = await printTable(format, columns, rows)
  saveFile(document, `ballast-${tableId}.${format}`, file)
  showNotice(text('screen.table.saved', { count: rows.length }))
}
