import type { Connection } from '../connection.ts'
import { createAlertReader, createAlertRepository, type AlertReader, type AlertRepository } from './alerts.ts'
import {
  createAppliedHeadReader, createAppliedHeadRepository, type AppliedHeadReader, type AppliedHeadRepository,
} from './applied-head.ts'
import { createBackupReader, createBackupRepository, type BackupReader, type BackupRepository } from './backups.ts'
import { createDrillReader, createDrillRepository, type DrillReader, type DrillRepository } from './drills.ts'
import {
  createEngineSnapshotReader, createEngineSnapshotRepository, type EngineSnapshotReader, type EngineSnapshotRepository,
} from './engine-snapshots.ts'
import {
  createEngineStartReader, createEngineStartRepository, type EngineStartReader, type EngineStartRepository,
} from './engine-starts.ts'
import { createEventReader, createEventRepository, type EventReader, type EventRepository } from './events.ts'
import { createKeyEventReader, createKeyEventRepository, type KeyEventReader, type KeyEventRepository } from './key-events.ts'
import {
  createSettingChangeReader, createSettingChangeRepository, type SettingChangeReader, type SettingChangeRepository,
} from './setting-changes.ts'
import { createTradingReader, createTradingTables, type TradingReader, type TradingTables } from '../trading/trading-tables.ts'
import type { OpenMoneyBooks } from '../trading/money-books.ts'
import { createUnplacedReader, createUnplacedRepository, type UnplacedReader, type UnplacedRepository } from './unplaced-records.ts'

/** What can be read: one repository for each kind of thing. */
export interface ReadRepositories {
  readonly applied: AppliedHeadReader
  readonly events: EventReader
  readonly engineSnapshots: EngineSnapshotReader
  readonly engineStarts: EngineStartReader
  readonly settingChanges: SettingChangeReader
  readonly alerts: AlertReader
  readonly backups: BackupReader
  readonly drills: DrillReader
  readonly keyEvents: KeyEventReader
  readonly unplaced: UnplacedReader
  readonly trading: TradingReader
}

/** The same for whoever writes; handed out only inside of a unit of work. */
export interface WriteRepositories {
  readonly applied: AppliedHeadRepository
  readonly events: EventRepository
  readonly engineSnapshots: EngineSnapshotRepository
  readonly engineStarts: EngineStartRepository
  readonly settingChanges: SettingChangeRepository
  readonly alerts: AlertRepository
  readonly backups: BackupRepository
  readonly drills: DrillRepository
  readonly keyEvents: KeyEventRepository
  readonly unplaced: UnplacedRepository
  readonly trading: TradingTables
}

export const createReadRepositories = (connection: Connection): ReadRepositories => ({
  applied: createAppliedHeadReader(connection),
  events: createEventReader(connection),
  engineSnapshots: createEngineSnapshotReader(connection),
  engineStarts: createEngineStartReader(connection),
  settingChanges: createSettingChangeReader(connection),
  alerts: createAlertReader(connection),
  backups: createBackupReader(connection),
  drills: createDrillReader(connection),
  keyEvents: createKeyEventReader(connection),
  unplaced: createUnplacedReader(connection),
  trading: createTradingReader(connection),
})

export const createWriteRepositories = (connection: Connection, openMoney: OpenMoneyBooks | undefined): WriteRepositories => ({
  applied: createAppliedHeadRepository(connection),
  events: createEventRepository(connection),
  engineSnapshots: createEngineSnapshotRepository(connection),
  engineStarts: createEngineStartRepository(connection),
  settingChanges: createSettingChangeRepository(connection),
  alerts: createAlertRepository(connection),
  backups: createBackupRepository(connection),
  drills: createDrillRepository(connection),
  keyEvents: createKeyEventRepository(connection),
  unplaced: createUnplacedRepository(connection),
  trading: createTradingTables(connection, openMoney),
})
