import type { Settings } from './settings-schema.ts'
import { flatten, isPrivate, type SettingScalar } from './setting-values.ts'

/** What may be journalled and shown: of an address that may hold a secret only where it leads to. */
export interface SettingChange {
  readonly path: string
  /** `null`: it was not there. */
  readonly old: SettingScalar | null
  readonly new: SettingScalar | null
}

export function changesBetween(before: Settings, after: Settings): readonly SettingChange[] {
  const [old, next] = [flatten(before), flatten(after)]
  return [...new Set([...old.keys(), ...next.keys()])]
    .filter((path) => old.get(path) !== next.get(path))
    .map((path) => ({ path, old: shown(path, old.get(path)), new: shown(path, next.get(path)) }))
}

function shown(path: string, value: SettingScalar | undefined): SettingScalar | null {
  if (value === undefined) return null
  return isPrivate(path) && value !== '' ? `${new URL(String(value)).origin}/…` : value
}
