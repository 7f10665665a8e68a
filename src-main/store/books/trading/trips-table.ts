import type { Connection } from '../connection.ts'
import { allOf, between, hasWords, oneOf, type Span } from './filter-conditions.ts'
import { createList, type ListAnswer, type ListQuery, type ListShape } from './list.ts'

/** One way of a position out of flat and back, or on its way. */
export interface TradingTripRow extends TradingTripFacts {
  /** Grows with the time of its opening. */
  readonly place: number
  readonly account: string
  readonly instrument: string
  readonly positionSide: string
  readonly direction: 'long' | 'short'
  readonly state: 'open' | 'closed'
  readonly openedAt: number
  readonly closedAt: number | null
  /** Signed: what is held now. */
  readonly lots: number
  /** The most that was held, unsigned. */
  readonly lotsMax: number
  readonly fills: number
  /** In the quote currency, before fees and funding. */
  readonly realised: number
}

export interface TradingTripFacts {
  /** The records between which it was open. */
  readonly openedBy: number
  readonly closedBy: number | null
  /** Lots that went in and out by trades, and the sums of price times lots in digits: average prices follow from these. */
  readonly entryLots: number
  readonly entryValue: string
  readonly exitLots: number
  readonly exitValue: string
  /** By asset; the fee of a trade through flat is shared between the two by lots. */
  readonly fees: Readonly<Record<string, number>>
  readonly funding: Readonly<Record<string, number>>
  /** What the account held at first sight. */
  readonly isOpening: boolean
  /** A trade of it was taken back. */
  readonly isCorrected: boolean
}

export type TripDraft = { -readonly [Name in keyof TradingTripRow]: TradingTripRow[Name] }

export interface TripFilter {
  readonly accounts?: readonly string[]
  readonly instruments?: readonly string[]
  readonly directions?: readonly string[]
  readonly states?: readonly string[]
  readonly opened?: Span
  readonly closed?: Span
  readonly search?: string
}

export const tripSorts = {
  opened: 'place', closed: 'closed_at', account: 'account', instrument: 'instrument', direction: 'direction', realised: 'realised', lots: 'lots_max', fills: 'fills',
} as const
export type TripSort = keyof typeof tripSorts

interface StoredTrip {
  readonly place: number
  readonly account: string
  readonly instrument: string
  readonly position_side: string
  readonly direction: 'long' | 'short'
  readonly state: 'open' | 'closed'
  readonly opened_at: number
  readonly closed_at: number
  readonly lots: number
  readonly lots_max: number
  readonly fills: number
  readonly realised: number
  readonly facts: string
}

/** More trips do not begin with one record: a place is the record and a count within it. */
export const tripsOfRecord = 1_024

const columns = 'place, account, instrument, position_side, direction, state, opened_at, closed_at, lots, lots_max, fills, realised, facts'

const shape: ListShape<TripFilter, TripSort, StoredTrip, TradingTripRow> = {
  table: 'trading_trips', key: 'place', columns, sorts: tripSorts, usualSort: 'opened', rowOf: tripOf,
  conditionOf: ({ accounts, instruments, directions, states, opened, closed, search }) => allOf(
    oneOf('account', accounts), oneOf('instrument', instruments), oneOf('direction', directions), oneOf('state', states), between('opened_at', opened),
    closed === undefined ? undefined : allOf({ sql: 'closed_at > 0', parameters: [] }, between('closed_at', closed)),
    hasWords(`lower(instrument || ' ' || account || ' ' || direction)`, search),
  ),
}

export interface TripsReader {
  list(query: ListQuery<TripFilter, TripSort>): Omit<ListAnswer<TradingTripRow>, 'applied'>
}

export interface TripsTable extends TripsReader {
  /** The newest of a position, and the one before it. */
  newest(account: string, instrument: string, positionSide: string): readonly TripDraft[]
  /** The one that was the newest of its position when this record was booked. */
  at(account: string, instrument: string, positionSide: string, sequence: number): TripDraft | undefined
  /** All that are open in an instrument. */
  openIn(account: string, instrument: string): readonly TripDraft[]
  keep(trip: TripDraft): void
  remove(place: number): void
  clear(): void
}

export const createTripsReader = (connection: Connection): TripsReader => ({ list: createList(connection, shape) })

export function createTripsTable(connection: Connection): TripsTable {
  const newest = connection.prepare<[string, string, string], StoredTrip>(
    `SELECT ${columns} FROM trading_trips WHERE account = ? AND instrument = ? AND position_side = ? ORDER BY place DESC LIMIT 2`,
  )
  const at = connection.prepare<[string, string, string, number], StoredTrip>(
    `SELECT ${columns} FROM trading_trips WHERE account = ? AND instrument = ? AND position_side = ? AND place < ? ORDER BY place DESC LIMIT 1`,
  )
  const openIn = connection.prepare<[string, string], StoredTrip>(
    `SELECT ${columns} FROM trading_trips WHERE account = ? AND instrument = ? AND state = 'open' ORDER BY place`,
  )
  const write = connection.prepare(`
    INSERT OR REPLACE INTO trading_trips (${columns})
    VALUES (@place, @account, @instrument, @positionSide, @direction, @state, @openedAt, @closedAt, @lots, @lotsMax, @fills, @realised, @facts)`)
  const remove = connection.prepare('DELETE FROM trading_trips WHERE place = ?')
  const clear = connection.prepare('DELETE FROM trading_trips')
  return {
    ...createTripsReader(connection),
    newest: (account, instrument, positionSide) => newest.all(account, instrument, positionSide).map(tripOf),
    at: (account, instrument, positionSide, sequence) => {
      const stored = at.get(account, instrument, positionSide, (sequence + 1) * tripsOfRecord)
      return stored === undefined ? undefined : tripOf(stored)
    },
    openIn: (account, instrument) => openIn.all(account, instrument).map(tripOf),
    keep: (trip) => void write.run(storedOf(trip)),
    remove: (place) => void remove.run(place),
    clear: () => void clear.run(),
  }
}

function tripOf({ position_side, opened_at, closed_at, lots_max, facts, ...same }: StoredTrip): TradingTripRow {
  return {
    ...same, positionSide: position_side, lotsMax: lots_max, openedAt: opened_at, closedAt: closed_at === 0 ? null : closed_at,
    ...(JSON.parse(facts) as TradingTripFacts),
  }
}

function storedOf(trip: TripDraft): Readonly<Record<string, number | string>> {
  const { place, account, instrument, positionSide, direction, state, openedAt, closedAt, lots, lotsMax, fills, realised, ...facts } = trip
  return {
    place, account, instrument, positionSide, direction, state, openedAt, closedAt: closedAt ?? 0, lots, lotsMax, fills, realised, facts: JSON.stringify(facts),
  }
}
