import type { JournalBody } from '../../../ports/index.ts'
import type { Connection } from '../connection.ts'
import type { Page, PageOf } from '../page.ts'
import { alertMeaning, type AlertSpecification } from '../specification/alert-specification.ts'
import { compile } from '../specification/compile.ts'
import { createDeliveryReader, createDeliveryRepository, type DeliveryReader, type DeliveryRepository } from './alert-deliveries.ts'
import {
  createOpenAlertFactReader, createOpenAlertFactRepository, type OpenAlertFactReader, type OpenAlertFactRepository,
} from './open-alert-facts.ts'
import { selectPage } from './select-page.ts'

export type AlertState = 'raised' | 'acknowledged' | 'snoozed' | 'cleared'

export interface AlertRow {
  readonly id: string
  readonly rule: string
  readonly subject: string
  readonly severity: string
  readonly state: AlertState
  /** The record that raised it last. */
  readonly sequence: number
  readonly raisedAt: number
  /** How often it was raised. */
  readonly times: number
  readonly changedAt: number
  readonly snoozedUntil: number | null
  readonly clearedWhy: string | null
  readonly parameters: JournalBody
}

export interface AlertReader extends DeliveryReader, OpenAlertFactReader {
  find(specification: AlertSpecification, page: Page): PageOf<AlertRow>
  byId(id: string): AlertRow | undefined
}

export interface AlertRepository extends AlertReader, DeliveryRepository, OpenAlertFactRepository {
  /** A new one, or one that is raised again: then it is as new. */
  raise(alert: RaisedAlert): void
  /** False when there is no such alert. */
  move(id: string, to: AlertMove): boolean
  /** Of the same cause at most one is open: which others are. */
  openOthers(alert: Pick<AlertRow, 'id' | 'rule' | 'subject'>): readonly string[]
  clear(): void
}

export interface RaisedAlert extends Pick<AlertRow, 'id' | 'rule' | 'subject' | 'severity' | 'sequence' | 'times' | 'parameters'> {
  readonly at: number
}

export interface AlertMove {
  readonly state: Exclude<AlertState, 'raised'>
  readonly at: number
  readonly snoozedUntil?: number
  readonly clearedWhy?: string | null
}

interface Row {
  readonly id: string
  readonly rule: string
  readonly subject: string
  readonly severity: string
  readonly state: AlertState
  readonly sequence: number
  readonly raised_at: number
  readonly times: number
  readonly changed_at: number
  readonly snoozed_until: number | null
  readonly cleared_why: string | null
  readonly parameters: string
}

const columns =
  'id, rule, subject, severity, state, sequence, raised_at, times, changed_at, snoozed_until, cleared_why, parameters FROM alerts'

export function createAlertReader(connection: Connection): AlertReader {
  const selectById = connection.prepare<[string], Row>(`SELECT ${columns} WHERE id = ?`)
  return {
    ...createDeliveryReader(connection),
    ...createOpenAlertFactReader(connection),
    find: (specification, page) => selectPage(connection, columns, compile(specification, alertMeaning), page, alertOf),
    byId: (id) => {
      const row = selectById.get(id)
      return row === undefined ? undefined : alertOf(row)
    },
  }
}

export function createAlertRepository(connection: Connection): AlertRepository {
  const raise = connection.prepare(`
    INSERT INTO alerts (id, rule, subject, severity, state, sequence, raised_at, times, changed_at, parameters)
    VALUES (@id, @rule, @subject, @severity, 'raised', @sequence, @at, @times, @at, @parameters)
    ON CONFLICT (id) DO UPDATE SET
      rule = @rule, subject = @subject, severity = @severity, state = 'raised', sequence = @sequence, raised_at = @at, times = @times,
      changed_at = @at, snoozed_until = NULL, cleared_why = NULL, parameters = @parameters`)
  const move = connection.prepare('UPDATE alerts SET state = ?, changed_at = ?, snoozed_until = ?, cleared_why = ? WHERE id = ?')
  const clear = connection.prepare('DELETE FROM alerts')
  const openOthers = connection.prepare<[string, string, string], string>(
    "SELECT id FROM alerts WHERE state IN ('raised', 'acknowledged', 'snoozed') AND rule = ? AND subject = ? AND id <> ?",
  ).pluck()
  const deliveries = createDeliveryRepository(connection)
  const facts = createOpenAlertFactRepository(connection)
  return {
    ...createAlertReader(connection),
    ...deliveries,
    ...facts,
    raise: ({ parameters, ...alert }) => {
      raise.run({ ...alert, parameters: JSON.stringify(parameters) })
    },
    move: (id, { state, at, snoozedUntil, clearedWhy }) =>
      move.run(state, at, snoozedUntil ?? null, clearedWhy ?? null, id).changes === 1,
    openOthers: ({ id, rule, subject }) => openOthers.all(rule, subject, id),
    clear: () => {
      deliveries.clearDeliveries()
      facts.clearFacts()
      clear.run()
    },
  }
}

const alertOf = (row: Row): AlertRow => ({
  id: row.id,
  rule: row.rule,
  subject: row.subject,
  severity: row.severity,
  state: row.state,
  sequence: row.sequence,
  raisedAt: row.raised_at,
  times: row.times,
  changedAt: row.changed_at,
  snoozedUntil: row.snoozed_until,
  clearedWhy: row.cleared_why,
  parameters: JSON.parse(row.parameters) as JournalBody,
})
