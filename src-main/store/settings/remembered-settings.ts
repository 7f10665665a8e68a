import { standardSettingsText } from './describe-settings.ts'
import { editSettings, type SettingsPatch } from './edit-settings.ts'
import { readSettings } from './read-settings.ts'
import { isPrivate } from './setting-values.ts'

/** The standard with what others remember. */
export interface RememberedSettings {
  readonly text: string
  /** How many of the values are in it. */
  readonly count: number
}

/**
 * What is remembered may be of another version, or hidden. Some values are right only together: what cannot be taken whole is
 * taken group by group, and a group that cannot be, value by value.
 */
export function withRemembered(values: SettingsPatch): RememberedSettings {
  const shown = Object.entries(values).filter(([path]) => !isPrivate(path))
  const groups = Map.groupBy(shown, ([path]) => path.slice(0, path.lastIndexOf('.')))
  const start = { text: standardSettingsText(), count: 0 }
  return taken(start, shown) ?? [...groups.values()].reduce(
    (before, group) => taken(before, group) ?? group.reduce((so, entry) => taken(so, [entry]) ?? so, before),
    start,
  )
}

function taken({ text, count }: RememberedSettings, entries: readonly (readonly [string, SettingsPatch[string]])[]): RememberedSettings | undefined {
  const edited = editSettings(text, Object.fromEntries(entries))
  return readSettings(edited).ok ? { text: edited, count: count + entries.length } : undefined
}
