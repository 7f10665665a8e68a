import { useCallback, useMemo } from 'react'
import { chooseInTable, useTableChoices } from '../../stores/table-choices.ts'
import type { SortDirection, TableChoices, TableColumn } from './table-column.ts'

/** What was chosen in this table, or how it begins; columns that are spare are hidden then. */
export function useTable<Row>(id: string, columns: readonly TableColumn<Row>[], sortedBy: string, direction: SortDirection): {
  readonly choices: TableChoices
  readonly choose: (change: Partial<TableChoices>) => void
} {
  const kept = useTableChoices(({ tables }) => tables[id])
  const spare = columns.filter(({ isSpare }) => isSpare === true).map((column) => column.id).join(' ')
  const choices = useMemo<TableChoices>(
    () => kept ?? { sortedBy, direction, order: [], hidden: spare === '' ? [] : spare.split(' '), groupedBy: undefined, facets: {} },
    [kept, sortedBy, direction, spare],
  )
  const choose = useCallback((change: Partial<TableChoices>) => chooseInTable(id, { ...choices, ...change }), [id, choices])
  return { choices, choose }
}
