import { create } from 'zustand'
import type { TableChoices } from '../ui/table/table-column.ts'
import { isRecord, keep, keptPlaceOf, readKept } from './kept-text.ts'

/** What was chosen in each table, by its name: columns and their order, sorting, grouping. */
export type AllTableChoices = Readonly<Record<string, TableChoices>>

export const tablesKey = 'ballast.tables'
const version = 1
/** More columns or tables than that were not put there by a person. */
const namesMax = 100

const textsIn = (value: unknown): readonly string[] => (Array.isArray(value) ? value.filter((each) => typeof each === 'string').slice(0, namesMax) : [])

function parseOne(value: unknown): TableChoices | undefined {
  if (!isRecord(value) || typeof value['sortedBy'] !== 'string') return undefined
  const { sortedBy, direction, groupedBy, facets } = value
  return {
    sortedBy,
    direction: direction === 'ascending' ? 'ascending' : 'descending',
    order: textsIn(value['order']),
    hidden: textsIn(value['hidden']),
    groupedBy: typeof groupedBy === 'string' ? groupedBy : undefined,
    facets: isRecord(facets) ? Object.fromEntries(Object.entries(facets).flatMap(([id, wanted]) => (typeof wanted === 'string' ? [[id, wanted]] : []))) : {},
  }
}

/** What cannot be read of a table is as it was at first; the others are kept. */
export function parseTableChoices(json: unknown): AllTableChoices | undefined {
  if (!isRecord(json) || json['version'] !== version || !isRecord(json['tables'])) return undefined
  const tables: Record<string, TableChoices> = {}
  for (const [id, value] of Object.entries(json['tables']).slice(0, namesMax)) {
    const choices = parseOne(value)
    if (choices !== undefined) tables[id] = choices
  }
  return tables
}

export const printTableChoices = (tables: AllTableChoices): string => JSON.stringify({ version, tables })

const place = keptPlaceOf(() => localStorage)

interface TableFacts {
  readonly tables: AllTableChoices
}

export const useTableChoices = create<TableFacts>()(() => ({ tables: readKept(place, tablesKey, parseTableChoices) ?? {} }))

useTableChoices.subscribe(({ tables }) => keep(place, tablesKey, printTableChoices(tables)))

export const chooseInTable = (id: string, choices: TableChoices): void =>
  useTableChoices.setState(({ tables }) => ({ tables: { ...tables, [id]: choices } }))

/** As it was at first. */
export const forgetTableChoices = (id: string): void =>
  useTableChoices.setState(({ tables }) => ({ tables: Object.fromEntries(Object.entries(tables).filter(([each]) => each !== id)) }))
