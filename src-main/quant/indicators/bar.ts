/** One bar of the stream. Only what an indicator reads has to be meaningful; `session` is the number of the trading session. */
export interface Bar {
  readonly open: number
  readonly high: number
  readonly low: number
  readonly close: number
  readonly volume: number
  readonly session?: number
}

export const columnNames = ['open', 'high', 'low', 'close', 'volume', 'session'] as const
export type ColumnName = (typeof columnNames)[number]

/** Many bars, one array for each column; all of one length. Columns that an indicator does not read may be left out. */
export type Columns = Readonly<Partial<Record<ColumnName, Float64Array>>>
