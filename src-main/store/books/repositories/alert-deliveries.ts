import type { Connection } from '../connection.ts'
import type { Page, PageOf } from '../page.ts'
import { selectPage } from './select-page.ts'

/** One try to bring an alert to the trader. */
export interface DeliveryRow {
  readonly sequence: number
  readonly alert: string
  readonly at: number
  readonly channel: string
  readonly delivered: boolean
  readonly reason: string | null
}

export interface DeliveryReader {
  deliveries(alert: string, page: Page): PageOf<DeliveryRow>
}

export interface DeliveryRepository extends DeliveryReader {
  addDelivery(delivery: DeliveryRow): void
  clearDeliveries(): void
}

type Row = Omit<DeliveryRow, 'delivered'> & { readonly delivered: number }

const columns = 'sequence, alert, at, channel, delivered, reason FROM alert_deliveries'

export const createDeliveryReader = (connection: Connection): DeliveryReader => ({
  deliveries: (alert, page) =>
    selectPage<Row, DeliveryRow>(connection, columns, { sql: 'alert = ?', parameters: [alert] }, page, (row) => ({
      ...row, delivered: row.delivered === 1,
    })),
})

export function createDeliveryRepository(connection: Connection): DeliveryRepository {
  const insert = connection.prepare(
    'INSERT INTO alert_deliveries (sequence, alert, at, channel, delivered, reason) VALUES (?, ?, ?, ?, ?, ?)',
  )
  const clear = connection.prepare('DELETE FROM alert_deliveries')
  return {
    ...createDeliveryReader(connection),
    addDelivery: ({ sequence, alert, at, channel, delivered, reason }) => {
      insert.run(sequence, alert, at, channel, delivered ? 1 : 0, reason)
    },
    clearDeliveries: () => {
      clear.run()
    },
  }
}
