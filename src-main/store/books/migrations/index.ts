import { appliedHead } from './0001-applied-head.ts'
import { eventTrail } from './0002-event-trail.ts'
import { engineStarts } from './0003-engine-starts.ts'
import { settingChanges } from './0004-setting-changes.ts'
import { alerts } from './0005-alerts.ts'
import { alertDeliveries } from './0006-alert-deliveries.ts'
import { backups } from './0007-backups.ts'
import { drills } from './0008-drills.ts'
import { keyEvents } from './0009-key-events.ts'
import { unplacedRecords } from './0010-unplaced-records.ts'
import { openAlertFacts } from './0011-open-alert-facts.ts'
import { engineSnapshots } from './0012-engine-snapshots.ts'
import { tradingOrders } from './0013-trading-orders.ts'
import { tradingFills } from './0014-trading-fills.ts'
import { tradingLedger } from './0015-trading-ledger.ts'
import { tradingTrips } from './0016-trading-trips.ts'
import { tradingCommands } from './0017-trading-commands.ts'
import { equityCurve } from './0018-equity-curve.ts'
import { tradingMoney } from './0019-trading-money.ts'
import type { Migration } from './migration.ts'

export type { Migration } from './migration.ts'

/** In order: the schema's version is how many of them a file has been through. */
export const migrations: readonly Migration[] = [
  appliedHead, eventTrail, engineStarts, settingChanges, alerts, alertDeliveries, backups, drills, keyEvents, unplacedRecords,
  openAlertFacts, engineSnapshots, tradingOrders, tradingFills, tradingLedger, tradingTrips, tradingCommands, equityCurve, tradingMoney,
]
