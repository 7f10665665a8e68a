import { memo, type ReactNode } from 'react'
import { useText } from '../use-text.ts'
import type { TableColumn } from './table-column.ts'

interface TableRowProps<Row> {
  readonly rowId: string
  readonly rowKey: string
  readonly row: Row
  readonly columns: readonly TableColumn<Row>[]
  readonly place: number
  readonly top: number
  readonly height: number
  readonly isActive: boolean
  readonly isGone: boolean
  readonly look: string
  readonly actions: ((row: Row) => ReactNode) | undefined
  readonly onActivate: (key: string) => void
  readonly onOpen: ((row: Row) => void) | undefined
}

const GoneWord = (): ReactNode => <span className="ink-2">{useText()('screen.table.gone')}</span>

/** Drawn anew only when its row is another object: rows that moved out of sight and back cost nothing but their place. */
export const TableRow = memo(TableRowContent) as typeof TableRowContent

function TableRowContent<Row>(props: TableRowProps<Row>): ReactNode {
  const { rowId, rowKey, row, columns, place, top, height, isActive, isGone, look, actions, onActivate, onOpen } = props
  return (
    // The keyboard is at the table, which moves from row to row: a row by itself takes only the pointer.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
    <div
      id={rowId} role="row" aria-rowindex={place + 2} aria-selected={isActive} className={`data-table-row ${look} ${isGone ? 'data-table-gone' : ''}`} data-key={rowKey}
      style={{ top, height }} onClick={() => onActivate(rowKey)} onDoubleClick={onOpen === undefined ? undefined : () => onOpen(row)}
    >
      {columns.map((column) => (
        <span key={column.id} role="gridcell" data-column={column.id} className={`${column.isFigure === true ? 'num' : 'ellipsis'} ${column.isUnder === true ? 'data-table-under' : ''} ${column.look?.(row) ?? ''}`} title={column.draw === undefined ? column.print(row) : undefined}>
          {column.draw === undefined ? column.print(row) : column.draw(row)}
        </span>
      ))}
      {actions !== undefined && <span role="gridcell" className="data-table-actions">{isGone ? <GoneWord /> : actions(row)}</span>}
    </div>
  )
}
