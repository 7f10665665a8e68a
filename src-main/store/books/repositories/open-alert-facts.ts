import type { JournalBody, JournalRecord } from '../../../ports/index.ts'
import type { Connection } from '../connection.ts'

/** What every alert that is open follows from, and which numbers are taken: a start must not depend on how long ago that was. */
export interface OpenAlertFactReader {
  /** Oldest first. */
  openAlertFacts(): readonly JournalRecord[]
  /** The highest number that an alert ever had; 0 without any. */
  highestAlertNumber(): number
}

export interface OpenAlertFactRepository extends OpenAlertFactReader {
  /** A later fact of the same part takes the place of the one before; that of the first raising stays. */
  keepFact(alert: string, part: AlertFactPart, sequence: number): void
  forgetFacts(alert: string): void
  clearFacts(): void
}

export type AlertFactPart = 'raised' | 'acknowledged' | 'snoozed' | `sent ${string}`

interface Row {
  readonly sequence: number
  readonly at: number
  readonly kind: string
  readonly body: string
}

export function createOpenAlertFactReader(connection: Connection): OpenAlertFactReader {
  const select = connection.prepare<[], Row>(
    'SELECT sequence, at, kind, body FROM events WHERE sequence IN (SELECT sequence FROM open_alert_facts) ORDER BY sequence',
  )
  // No number has more than ten digits.
  const highest = connection
    .prepare<[], number | null>(`SELECT max(CAST(substr(id, 7) AS INTEGER)) FROM alerts WHERE id GLOB 'alert-[1-9]*' AND length(id) <= 16`)
    .pluck()
  return {
    openAlertFacts: () => select.all().map(({ body, ...row }) => ({ ...row, body: JSON.parse(body) as JournalBody })),
    highestAlertNumber: () => Number(highest.get() ?? 0),
  }
}

export function createOpenAlertFactRepository(connection: Connection): OpenAlertFactRepository {
  // Since when it is open says the first one, how it is now the newest.
  const isOpen = connection.prepare<[string], number>(`SELECT 1 FROM open_alert_facts WHERE alert = ? AND part = 'first'`).pluck()
  const keep = connection.prepare('INSERT OR REPLACE INTO open_alert_facts (alert, part, sequence) VALUES (?, ?, ?)')
  const forget = connection.prepare('DELETE FROM open_alert_facts WHERE alert = ?')
  const clear = connection.prepare('DELETE FROM open_alert_facts')
  return {
    ...createOpenAlertFactReader(connection),
    keepFact: (alert, part, sequence) => {
      const isKnown = isOpen.get(alert) === 1
      if (part === 'raised') keep.run(alert, isKnown ? 'raised' : 'first', sequence)
      else if (isKnown) keep.run(alert, part, sequence)
    },
    forgetFacts: (alert) => {
      forget.run(alert)
    },
    clearFacts: () => {
      clear.run()
    },
  }
}
