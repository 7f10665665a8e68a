import { z } from 'zod'
import type { JournalValue } from '../../../ports/index.ts'
import { alertPlacements } from './alert-placements.ts'
import { historyPlacements } from './history-placements.ts'
import { anyJson, name, placing, type Placement } from './placement.ts'
import { tradingPlacementOf } from './trading-placements.ts'

/** Raised whenever a placement changes its meaning: then every file fills its tables anew from its trail. */
export const projectionVersion = 3

const engineStarted = z.object({ version: z.string().optional() })
const settingChanged = z.object({ path: name, old: anyJson.optional(), new: anyJson.optional() })
const backupMade = z.object({ name, bytes: z.number().int().nonnegative().optional() })
const drillDone = z.object({ passed: z.boolean() })

export type EngineStartedBody = z.input<typeof engineStarted>
export type SettingChangedBody = z.input<typeof settingChanged>
export type BackupMadeBody = z.input<typeof backupMade>
export type DrillDoneBody = z.input<typeof drillDone>

const keyEvent: Placement = ({ keyEvents }, { sequence, at, kind, body }) => {
  keyEvents.add({ sequence, at, kind, body })
  return undefined
}

const placements: ReadonlyMap<string, Placement> = new Map(Object.entries<Placement>({
  ...alertPlacements,
  ...historyPlacements,
  'engine.started': placing(engineStarted, ({ engineStarts }, { sequence, at }, { version }) => {
    engineStarts.begin({ sequence, at, version: version ?? null })
  }),
  'books.closed': ({ engineStarts }, { at }) => {
    engineStarts.endInOrder(at)
    return undefined
  },
  'setting.changed': placing(settingChanged, ({ settingChanges }, { sequence, at }, change) => {
    settingChanges.add({ sequence, at, path: change.path, old: jsonOrNull(change.old), new: jsonOrNull(change.new) })
  }),
  'backup.made': placing(backupMade, ({ backups }, { sequence, at, body }, { name: file, bytes }) => {
    backups.add({ sequence, at, name: file, bytes: bytes ?? null, body })
  }),
  'drill.done': placing(drillDone, ({ drills }, { sequence, at, body }, { passed }) => {
    drills.add({ sequence, at, passed, body })
  }),
}))

const jsonOrNull = (value: unknown): JournalValue => (value ?? null) as JournalValue

/** Kinds without a placement are in the trail alone. */
export const placementOf = (kind: string): Placement | undefined =>
  placements.get(kind) ?? tradingPlacementOf(kind) ?? (kind.startsWith('keys.') ? keyEvent : undefined)
