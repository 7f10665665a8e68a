import { useCallback, useId, useMemo, useRef, useState, type CSSProperties, type KeyboardEvent, type ReactNode } from 'react'
import { useIsStale } from '../../stores/connection.ts'
import { useMediaQuery } from '../use-media-query.ts'
import { useText } from '../use-text.ts'
import { arrangeRows, linesOf, type TableLine } from './arrange-rows.ts'
import { shownColumns, type SortDirection, type TableColumn } from './table-column.ts'
import { TableHead } from './table-head.tsx'
import { TableRow } from './table-row.tsx'
import { TableTools } from './table-tools.tsx'
import { useLineWindow } from './use-line-window.ts'
import { useSteadyRows } from './use-steady-rows.ts'
import { useTable } from './use-table.ts'
import './data-table.css'

export interface DataTableProps<Row extends object> {
  /** Under which the choices of its reader are kept, and which a file of it is called. */
  readonly tableId: string
  readonly label: string
  readonly columns: readonly TableColumn<Row>[]
  readonly rows: readonly Row[]
  readonly keyOf: (row: Row) => string
  /** All that may be searched for in a row, in small letters. */
  readonly searched: (row: Row) => string
  readonly sortedBy: string
  readonly direction?: SortDirection
  /** How the row as a whole looks. */
  readonly rowLook?: (row: Row) => string
  /** What can be done with a row, at its end. */
  readonly actions?: (row: Row) => ReactNode
  readonly actionsWidth?: number
  /** By Enter or a double press. */
  readonly onOpen?: (row: Row) => void
  /** Keys of the row that has the keyboard; true if it was one of them. */
  readonly onKey?: (row: Row, key: string) => boolean
  /** What stands where rows would. */
  readonly empty: ReactNode
  /** Said at the foot: how much of all there is has come. */
  readonly note?: ReactNode
  readonly tools?: ReactNode
}

const deskLine = 24
const phoneLine = 44
/** A second line, a thumb high: for what is long, and what is pressed. */
const phoneLines = 84

/** A table of up to a hundred thousand rows: only those that can be seen are in the page. */
export function DataTable<Row extends object>(props: DataTableProps<Row>): ReactNode {
  const { tableId, columns, rows, keyOf, searched, sortedBy, note } = props
  const text = useText()
  const isPhone = useMediaQuery('(max-width: 719px)')
  const { choices, choose } = useTable(tableId, columns, sortedBy, props.direction ?? 'descending')
  const [query, setQuery] = useState('')
  const isStale = useIsStale()
  const wanted = useMemo(() => arrangeRows(rows, { columns, choices, query, searched }), [rows, columns, choices, query, searched])
  const steady = useSteadyRows(wanted, rows, keyOf, `${query} ${JSON.stringify(choices)}`)
  const group = columns.find(({ id }) => id === choices.groupedBy)
  const lines = useMemo(() => linesOf(steady.rows, group), [steady.rows, group])
  const shown = useMemo(() => {
    const chosen = shownColumns(columns, choices)
    return isPhone ? chosen.filter(({ isFirst }) => isFirst === true) : chosen
  }, [columns, choices, isPhone])
  const hasUnder = props.actions !== undefined || shown.some(({ isUnder }) => isUnder === true)
  const lineHeight = isPhone ? (hasUnder ? phoneLines : phoneLine) : deskLine
  return (
    <div className={`data-table ${isPhone ? 'data-table-phone' : ''}`} onPointerEnter={steady.hold} onPointerLeave={steady.release} data-stale={isStale}>
      <TableTools
        {...{ tableId, columns, choices, choose, query, rows }} onQuery={setQuery} shownRows={steady.rows} isPhone={isPhone} tools={props.tools}
      />
      <TableGrid {...props} lines={lines} shown={shown} choices={choices} choose={choose} lineHeight={lineHeight} isPhone={isPhone} gone={steady.gone} isNarrowed={rows.length > 0} />
      <p className="data-table-foot t11 ink-3">
        <span className="num" data-table-count>
          {steady.rows.length === rows.length ? text('screen.table.count', { count: rows.length }) : text('screen.table.count.of', { count: steady.rows.length, all: rows.length })}
        </span>
        <span role="status">{steady.waiting > 0 ? text('screen.table.waiting', { count: steady.waiting }) : ''}</span>
        <span className="grow" />
        {note}
      </p>
    </div>
  )
}

interface TableGridProps<Row extends object> extends DataTableProps<Row>, Pick<ReturnType<typeof useTable>, 'choices' | 'choose'> {
  readonly lines: readonly TableLine<Row>[]
  readonly shown: readonly TableColumn<Row>[]
  readonly lineHeight: number
  readonly isPhone: boolean
  /** Keys of rows that only stand there because a pointer is over the table. */
  readonly gone: ReadonlySet<string>
  /** There are rows, and what was typed or chosen has left none of them. */
  readonly isNarrowed: boolean
}

