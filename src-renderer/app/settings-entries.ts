import type { SettingsView } from '../../src-preload/contract/index.ts'

export type SettingEntry = SettingsView['values'][number]
export type SettingScalar = SettingEntry['value']

/** The groups of the settings file, in its order; a group of a later version is shown under the last. */
export const settingSections = ['backup', 'alerts', 'lock', 'log', 'metrics', 'traces', 'journal', 'reminders'] as const
export type SectionId = (typeof settingSections)[number]

export const sectionOf = (path: string): SectionId => settingSections.find((section) => path.startsWith(`${section}.`)) ?? 'reminders'

/** What stands for an address that is set: the engine never hands one out, as it may hold a key. */
export const hiddenValue = '••••••'

export type SettingControl =
  | { readonly kind: 'switch' }
  | { readonly kind: 'number' }
  | { readonly kind: 'time' }
  | { readonly kind: 'text' }
  | { readonly kind: 'private' }
  | { readonly kind: 'choice'; readonly of: readonly string[] }

const privatePaths: readonly string[] = ['alerts.webhook.url', 'alerts.alive.url', 'traces.endpoint']

export function controlOf({ path, value, preset }: SettingEntry): SettingControl {
  if (path === 'log.level') return { kind: 'choice', of: ['trace', 'debug', 'info', 'warn', 'error'] }
  if (privatePaths.includes(path) || value === hiddenValue) return { kind: 'private' }
  if (typeof preset === 'boolean') return { kind: 'switch' }
  if (typeof preset === 'number') return { kind: 'number' }
  return { kind: /^\d\d:\d\d$/.test(preset) ? 'time' : 'text' }
}

/** What is typed for a setting and not saved yet, by its path. */
export type Drafts = Readonly<Record<string, SettingScalar>>

/**
 * What was typed as what the engine takes. Text where a number belongs goes out as it is: the engine says what it expects,
 * and one sentence is enough.
 */
export function parseTyped(entry: SettingEntry, typed: string): SettingScalar {
  const trimmed = typed.trim()
  if (typeof entry.preset !== 'number') return trimmed
  return /^-?\d+(\.\d+)?$/.test(trimmed) ? Number(trimmed) : trimmed
}

/** The drafts with one more; what is back at the value in force is none. */
export function withDraft(drafts: Drafts, entry: SettingEntry, value: SettingScalar): Drafts {
  const others = Object.fromEntries(Object.entries(drafts).filter(([path]) => path !== entry.path))
  return value === entry.value ? others : { ...others, [entry.path]: value }
}

export interface SettingProblems {
  readonly byPath: Readonly<Record<string, string>>
  readonly rest: string
}

/** The engine's sentence about several values, taken apart so that each stands beside its field. */
export function problemsIn(sentence: string, paths: readonly string[]): SettingProblems {
  const marks = paths
    .map((path) => ({ path, at: startOf(sentence, path) }))
    .filter(({ at }) => at >= 0)
    .toSorted((left, right) => left.at - right.at)
  const byPath = Object.fromEntries(
    marks.map(({ path, at }, nth) => [path, sentence.slice(at + path.length + 2, marks[nth + 1]?.at).replace(/;\s*$/, '').trim()]),
  )
  return { byPath, rest: (marks[0] === undefined ? sentence : sentence.slice(0, marks[0].at)).replace(/;\s*$/, '').trim() }
}

/** At the beginning of a problem only: a reason may name a path as well. */
function startOf(sentence: string, path: string): number {
  if (sentence.startsWith(`${path}: `)) return 0
  const at = sentence.indexOf(`; ${path}: `)
  return at < 0 ? -1 : at + 2
}
