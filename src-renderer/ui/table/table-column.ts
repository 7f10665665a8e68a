import type { ReactNode } from 'react'

/** A column of a table whose rows are many: what it is sorted by, how it is written, and what of it goes into a file. */
export interface TableColumn<Row> {
  readonly id: string
  /** Already in the reader's language. */
  readonly title: string
  /** In pixels; the last column takes what is left. */
  readonly width: number
  readonly isFigure?: boolean
  /** Null lies at the end, whichever way it is sorted. */
  readonly sortBy: (row: Row) => number | string | null
  /** As it is read and copied. */
  readonly print: (row: Row) => string
  /** Where letters alone would not say it. */
  readonly draw?: (row: Row) => ReactNode
  readonly look?: (row: Row) => string
  /** For another program: exact, without groups, and not translated. */
  readonly plain: (row: Row) => string | number | boolean | null
  /** Rows can be narrowed to one of its values, and put together by it. */
  readonly isFacet?: boolean
  /** Shown where there is room for little. */
  readonly isFirst?: boolean
  /** There it stands under the others, on a line of its own. */
  readonly isUnder?: boolean
  /** Not shown until somebody asks for it. */
  readonly isSpare?: boolean
}

export type SortDirection = 'ascending' | 'descending'

export interface TableChoices {
  readonly sortedBy: string
  readonly direction: SortDirection
  /** All columns in their order; one that it does not name comes after them. */
  readonly order: readonly string[]
  readonly hidden: readonly string[]
  readonly groupedBy: string | undefined
  /** By column, the printed value that is wanted. */
  readonly facets: Readonly<Record<string, string>>
}

/** In the order that was chosen, those that are new at their end. */
export function orderedColumns<Row>(columns: readonly TableColumn<Row>[], { order }: Pick<TableChoices, 'order'>): readonly TableColumn<Row>[] {
  const place = (id: string): number => {
    const at = order.indexOf(id)
    return at < 0 ? order.length : at
  }
  return columns.toSorted((one, other) => place(one.id) - place(other.id))
}

export const shownColumns = <Row>(columns: readonly TableColumn<Row>[], choices: Pick<TableChoices, 'order' | 'hidden'>): readonly TableColumn<Row>[] =>
  orderedColumns(columns, choices).filter(({ id }) => !choices.hidden.includes(id))

/** One place to the left or to the right; at an end it stays. */
export function movedColumn(ids: readonly string[], id: string, step: 1 | -1): readonly string[] {
  const at = ids.indexOf(id)
  const to = at + step
  if (at < 0 || to < 0 || to >= ids.length) return ids
  const moved = ids.toSpliced(at, 1)
  return moved.toSpliced(to, 0, id)
}
