import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { commands, runCli } from '../../../src-main/cli/index.ts'
import { quantEntries } from '../../../src-main/quant/index.ts'
import { fakeProgram, fakeSurroundings } from './fake-surroundings.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ballast-quant-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

async function run(argv: readonly string[], env: NodeJS.ProcessEnv = { INIT_CWD: folder }, isTTY = false): Promise<{ exitCode: number; stdout: string; stderr: string }> {
  const surroundings = fakeSurroundings(['quant', ...argv], { BALLAST_HOME: folder, ...env }, isTTY)
  const exitCode = await runCli(surroundings, fakeProgram(() => Promise.reject(new Error('nothing here may start an engine'))))
  return { exitCode, ...surroundings.written }
}

const returns = [[0.01, 0.02], [-0.01, 0.01], [0.02, -0.03], [0, 0.01]]
const cases = {
  series: { returns, long: Array.from({ length: 30 }, (_each, index) => [index % 3, index % 5]) },
  cases: [
    { id: 'one', fn: 'inverseVolatility', params: {}, inputs: ['returns'], expected: {} },
    { id: 'moments', fn: 'sampleMoments', inputs: ['long'] },
    { id: 'other', fn: 'crystalBall', inputs: ['returns'] },
    { id: 'lost', fn: 'hrp', inputs: ['prices'] },
    { id: 'bad', fn: 'minVariance', params: { maxWeight: 0.4 }, inputs: ['returns'] },
  ],
}

const write = (text: string, file = 'cases.json'): void => writeFileSync(join(folder, file), text)

describe('ballast quant', () => {
  it('computes what a file asks, and names what it could not', async () => {
    write(JSON.stringify(cases))
    const { exitCode, stdout, stderr } = await run(['cases.json', '--json'])
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
    const answer = JSON.parse(stdout) as { results: Record<string, { weights?: number[] }>; unknown: unknown; failed: unknown }
    expect(Object.keys(answer.results)).toEqual(['one', 'moments'])
    const [first = 0, second = 0] = answer.results['one']?.weights ?? []
    expect(first + second).toBeCloseTo(1, 12)
    expect(first).toBeGreaterThan(second)
    expect(answer.unknown).toEqual(['other'])
    expect(answer.failed).toEqual([
      { id: 'lost', code: 'bad-input', error: 'There is no series prices.' },
      { id: 'bad', code: 'bad-parameter', error: 'No portfolio keeps to all of full investment, maxWeight.' },
    ])
  })

  it('prints a line for each output, for people', async () => {
    write(JSON.stringify(cases))
    const { exitCode, stdout } = await run(['cases.json'])
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/^one {2}weights +0\.\d+ {2}0\.\d+$/m)
    expect(stdout).toMatch(/^moments {2}cov +2 × 2 values$/m)
    expect(stdout).toContain('other: there is no such function\nlost: There is no series prices.\n')
    expect(stdout).toContain('Cases computed: 2; with an unknown function: 1; failed: 2.')
    const french = await run(['cases.json', '--lang', 'fr'])
    expect(french.stdout).toContain('cette fonction n’existe pas')
  })

  it('lists every function as the catalogue describes it', async () => {
    const { exitCode, stdout } = await run(['list', '--json'])
    expect(exitCode).toBe(0)
    const { functions } = JSON.parse(stdout) as { functions: readonly Readonly<Record<string, unknown>>[] }
    expect(functions.map(({ name }) => name)).toEqual(quantEntries.map(({ name }) => name))
    for (const one of functions) {
      for (const part of ['title', 'formula', 'convention', 'source']) expect(one[part]).toEqual(expect.any(String))
      expect(one['parameters']).toEqual(expect.any(Array))
    }
    const { stdout: text } = await run(['list'])
    for (const { name } of quantEntries) expect(text).toMatch(new RegExp(`^  ${name} +\\S`, 'm'))
    expect(text).toContain('Portfolios\n')
  })

  it('finds the file from where the caller stands', async () => {
    write(JSON.stringify(cases))
    expect((await run(['cases.json'], {})).exitCode).toBe(2)
    expect((await run([join(folder, 'cases.json')], {})).exitCode).toBe(0)
  })

  it.each([
    [['gone.json'], undefined, 'cli.quant-unreadable', 'The file gone.json cannot be read (ENOENT).'],
    [['.'], undefined, 'cli.quant-unreadable', 'The file . cannot be read (EISDIR).'],
    [['cases.json'], '{"cases": [', 'cli.quant-not-json', expect.stringMatching(/^The file cases\.json is not JSON: .*\.$/)],
    [['cases.json'], '', 'cli.quant-not-json', expect.stringMatching(/^The file cases\.json is not JSON: .*\.$/)],
    [['cases.json'], '[]', 'cli.quant-malformed', 'The file cases.json holds no record with series and cases.'],
    [['cases.json'], '{}', 'cli.quant-malformed', 'In the file cases.json, cases has to be a list.'],
    [['cases.json'], '{"cases":[{"id":"a","fn":7}]}', 'cli.quant-malformed', 'In the file cases.json, cases[0].fn has to be a text that is not empty.'],
    [['cases.json'], '{"cases":[],"series":{"a":["x"]}}', 'cli.quant-malformed', 'In the file cases.json, series.a[0] has to be a number or null.'],
    [[], undefined, 'cli.quant-file-needed', 'Name a file of cases, or the word list: `ballast quant FILE`.'],
    [['a.json', 'b.json'], undefined, 'cli.surplus-argument', '"b.json" is one word too many for quant.'],
  ])('refuses %j of %j with one sentence', async (argv, text, code, message) => {
    if (text !== undefined) write(text)
    const { exitCode, stdout, stderr } = await run([...argv, '--json'])
    expect(exitCode).toBe(2)
    expect(JSON.parse(stdout)).toEqual({ error: { kind: 'malformed', code, message } })
    expect(stderr.trim().split('\n')).toHaveLength(1)
  })

  it('takes a file that begins with a byte order mark', async () => {
    write(`\uFEFF${JSON.stringify(cases)}`)
    expect((await run(['cases.json'])).exitCode).toBe(0)
  })

  it('shows text, records and what is not available', () => {
    const quant = commands.find(({ name }) => name === 'quant')
    const lines = quant?.print(
      { results: { a: { none: null, word: 'up', is: true, record: { x: 1.23456789012, y: null }, long: [1, 2, 3, 4, 5, 6, 7, 8, 9] } }, unknown: [], failed: [] },
      { speech: { say: (key: string, parameters?: unknown) => `${key}${JSON.stringify(parameters ?? '')}` } as never, style: { warning: String, bad: String, strong: String } as never },
    )
    expect(lines?.slice(0, 5).map((line) => line.replaceAll(/ {2,}/g, ' '))).toEqual([
      'a none cli.quant.none""',
      'a word up',
      'a is true',
      'a record x 1.2345679, y cli.quant.none""',
      'a long cli.quant.series{"length":9,"last":"9"}',
    ])
  })
})
