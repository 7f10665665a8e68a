import type { Connection } from '../connection.ts'

/** What an account was worth at one moment, in minor units of the reporting currency. */
export interface EquitySample {
  readonly account: string
  readonly asset: string
  readonly equity: number
  readonly unrealised: number
  /** All that was ever put in, less all that was ever taken out: profit is equity without it. */
  readonly external: number
}

export interface EquityPoint extends EquitySample {
  readonly sequence: number
  readonly at: number
}

/** A day of UTC. */
export interface EquityDay {
  readonly account: string
  /** Its first moment. */
  readonly day: number
  readonly asset: string
  readonly open: number
  readonly high: number
  readonly low: number
  readonly close: number
  readonly externalOpen: number
  readonly externalClose: number
  readonly samples: number
}

export interface EquityAsk {
  readonly account: string
  readonly from: number
  readonly to: number
  /** Minutes between two points at least: of each such span the last sample is given. 1 when not given. */
  readonly everyMinutes?: number
}

export interface EquityReader {
  points(ask: EquityAsk): readonly EquityPoint[]
  days(ask: Omit<EquityAsk, 'everyMinutes'>): readonly EquityDay[]
  accounts(): readonly string[]
}

export interface EquityTable extends EquityReader {
  /** Only the first of a minute is kept. */
  add(sequence: number, at: number, sample: EquitySample): void
  clear(): void
}

const minuteMs = 60_000
const dayMs = 86_400_000
/** More points than a screen has columns; who asks for more gets the first of them. */
export const equityPointsMax = 10_000

export function problemOfEquityAsk({ from, to, everyMinutes = 1 }: EquityAsk): string | undefined {
  if (!(Number.isFinite(from) && Number.isFinite(to) && from <= to)) return 'expected a beginning before an end'
  return Number.isSafeInteger(everyMinutes) && everyMinutes >= 1 ? undefined : 'expected a whole number of minutes between two points'
}

export function createEquityReader(connection: Connection): EquityReader {
  const columns = 'sequence, at, account, asset, equity, unrealised, external FROM equity_minutes'
  const points = connection.prepare<[{ account: string; from: number; to: number; every: number }], EquityPoint>(`
    SELECT ${columns} WHERE account = @account AND minute IN (
      SELECT max(minute) FROM equity_minutes WHERE account = @account AND minute >= @from AND minute < @to GROUP BY minute / CAST(@every AS INTEGER)
      ORDER BY 1 LIMIT ${equityPointsMax}
    ) ORDER BY minute`)
  const days = connection.prepare<[string, number, number], EquityDay>(`
    SELECT account, day * ${dayMs} AS day, asset, open, high, low, close, external_open AS externalOpen, external_close AS externalClose, samples
    FROM equity_days WHERE account = ? AND day >= ? AND day < ? ORDER BY day LIMIT ${equityPointsMax}`)
  const accounts = connection.prepare<[], string>('SELECT DISTINCT account FROM equity_days ORDER BY account').pluck()
  return {
    points: ({ account, from, to, everyMinutes = 1 }) =>
      points.all({ account, from: Math.floor(from / minuteMs), to: Math.ceil(to / minuteMs), every: everyMinutes }),
    days: ({ account, from, to }) => days.all(account, Math.floor(from / dayMs), Math.ceil(to / dayMs)),
    accounts: () => accounts.all(),
  }
}

export function createEquityTable(connection: Connection): EquityTable {
  const insert = connection.prepare(`
    INSERT OR IGNORE INTO equity_minutes (account, minute, sequence, at, asset, equity, unrealised, external)
    VALUES (@account, @minute, @sequence, @at, @asset, @equity, @unrealised, @external)`)
  const day = connection.prepare(`
    INSERT INTO equity_days (account, day, asset, open, high, low, close, external_open, external_close, samples)
    VALUES (@account, @day, @asset, @equity, @equity, @equity, @equity, @external, @external, 1)
    ON CONFLICT (account, day) DO UPDATE SET
      asset = @asset, high = max(high, @equity), low = min(low, @equity), close = @equity, external_close = @external, samples = samples + 1`)
  const clearMinutes = connection.prepare('DELETE FROM equity_minutes')
  const clearDays = connection.prepare('DELETE FROM equity_days')
  return {
    ...createEquityReader(connection),
    add: (sequence, at, { account, asset, equity, unrealised, external }) => {
      const same = { account, asset, equity, external }
      const { changes } = insert.run({ ...same, unrealised, minute: Math.floor(at / minuteMs), sequence, at })
      if (changes === 1) day.run({ ...same, day: Math.floor(at / dayMs) })
    },
    clear: () => {
      clearMinutes.run()
      clearDays.run()
    },
  }
}
