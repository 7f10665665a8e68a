import type { ReactNode } from 'react'
import { useText } from '../use-text.ts'
import type { TableChoices, TableColumn } from './table-column.ts'

interface TableHeadProps<Row> {
  readonly columns: readonly TableColumn<Row>[]
  readonly choices: TableChoices
  readonly choose: (change: Partial<TableChoices>) => void
  readonly hasActions: boolean
}

/** The same column again turns it round; another begins with its largest, names with A. */
export const sortedAnew = <Row,>({ sortedBy, direction }: TableChoices, { id, isFigure }: TableColumn<Row>): Pick<TableChoices, 'sortedBy' | 'direction'> => ({
  sortedBy: id,
  direction: sortedBy === id ? (direction === 'ascending' ? 'descending' : 'ascending') : isFigure === true ? 'descending' : 'ascending',
})

export function TableHead<Row>({ columns, choices, choose, hasActions }: TableHeadProps<Row>): ReactNode {
  const text = useText()
  return (
    <div role="rowgroup" className="data-table-head">
      <div role="row" className="data-table-heads cap" aria-rowindex={1}>
        {columns.map((column) => {
          const isSorted = choices.sortedBy === column.id
          return (
            <span key={column.id} role="columnheader" className={column.isFigure === true ? 'num' : ''} aria-sort={isSorted ? choices.direction : 'none'}>
              <button type="button" className="focus-inside" title={text('screen.table.sort', { column: column.title })} onClick={() => choose(sortedAnew(choices, column))}>
                {`${isSorted ? (choices.direction === 'descending' ? '↓' : '↑') : ''}${column.title}`}
              </button>
            </span>
          )
        })}
        {hasActions && <span role="columnheader"><span className="for-readers-only">{text('screen.table.actions')}</span></span>}
      </div>
    </div>
  )
}
