import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { workspaceOf } from '../../../../src-renderer/app/workspaces.ts'
import { parseLayout, printLayout } from '../../../../src-renderer/stores/layout.ts'

const desk = workspaceOf('desk')
const panels = ['engine', 'activity', 'connection', 'clock', 'alerts', 'health', 'books']
const parse = (json: unknown) => parseLayout(json, panels)

type Path = readonly (string | number)[]

/** The same JSON with another value at a path; `undefined` takes what is there away. */
function withValue(json: unknown, [step, ...rest]: Path, value: unknown): unknown {
  if (step === undefined) return value
  if (Array.isArray(json)) {
    return json.map((item, nth) => (nth === step ? withValue(item, rest, value) : item)).filter((item) => item !== undefined)
  }
  const record = json as Readonly<Record<string, unknown>>
  return { ...record, [step]: withValue(record[step], rest, value) }
}

/** The first layout as a file, changed in a few places. */
const changed = (...changes: readonly (readonly [Path, unknown])[]): unknown => {
  const file: unknown = JSON.parse(printLayout(desk.firstLayout))
  return changes.reduce((json, [path, value]) => JSON.parse(JSON.stringify(withValue(json, ['layout', ...path], value))), file)
}

const rightColumn: Path = ['grid', 'root', 'data', 1]

describe('a layout from a file', () => {
  it('is taken as it was printed', () => {
    expect(parse(JSON.parse(printLayout(desk.firstLayout)))).toEqual({ ...desk.firstLayout, floatingGroups: [] })
  })

  it('may float panels', () => {
    const floating = [
      { data: { views: ['connection', 'health'], id: 'f1' }, position: {} },
      { grid: { root: { type: 'leaf', data: { views: ['clock', 'books'], id: 'f2' } } }, position: {} },
    ]
    expect(parse(changed([rightColumn, undefined], [['floatingGroups'], floating]))?.floatingGroups).toEqual(floating)
  })

  it.each<[string, readonly (readonly [Path, unknown])[]]>([
    ['a panel that is not ours', [[['panels', 'clock', 'contentComponent'], 'orders']]],
    ['a panel under another name', [[['panels', 'clock', 'id'], 'engine']]],
    ['a panel in two places', [[[...rightColumn, 'data', 1, 'data', 'views'], ['engine']]]],
    ['a panel in no place', [[rightColumn, undefined]]],
    ['no panels at all', [[['grid', 'root', 'data'], []], [['panels'], {}]]],
    ['no grid', [[['grid'], undefined]]],
    ['a size that is none', [[['grid', 'width'], 'wide']]],
    ['a leaf without views', [[[...rightColumn, 'data', 0, 'data'], {}]]],
    ['floating groups that are none', [[['floatingGroups'], [7]]]],
  ])('is refused with %s', (_what, changes) => {
    expect(parse(changed(...changes))).toBeUndefined()
  })

  it('is refused in another version', () => {
    expect(parse({ version: 2, layout: desk.firstLayout })).toBeUndefined()
  })

  it('never brings popped-out windows', () => {
    expect(parse(changed([['popoutGroups'], [{ url: 'https://elsewhere.example' }]]))).not.toHaveProperty('popoutGroups')
  })

  it('never throws, whatever JSON it is', () => {
    fc.assert(fc.property(fc.jsonValue({ maxDepth: 6 }), (layout) => {
      expect(parse({ version: 1, layout })).toBeUndefined()
    }))
  })
})
