import { create } from 'zustand'
import type { TradeSide } from '../../src-preload/contract/index.ts'
import { isRecord, keep, keptPlaceOf, readKept } from './kept-text.ts'

/** How far stop and target lie from an entry, in billionths of its price; undefined where the bracket has none. */
export interface BracketTemplate {
  readonly name: string
  readonly stop: number | undefined
  readonly target: number | undefined
}

export const bracketTemplatesKey = 'ballast.bracket-templates'
const version = 1
export const templatesMax = 20
export const templateNameMax = 30
const whole = 1_000_000_000n

const isRate = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) > 0 && Number(value) < Number(whole)

function parseTemplate(json: unknown): BracketTemplate | undefined {
  if (!isRecord(json) || typeof json['name'] !== 'string' || json['name'] === '' || json['name'].length > templateNameMax) return undefined
  const { stop, target } = json
  // A leg that is there and cannot be read must not be left out: the bracket would go without its stop.
  if (![stop, target].every((rate) => rate === undefined || isRate(rate)) || (stop === undefined && target === undefined)) return undefined
  return { name: json['name'], stop: isRate(stop) ? stop : undefined, target: isRate(target) ? target : undefined }
}

/** Money hangs on them: if one of them cannot be read, none is taken. */
export function parseTemplates(json: unknown): readonly BracketTemplate[] | undefined {
  if (!isRecord(json) || json['version'] !== version || !Array.isArray(json['templates'])) return undefined
  const templates = json['templates'].map(parseTemplate)
  const read = templates.filter((each) => each !== undefined)
  const names = new Set(read.map(({ name }) => name))
  return read.length === templates.length && names.size === read.length && read.length <= templatesMax ? read : undefined
}

export const printTemplates = (templates: readonly BracketTemplate[]): string => JSON.stringify({ version, templates })

const place = keptPlaceOf(() => localStorage)

export const useTemplates = create<{ readonly templates: readonly BracketTemplate[] }>()(() => ({ templates: readKept(place, bracketTemplatesKey, parseTemplates) ?? [] }))

useTemplates.subscribe(({ templates }) => keep(place, bracketTemplatesKey, printTemplates(templates)))

/** One of the same name is replaced. False where there is no room for more. */
export function saveTemplate(template: BracketTemplate): boolean {
  const others = useTemplates.getState().templates.filter(({ name }) => name !== template.name)
  if (others.length >= templatesMax) return false
  useTemplates.setState({ templates: [...others, template].sort((one, other) => one.name.localeCompare(other.name)) })
  return true
}

export const dropTemplate = (name: string): void => useTemplates.setState(({ templates }) => ({ templates: templates.filter((each) => each.name !== name) }))

type Leg = 'stop' | 'target'

/** A stop lies on the losing side of the entry, a target on the other. */
const isAbove = (leg: Leg, side: TradeSide): boolean => (leg === 'target') === (side === 'buy')

/** Where a leg lies for this entry: rounded towards it, so that a stop risks no more and a target asks for no more than the template says. */
export function legTicks(leg: Leg, side: TradeSide, entry: number, rate: number): number {
  const away = Number((BigInt(entry) * BigInt(rate)) / whole)
  return isAbove(leg, side) ? entry + away : entry - away
}

/** How far a leg lies from its entry; undefined where it lies on the wrong side of it, or too far for a share. */
export function legRate(leg: Leg, side: TradeSide, entry: number, ticks: number): number | undefined {
  const away = isAbove(leg, side) ? ticks - entry : entry - ticks
  if (away <= 0 || entry <= 0) return undefined
  // Up, so that the same entry leads to the same tick again.
  const rate = Number((BigInt(away) * whole + BigInt(entry) - 1n) / BigInt(entry))
  return isRate(rate) ? rate : undefined
}
