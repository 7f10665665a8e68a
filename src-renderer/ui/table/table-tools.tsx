import type { ReactNode } from 'react'
import { Icon } from '../icon.tsx'
import { useText } from '../use-text.ts'
import type { TableChoices, TableColumn } from './table-column.ts'
import { TableExport } from './table-export.tsx'
import { TableView } from './table-view.tsx'

interface TableToolsProps<Row extends object> {
  readonly tableId: string
  readonly columns: readonly TableColumn<Row>[]
  readonly choices: TableChoices
  readonly choose: (change: Partial<TableChoices>) => void
  readonly query: string
  readonly onQuery: (query: string) => void
  readonly rows: readonly Row[]
  /** What is left of them, in its order: that is what is copied and written to a file. */
  readonly shownRows: readonly Row[]
  readonly isPhone: boolean
  readonly tools: ReactNode
}

/** Over a table: what it is narrowed to, how it is laid out, and what can be made of it. */
export function TableTools<Row extends object>(props: TableToolsProps<Row>): ReactNode {
  const { tableId, columns, choices, choose, query, onQuery, rows, shownRows, isPhone, tools } = props
  const text = useText()
  return (
    <div className="data-table-tools">
      <input
        type="search" className="market-field data-table-search" value={query} autoComplete="off" spellCheck={false} placeholder={text('screen.table.find')}
        aria-label={text('screen.table.find.label')} onChange={(event) => onQuery(event.target.value)}
      />
      <FacetChips {...{ columns, choices, choose }} />
      <span className="grow" />
      {tools}
      <TableView {...{ columns, choices, choose, rows, tableId }} />
      {!isPhone && <TableExport {...{ tableId, columns, shownRows }} />}
    </div>
  )
}

/** What a table is narrowed to is never out of sight. */
function FacetChips<Row extends object>({ columns, choices, choose }: Pick<TableToolsProps<Row>, 'columns' | 'choices' | 'choose'>): ReactNode {
  const text = useText()
  return columns.flatMap(({ id, title }) => {
    const value = choices.facets[id]
    if (value === undefined) return []
    const clear = (): void => choose({ facets: Object.fromEntries(Object.entries(choices.facets).filter(([each]) => each !== id)) })
    return [(
      <button key={id} type="button" className="data-table-chip" aria-label={text('screen.table.clear', { column: title, value })} onClick={clear}>
        <span className="ink-3">{title}</span> {value} <Icon name="close" />
      </button>
    )]
  })
}