function TableGrid<Row extends object>(props: TableGridProps<Row>): ReactNode {
  const { label, lines, shown, lineHeight, isPhone, keyOf, actions, rowLook, choices, choose, empty, isNarrowed } = props
  const text = useText()
  const prefix = useId()
  const grid = useRef<HTMLDivElement>(null)
  const { window, follow, see } = useLineWindow(grid, lineHeight, lines.length)
  const [active, setActive] = useState<string>()
  const activate = useCallback((key: string) => setActive(key), [])
  const at = active === undefined ? -1 : lines.findIndex((line) => line.kind === 'row' && keyOf(line.row) === active)
  const isDrawn = at >= window.from && at < window.to
  const onKeyDown = (event: KeyboardEvent): void => pressed(event, { ...props, at, move: (line) => moveTo(line) })
  const moveTo = (line: number): void => {
    const target = lines[line]
    if (target?.kind === 'row') setActive(keyOf(target.row))
    see(line)
  }
  return (
    <div
      className="data-table-scroll focus-inside" role="grid" tabIndex={0} ref={grid} aria-label={label} aria-rowcount={lines.length + 1} onScroll={follow}
      aria-activedescendant={isDrawn ? `${prefix}${at}` : undefined} onKeyDown={onKeyDown} style={isPhone ? phoneStyle(shown) : columnStyle(shown, actions === undefined ? 0 : (props.actionsWidth ?? 0))}
    >
      <TableHead columns={isPhone ? shown.filter(({ isUnder }) => isUnder !== true) : shown} choices={choices} choose={choose} hasActions={!isPhone && actions !== undefined} />
      {lines.length === 0 && (
        <div role="row"><div role="gridcell">{isNarrowed ? <p className="data-table-none ink-2">{text('screen.table.none-fits')}</p> : empty}</div></div>
      )}
      <div role="rowgroup" className="data-table-body" style={{ height: lines.length * lineHeight }}>
        {lines.slice(window.from, window.to).map((line, nth) => {
          const place = window.from + nth
          if (line.kind === 'group') {
            return (
              <div key={`group ${line.name}`} role="row" className="data-table-group med" aria-rowindex={place + 2} style={{ top: place * lineHeight, height: lineHeight }}>
                <span role="gridcell">{line.name} <span className="ink-3 num">{line.count}</span></span>
              </div>
            )
          }
          const key = keyOf(line.row)
          return (
            <TableRow
              key={key} rowId={`${prefix}${place}`} rowKey={key} row={line.row} columns={shown} place={place} top={place * lineHeight} height={lineHeight}
              isActive={key === active} isGone={props.gone.has(key)} look={rowLook?.(line.row) ?? ''} actions={actions} onActivate={activate} onOpen={props.onOpen}
            />
          )
        })}
      </div>
    </div>
  )
}

const columnGap = 8
const rowInset = 12

/** Every row is a grid of its own: only widths that no content can change keep their columns under one another. */
function columnStyle(columns: readonly TableColumn<never>[], actionsWidth: number): CSSProperties {
  const widths = [...columns.map(({ width }) => width), ...(actionsWidth === 0 ? [] : [actionsWidth])]
  const least = widths.reduce((sum, width) => sum + width, 2 * rowInset + columnGap * (widths.length - 1))
  const template = columns.map(({ width }, nth) => (nth === columns.length - 1 ? `minmax(${width}px, 1fr)` : `${width}px`)).join(' ')
  // The one cast: React's own type knows no properties that a style sheet has made up.
  return { '--table-columns': actionsWidth === 0 ? template : `${template} ${actionsWidth}px`, '--table-width': `${least}px` } as CSSProperties
}

/** On a phone they share the width that there is. */
function phoneStyle(columns: readonly TableColumn<never>[]): CSSProperties {
  const template = columns.filter(({ isUnder }) => isUnder !== true).map(({ width }) => `minmax(0, ${width}fr)`).join(' ')
  return { '--table-columns': template, '--table-width': '0px' } as CSSProperties
}

interface Pressed<Row extends object> extends Pick<TableGridProps<Row>, 'lines' | 'onOpen' | 'onKey' | 'shown'> {
  readonly at: number
  readonly move: (line: number) => void
}

const pageLines = 10
/** Beside Enter: why. */
const openKey = 'y'

function pressed<Row extends object>(event: KeyboardEvent, { lines, at, move, onOpen, onKey, shown }: Pressed<Row>): void {
  if (event.target !== event.currentTarget) return
  const line = lines[at]
  const row = line?.kind === 'row' ? line.row : undefined
  if (row !== undefined && (event.ctrlKey || event.metaKey) && event.key === 'c' && document.getSelection()?.isCollapsed !== false) {
    event.preventDefault()
    void navigator.clipboard.writeText(shown.map((column) => column.print(row)).join('\t'))
    return
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return
  const next = nextLine(lines, at, event.key)
  if (next !== undefined) move(next)
  else if (row === undefined) return
  else if (onOpen !== undefined && (event.key === 'Enter' || event.key.toLowerCase() === openKey)) onOpen(row)
  else if (onKey?.(row, event.key) !== true) return
  event.preventDefault()
  event.stopPropagation()
}

/** Headings of groups are stepped over. */
function nextLine(lines: readonly TableLine<object>[], at: number, key: string): number | undefined {
  const steps: Readonly<Record<string, readonly [from: number, step: 1 | -1]>> = {
    ArrowDown: [at + 1, 1], ArrowUp: [at < 0 ? 0 : at - 1, -1], PageDown: [Math.min(lines.length - 1, at + pageLines), 1], PageUp: [Math.max(0, at - pageLines), -1],
    Home: [0, 1], End: [lines.length - 1, -1],
  }
  const found = steps[key]
  if (found === undefined) return undefined
  const [from, step] = found
  for (let line = from; line >= 0 && line < lines.length; line += step) if (lines[line]?.kind === 'row') return line
  return Math.max(0, at)
}
