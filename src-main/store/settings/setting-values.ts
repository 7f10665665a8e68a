import { z } from 'zod'
import { settingsSchema, type Settings, type ValueMeaning } from './settings-schema.ts'

/** One value of the settings, by its names from the outside in, joined by dots: `backup.keep.days`. */
export interface SettingValue extends ValueMeaning {
  readonly path: string
  /** Absent when there is none unless one is written. */
  readonly standard?: SettingScalar
}

export interface SettingGroup {
  readonly path: string
  readonly description: string
  /** May be left out, and then means something of its own. */
  readonly isOptional: boolean
  readonly values: readonly SettingValue[]
}

export type SettingScalar = string | number | boolean

/** What zod tells of a schema; the meanings are among it. */
interface Node extends Partial<ValueMeaning> {
  readonly properties?: Readonly<Record<string, Node>>
  readonly default?: unknown
}

const root = z.toJSONSchema(settingsSchema, { io: 'input', unrepresentable: 'any' }) as Node

/** Every group with the values right in it, in the order of the file. */
export const settingGroups: readonly SettingGroup[] = groupsOf('', root)

export const settingValues: readonly SettingValue[] = settingGroups.flatMap(({ values }) => values)

export function meaningOf(path: string): Partial<ValueMeaning> | undefined {
  let node: Node | undefined = root
  for (const name of path === '' ? [] : path.split('.')) {
    node = node?.properties !== undefined && Object.hasOwn(node.properties, name) ? node.properties[name] : undefined
  }
  return node
}

const privatePaths: ReadonlySet<string> = new Set(settingValues.filter(({ isPrivate }) => isPrivate).map(({ path }) => path))

export const isPrivate = (path: string): boolean => privatePaths.has(path)

const groupPaths: ReadonlySet<string> = new Set(settingGroups.map(({ path }) => path))

export const isGroup = (path: string): boolean => groupPaths.has(path)

function groupsOf(path: string, node: Node): readonly SettingGroup[] {
  const inner = Object.entries(node.properties ?? {}).map(([name, child]) => ({ at: path === '' ? name : `${path}.${name}`, child }))
  const values = inner.filter(({ child }) => child.properties === undefined).map(({ at, child }) => valueOf(at, child))
  const isOptional = path !== '' && node.default === undefined
  const own: SettingGroup = { path, description: node.description ?? '', isOptional, values }
  return [own, ...inner.filter(({ child }) => child.properties !== undefined).flatMap(({ at, child }) => groupsOf(at, child))]
}

function valueOf(path: string, node: Node): SettingValue {
  const { description = '', expected = '', isPrivate: isHidden, default: standard, example } = node
  return {
    path, description, expected,
    ...(example === undefined ? {} : { example }),
    ...(isHidden === true ? { isPrivate: true } : {}),
    ...(isScalar(standard) ? { standard } : {}),
  }
}

function isScalar(value: unknown): value is SettingScalar {
  return ['string', 'number', 'boolean'].includes(typeof value)
}

/** Every value that is there, by its path. */
export function flatten(settings: Settings): ReadonlyMap<string, SettingScalar> {
  const found = new Map<string, SettingScalar>()
  const walk = (path: string, value: unknown): void => {
    if (isScalar(value)) found.set(path, value)
    else if (typeof value === 'object' && value !== null) {
      for (const [name, inner] of Object.entries(value)) walk(path === '' ? name : `${path}.${name}`, inner)
    }
  }
  walk('', settings)
  return found
}
