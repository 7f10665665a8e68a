import { collect, ok, type Result } from '../../base/index.ts'
import type { QuantError, QuantParameter, QuantValue } from '../catalogue-entry.ts'
import { isFiniteValue, readNumbers, refuse, type Settings } from '../entry-form/index.ts'
import { type PortfolioConstraints, type WeightGroup } from './constraints.ts'

type Read<Value> = Result<Value, QuantError>

export const constraintParameters: readonly QuantParameter[] = [
  { name: 'longOnly', kind: 'boolean', preset: true, meaning: 'no weight below zero' },
  { name: 'minWeight', kind: 'numbers', preset: null, meaning: 'least weight: one number for all assets, or one for each' },
  { name: 'maxWeight', kind: 'numbers', preset: null, meaning: 'cap: one number for all assets, or one for each' },
  {
    name: 'groups', kind: 'object', preset: null,
    meaning: 'sectors: a list of { name, members, min, max }; members are places of columns, from 0; min and max bound the '
      + 'sum of their weights',
  },
]

/** Each may be one number as well. */
export const bounds: readonly string[] = ['minWeight', 'maxWeight']

export function readConstraints(settings: Settings): Read<PortfolioConstraints> {
  const minWeight = readBounds(settings, 'minWeight')
  if (!minWeight.ok) return minWeight
  const maxWeight = readBounds(settings, 'maxWeight')
  if (!maxWeight.ok) return maxWeight
  const groups = readGroups(settings.value('groups'))
  if (!groups.ok) return groups
  return ok({
    longOnly: settings.flag('longOnly'),
    groups: groups.value,
    ...(minWeight.value === undefined ? {} : { minWeight: minWeight.value }),
    ...(maxWeight.value === undefined ? {} : { maxWeight: maxWeight.value }),
  })
}

function readBounds(settings: Settings, name: string): Read<number | readonly number[] | undefined> {
  const value = settings.value(name)
  return value === undefined || isFiniteValue(value) ? ok(value) : readNumbers(name, value)
}

function readGroups(value: QuantValue | undefined): Read<readonly WeightGroup[]> {
  if (value === undefined) return ok([])
  if (!Array.isArray(value)) return refuse('bad-parameter', 'groups is expected to be a list.')
  return collect((value as readonly QuantValue[]).map(readGroup))
}

function readGroup(value: QuantValue, index: number): Read<WeightGroup> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return refuse('bad-parameter', `Group ${index} is expected to be a record.`)
  }
  const { name = `${index}`, members, min, max, ...others } = value as Readonly<Record<string, QuantValue>>
  const [unknown] = Object.keys(others)
  if (unknown !== undefined) return refuse('bad-parameter', `Group ${index} has no field ${unknown}.`)
  if (typeof name !== 'string') return refuse('bad-parameter', `The name of group ${index} is expected to be a text.`)
  const places = readNumbers(`members of the group ${name}`, members)
  if (!places.ok) return places
  const least = min ?? undefined
  const most = max ?? undefined
  if ((least !== undefined && !isFiniteValue(least)) || (most !== undefined && !isFiniteValue(most))) {
    return refuse('bad-parameter', `The bounds of the group ${name} are expected to be numbers.`)
  }
  return ok(
    { name, members: places.value, ...(least === undefined ? {} : { min: least }), ...(most === undefined ? {} : { max: most }) },
  )
}
