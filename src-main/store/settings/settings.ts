import type { EditedSettings } from './settings-file.ts'
import type { SettingChange } from './setting-changes.ts'
import type { SettingsPatch } from './edit-settings.ts'
import type { Settings } from './settings-schema.ts'
import type { SettingsProblem } from './settings-problem.ts'

/** The settings of a profile as the program sees them. */
export interface OpenedSettings {
  /** What is in force. */
  readonly current: Settings
  /** Which text of the file was read last: whoever changes a value says which one was seen. */
  readonly revision: string
  /**
   * Neither the file nor what was in force the last time could be read yet. Until one can be, nothing is thrown away because
   * of what is in force, and whatever is read then is no change.
   */
  readonly isProvisional: boolean
  /** What is wrong with the file as it is now; then what was in force before still is. */
  readonly problems: readonly SettingsProblem[]
  /** What was changed in the file while nobody looked: since these settings were in force the last time. */
  readonly changedWhileAway: readonly SettingChange[]
  /** Told after something is in force, and whenever the problems are others than before. */
  onChange(listener: (event: SettingsEvent) => void): () => void
  /** New values by their paths, for example `{ 'backup.keep.days': 14 }`; `null` takes an optional one out. */
  change(patch: SettingsPatch, expectedRevision: string): Promise<EditedSettings>
  /** What others remember was in force the last time, where these settings are provisional; tells how many values were taken. */
  assume(values: SettingsPatch): number
  /** Looks now, and not at the next moment of its own. */
  refresh(): Promise<void>
  dispose(): Promise<void>
}

export interface SettingsEvent {
  /** Milliseconds UTC. */
  readonly at: number
  readonly changes: readonly SettingChange[]
  readonly problems: readonly SettingsProblem[]
}
