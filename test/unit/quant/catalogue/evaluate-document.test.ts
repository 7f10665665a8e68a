import { describe, expect, it } from 'vitest'
import { fail, ok } from '../../../../src-main/base/index.ts'
import type { QuantEntry } from '../../../../src-main/quant/catalogue-entry.ts'
import { evaluateDocument, parseQuantDocument, quantEntries, type QuantDocument } from '../../../../src-main/quant/catalogue/index.ts'

const described = {
  title: 't', category: 'statistics', formula: 'f', convention: 'c', source: 's', parameters: [], inputs: [], outputs: []
} as const
const entries: readonly QuantEntry[] = [
  { ...described, name: 'echo', evaluate: ({ params, inputs }) => ok({ inputs, params }) },
  { ...described, name: 'strange', evaluate: () => ok({ none: Number.NaN, all: [1, Infinity, { deep: -Infinity, word: 'x', is: true }] }) },
  { ...described, name: 'refuses', evaluate: () => fail({ code: 'too-short', message: 'It is too short.' }) },
  { ...described, name: 'breaks', evaluate: () => { throw new Error('a bug') } },
]
const find = (name: string): QuantEntry | undefined => entries.find((entry) => entry.name === name)

function documentOf(value: unknown): QuantDocument {
  const parsed = parseQuantDocument(value)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error))
  return parsed.value
}

describe('a document of cases', () => {
  it('gives each function its parameters and its series in order', () => {
    const { results } = evaluateDocument(
      documentOf({ series: { a: [1, null], b: [[1, 2]] }, cases: [{ id: '1', fn: 'echo', params: { x: 1 }, inputs: ['b', 'a'] }] }), find,
    )
    expect(results.get('1')).toEqual({ inputs: [[[1, 2]], [1, null]], params: { x: 1 } })
  })

  it('answers every case that can be answered, and names the others', () => {
    const cases = ['refuses', 'echo', 'nowhere', 'breaks', 'strange'].map((fn) => ({ id: `of ${fn}`, fn }))
    const lost = { id: 'lost', fn: 'echo', inputs: ['gone'] }
    const answered = evaluateDocument(documentOf({ cases: [...cases, lost] }), find)
    expect([...answered.results.keys()]).toEqual(['of echo', 'of strange'])
    expect(answered.unknown).toEqual(['of nowhere'])
    expect(answered.failed).toEqual([
      { id: 'of refuses', code: 'too-short', message: 'It is too short.' },
      { id: 'of breaks', code: 'bug', message: 'breaks broke: a bug.' },
      { id: 'lost', code: 'bad-input', message: 'There is no series gone.' },
    ])
  })

  it('has null for what is not a number', () => {
    const { results } = evaluateDocument(documentOf({ cases: [{ id: '1', fn: 'strange' }] }), find)
    expect(results.get('1')).toEqual({ none: null, all: [1, null, { deep: null, word: 'x', is: true }] })
  })

  it('does not take the names of every object for series', () => {
    const { failed } = evaluateDocument(documentOf({ series: {}, cases: [{ id: '1', fn: 'echo', inputs: ['constructor'] }] }), find)
    expect(failed).toHaveLength(1)
  })

  it('leaves alone what it does not know', () => {
    expect(
      documentOf({ schema: 'x', cases: [{ id: '1', fn: 'echo', expected: 7 }], notes: [] }).cases,
    ).toEqual([{ id: '1', fn: 'echo', params: {}, inputs: [] }])
  })

  it.each([
    [7, '', 'record'],
    [[], '', 'record'],
    [{}, 'cases', 'list'],
    [{ cases: {} }, 'cases', 'list'],
    [{ cases: [], series: [] }, 'series', 'record'],
    [{ cases: [], series: { a: 1 } }, 'series.a', 'list'],
    [{ cases: [], series: { a: [1, '2'] } }, 'series.a[1]', 'numbers'],
    [{ cases: [], series: { a: [[1], 2] } }, 'series.a[1]', 'row'],
    [{ cases: [], series: { a: [[1], ['x']] } }, 'series.a[1]', 'row'],
    [{ cases: [null] }, 'cases[0]', 'record'],
    [{ cases: [{ fn: 'x' }] }, 'cases[0].id', 'name'],
    [{ cases: [{ id: '', fn: 'x' }] }, 'cases[0].id', 'name'],
    [{ cases: [{ id: 'a', fn: 'x' }, { id: 'a', fn: 'x' }] }, 'cases[1].id', 'new-name'],
    [{ cases: [{ id: 'a' }] }, 'cases[0].fn', 'name'],
    [{ cases: [{ id: 'a', fn: 'x', params: [] }] }, 'cases[0].params', 'record'],
    [{ cases: [{ id: 'a', fn: 'x', inputs: 'a' }] }, 'cases[0].inputs', 'names'],
    [{ cases: [{ id: 'a', fn: 'x', inputs: [1] }] }, 'cases[0].inputs', 'names'],
  ])('that is none is told by place: %j', (value, path, expected) => {
    expect(parseQuantDocument(value)).toEqual({ ok: false, error: { path, expected } })
  })
})

describe('the catalogue', () => {
  it('has each name once, and everything of each entry said', () => {
    const names = quantEntries.map(({ name }) => name)
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length)
    for (const entry of quantEntries) {
      for (const text of [entry.title, entry.formula, entry.convention, entry.source]) expect(text.trim(), entry.name).not.toBe('')
      expect(entry.outputs.length, entry.name).toBeGreaterThan(0)
      for (const { name, meaning } of [...entry.parameters, ...entry.inputs, ...entry.outputs]) {
        expect(name, entry.name).toMatch(/^[A-Za-z][\w]*$/)
        expect(meaning.trim(), `${entry.name}.${name}`).not.toBe('')
      }
    }
  })

  it('has no entry that throws at what nobody would ask', () => {
    const strange = [{}, { bogus: 1 }, { period: -1, level: 'x', longOnly: [], budget: {}, lags: [[]] }]
    for (const entry of quantEntries) {
      for (const params of strange) {
        for (
          const inputs of [
            [], [null], [[]], [[1]], [[[1, 2]]], ['x'], [{}], [[null, null]], [[1, 2, 3], [1]], entry.inputs.map(() => [[1, 'x']])
          ]
        ) {
          expect(() => entry.evaluate({ params, inputs }), entry.name).not.toThrow()
        }
      }
    }
  })
})
