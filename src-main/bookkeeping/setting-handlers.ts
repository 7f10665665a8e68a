import { fail, succeed, type Contract, type SettingsView } from '../../src-preload/contract/index.ts'
import type { Handlers } from '../bridge/index.ts'
import { settingValues, settingsPath, type OpenedSettings, type SettingScalar, type Settings } from '../store/index.ts'

export type SettingEntryName = 'settings.watch' | 'settings.read' | 'settings.change'

export interface SettingHandlerParts {
  readonly folder: string
  readonly settings: () => OpenedSettings | undefined
  readonly onChange: (listener: () => void) => () => void
}

export function createSettingHandlers(parts: SettingHandlerParts): Pick<Handlers<Contract>, SettingEntryName> {
  const view = (): SettingsView => viewOf(parts.folder, parts.settings())
  return {
    'settings.watch': (_input, sink) => {
      sink.snapshot(view())
      return parts.onChange(() => sink.delta(view()))
    },
    'settings.read': () => succeed(view()),
    'settings.change': async ({ revision, changes }) => {
      const settings = parts.settings()
      if (settings === undefined) return fail('setting.unsaved', { detail: 'the settings are not read yet' })
      const patch: Record<string, SettingScalar> = Object.fromEntries(changes.map(({ path, value }) => [path, value]))
      const edited = await settings.change(patch, revision)
      if (edited.ok) return succeed(view())
      if (edited.reason === 'edited-meanwhile') return fail('setting.stale')
      if (edited.reason === 'not-written') return fail('setting.unsaved', { detail: edited.detail })
      // Each is a sentence, and together they become the end of another.
      const problem = edited.problems.map(({ path, reason }) => (path === '' ? reason : `${path}: ${reason}`)).join('; ')
      return fail('setting.refused', { problem: problem.replace(/\.$/, '').slice(0, 500) })
    },
  }
}

function viewOf(folder: string, settings: OpenedSettings | undefined): SettingsView {
  if (settings === undefined) return { revision: '', file: settingsPath(folder), values: [], problems: [] }
  const values = settingValues.flatMap(({ path, standard, description, isPrivate }) => {
    const value = valueAt(settings.current, path)
    if (value === undefined || standard === undefined) return []
    // An address can hold a key. That one is set is all that a screen has to know.
    return [{ path, value: isPrivate === true && value !== '' ? hiddenValue : value, preset: standard, meaning: description }]
  })
  const problems = settings.problems.map(({ line, column, path, reason }) => ({ line, column, path, reason }))
  return { revision: settings.revision, file: settingsPath(folder), values, problems }
}

/** Stands for an address that is set; written back, it would be refused as none. */
export const hiddenValue = '••••••'

function valueAt(settings: Settings, path: string): SettingScalar | undefined {
  const found = path.split('.').reduce<unknown>((value, name) => (typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined), settings)
  return typeof found === 'string' || typeof found === 'number' || typeof found === 'boolean' ? found : undefined
}
