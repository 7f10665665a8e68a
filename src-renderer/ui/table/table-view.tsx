import { Popover } from 'radix-ui'
import { useMemo, type ReactNode } from 'react'
import { forgetTableChoices } from '../../stores/table-choices.ts'
import { Button } from '../button.tsx'
import { useText } from '../use-text.ts'
import { facetValues } from './arrange-rows.ts'
import { movedColumn, orderedColumns, type TableChoices, type TableColumn } from './table-column.ts'

interface TableViewProps<Row extends object> {
  readonly tableId: string
  readonly columns: readonly TableColumn<Row>[]
  readonly choices: TableChoices
  readonly choose: (change: Partial<TableChoices>) => void
  readonly rows: readonly Row[]
}

/** What a table is narrowed to, by what its rows are put together, and which columns it has in which order. */
export function TableView<Row extends object>(props: TableViewProps<Row>): ReactNode {
  const text = useText()
  return (
    <Popover.Root>
      <Popover.Trigger className="data-table-tool focus-inside">{text('screen.table.view')}</Popover.Trigger>
      <Popover.Portal>
        <Popover.Content className="data-table-menu" align="end" sideOffset={4} collisionPadding={8} aria-label={text('screen.table.view')}>
          <Facets {...props} />
          <ColumnList {...props} />
          <Button size="small" look="ghost" onClick={() => forgetTableChoices(props.tableId)}>{text('screen.table.reset')}</Button>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}

function Facets<Row extends object>({ columns, choices, choose, rows }: TableViewProps<Row>): ReactNode {
  const text = useText()
  const facets = useMemo(
    () => columns.filter(({ isFacet }) => isFacet === true).map((column) => ({ column, values: facetValues(rows, column) })),
    [columns, rows],
  )
  const narrow = (id: string, value: string): void => {
    const { [id]: _before, ...others } = choices.facets
    choose({ facets: value === '' ? others : { ...others, [id]: value } })
  }
  return (
    <fieldset className="data-table-menu-part">
      <legend className="cap">{text('screen.table.narrow')}</legend>
      {facets.map(({ column: { id, title }, values }) => (
        <Labelled key={id} label={title}>
          <select className="market-field" value={choices.facets[id] ?? ''} onChange={(event) => narrow(id, event.target.value)}>
            <option value="">{text('screen.table.all')}</option>
            {values.filter((value) => value !== '').map((value) => <option key={value} value={value}>{value}</option>)}
          </select>
        </Labelled>
      ))}
      <Labelled label={text('screen.table.group')}>
        <select className="market-field" value={choices.groupedBy ?? ''} onChange={(event) => choose({ groupedBy: event.target.value === '' ? undefined : event.target.value })}>
          <option value="">{text('screen.table.no-group')}</option>
          {facets.map(({ column: { id, title } }) => <option key={id} value={id}>{title}</option>)}
        </select>
      </Labelled>
    </fieldset>
  )
}

const Labelled = ({ label, children }: { readonly label: string; readonly children: ReactNode }): ReactNode => (
  <label className="data-table-labelled"><span className="ink-2">{label}</span>{children}</label>
)

function ColumnList<Row extends object>({ columns, choices, choose }: TableViewProps<Row>): ReactNode {
  const text = useText()
  const ordered = orderedColumns(columns, choices)
  const ids = ordered.map(({ id }) => id)
  const toggle = (id: string): void => {
    const hidden = choices.hidden.includes(id) ? choices.hidden.filter((each) => each !== id) : [...choices.hidden, id]
    // The last one stays: a table without columns shows nothing that could be pressed.
    if (hidden.length < columns.length) choose({ hidden })
  }
  return (
    <fieldset className="data-table-menu-part">
      <legend className="cap">{text('screen.table.columns')}</legend>
      {ordered.map(({ id, title }, nth) => (
        <div key={id} className="data-table-column">
          <label className="grow">
            <input type="checkbox" checked={!choices.hidden.includes(id)} onChange={() => toggle(id)} /> {title}
          </label>
          <MoveButton label={text('screen.table.column.earlier', { column: title })} sign="↑" isOff={nth === 0} onPress={() => choose({ order: movedColumn(ids, id, -1) })} />
          <MoveButton label={text('screen.table.column.later', { column: title })} sign="↓" isOff={nth === ids.length - 1} onPress={() => choose({ order: movedColumn(ids, id, 1) })} />
        </div>
      ))}
    </fieldset>
  )
}

const MoveButton = ({ label, sign, isOff, onPress }: { readonly label: string; readonly sign: string; readonly isOff: boolean; readonly onPress: () => void }): ReactNode => (
  <button type="button" className="data-table-move focus-inside" aria-label={label} title={label} disabled={isOff} onClick={onPress}>{sign}</button>
)
