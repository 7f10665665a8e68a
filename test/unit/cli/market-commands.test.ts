import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runCli } from '../../../src-main/cli/index.ts'
import { parseUtcTime } from '../../../src-main/cli/market/utc-time.ts'
import { fakeProgram, fakeSurroundings } from './fake-surroundings.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ballast-market-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

async function market(...argv: readonly string[]): Promise<{ exitCode: number; stdout: string; stderr: string }> {
  const surroundings = fakeSurroundings(['market', ...argv], { BALLAST_HOME: folder, INIT_CWD: folder, LANG: 'en' })
  const exitCode = await runCli(surroundings, fakeProgram(() => Promise.reject(new Error('nothing here may start an engine'))))
  const { stdout, stderr } = surroundings.written
  // On a busy machine, what takes longer than a second says so.
  return { exitCode, stdout, stderr: stderr.replaceAll(/^\d+ candles? so far, up to .*\n/gm, '') }
}

async function json(...argv: readonly string[]): Promise<Record<string, unknown>> {
  const { exitCode, stdout, stderr } = await market(...argv, '--json')
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
  return JSON.parse(stdout) as Record<string, unknown>
}

interface Candle {
  readonly time: number
  readonly open: string
  readonly close: string
}

describe('without an engine, in the demo profile', () => {
  it('lists the instruments of the demo market with their grids', async () => {
    const { instruments } = (await json('list')) as { instruments: { id: string; tick: string; kind: string }[] }
    expect(instruments.map(({ id }) => id)).toContain('BTC/USD')
    expect(instruments.every(({ tick }) => /^\d+(\.\d+)?$/.test(tick))).toBe(true)
    const { stdout } = await market('list', '--lang', 'fr')
    expect(stdout).toMatch(/^BTC\/USD +comptant +pas de prix /m)
    // Nothing is left behind by a look at the market.
    expect(readdirSync(folder)).toEqual([])
  })

  it('quotes one instrument, with decimals on its grid', async () => {
    const { quotes } = (await json('quote', '--instrument', 'btc/usd')) as { quotes: Record<string, string>[] }
    expect(quotes).toHaveLength(1)
    expect(quotes[0]).toMatchObject({ instrument: 'BTC/USD', state: 'live' })
    expect(Number(quotes[0]?.['bid'])).toBeLessThan(Number(quotes[0]?.['ask']))
    expect(quotes[0]?.['dayOpen']).toMatch(/^\d+\.\d$/)
  })

  it('prints the candles of a range, each once and oldest first, as often as it is asked', async () => {
    const range = ['--instrument', 'BTC/USD', '--timeframe', '1m', '--from', '2025-01-01', '--to', '2025-01-08T12:00Z']
    const { candles, rows, file } = (await json('candles', ...range)) as { candles: Candle[]; rows: number; file: null }
    expect({ rows, file, first: candles[0]?.time }).toEqual({ rows: 7.5 * 1_440, file: null, first: Date.UTC(2025, 0, 1) })
    expect(candles.every(({ time }, row) => time === Date.UTC(2025, 0, 1) + row * 60_000)).toBe(true)
    expect(await json('candles', ...range)).toEqual({ instrument: 'BTC/USD', timeframe: '1m', rows, file: null, candles })
  })

  it('takes the newest of a range with --limit, and 500 of an hour without anything', async () => {
    const range = ['--instrument', 'ETH/USD', '--timeframe', '1d', '--from', '2024-01-01', '--to', '2024-03-01']
    const all = (await json('candles', ...range)) as { candles: Candle[] }
    expect(all.candles).toHaveLength(60)
    const few = (await json('candles', ...range, '--limit', '7')) as { candles: Candle[] }
    expect(few.candles).toEqual(all.candles.slice(-7))
    const clipped = (await json('candles', ...range, '--limit', '70')) as { candles: Candle[] }
    expect(clipped.candles).toEqual(all.candles)
    const preset = (await json('candles', '--instrument', 'ETH/USD')) as { candles: Candle[]; timeframe: string }
    expect([preset.timeframe, preset.candles.length]).toEqual(['1h', 500])
    expect(preset.candles.every(({ time }) => time + 3_600_000 <= Date.now())).toBe(true)
  })

  it('leaves out what a closed market has not, and says when there is nothing', async () => {
    const { candles } = (await json('candles', '--instrument', 'BLST', '--timeframe', '1h', '--from', '2025-01-03', '--to', '2025-01-07')) as { candles: Candle[] }
    expect(candles.length).toBeGreaterThan(5)
    expect(candles.some(({ time }) => [0, 6].includes(new Date(time).getUTCDay()))).toBe(false)
    const empty = await market('candles', '--instrument', 'BLST', '--timeframe', '1h', '--from', '2025-01-04', '--to', '2025-01-05')
    expect(empty).toEqual({ exitCode: 0, stdout: 'There is no candle in this range.\n', stderr: '' })
  })

  it.each(['csv', 'parquet'])('writes a %s file, replaces none without --force, and never leaves half of one', async (form) => {
    const wish = ['candles', '--instrument', 'BTC/USD', '--timeframe', '1h', '--from', '2025-01-01', '--to', '2025-02-01', '--out', `out.${form}`]
    expect(await json(...wish)).toEqual({ instrument: 'BTC/USD', timeframe: '1h', rows: 744, file: join(folder, `out.${form}`), candles: null })
    const bytes = readFileSync(join(folder, `out.${form}`))
    writeFileSync(join(folder, `out.${form}`), 'mine')
    const refused = await market(...wish)
    expect(refused).toEqual({ exitCode: 2, stdout: '', stderr: `${join(folder, `out.${form}`)} is there already; --force replaces it.\n` })
    expect(readFileSync(join(folder, `out.${form}`), 'utf8')).toBe('mine')
    await json(...wish, '--force')
    expect(readFileSync(join(folder, `out.${form}`))).toEqual(bytes)
    expect(readdirSync(folder)).toEqual([`out.${form}`])
  })

  it.each([
    [['candles'], 'market candles needs --instrument.'],
    [['candles', '--instrument', 'BTC/USDT'], 'There is no instrument "BTC/USDT"; did you mean "BTC/USD"?'],
    [['candles', '--instrument', 'bitcoin!'], 'The flag --instrument takes the name of an instrument, such as BTC/USD, not "bitcoin!".'],
    [['candles', '--instrument', 'BTC/USD', '--timeframe', '7m'], 'The flag --timeframe takes 1s, 5s, 15s, 30s, 1m, 3m, 5m, 15m, 30m, 1h, 2h, 4h, 6h, 12h, 1d, 1w or 1M, not "7m".'],
    [['candles', '--instrument', 'BTC/USD', '--from', '2025-02-30'], 'The flag --from takes a day or a moment in UTC, such as 2025-01-31 or 2025-01-31T08:30Z, not "2025-02-30".'],
    [['candles', '--instrument', 'BTC/USD', '--from', '2025-02-02', '--to', '2025-02-02'], 'Nothing lies between --from and --to: --from has to be the earlier one.'],
    [['candles', '--instrument', 'BTC/USD', '--limit', '0'], 'The flag --limit takes a whole number from 1 to 100000, not "0".'],
    [['candles', '--instrument', 'BTC/USD', '--out', 'candles.xlsx'], 'The flag --out takes a file that ends in .csv or .parquet, not "candles.xlsx".'],
    [['candles', '--instrument', 'BTC/USD', '--timeframe', '1s', '--from', '2025-01-01'], /^Candles of 1s are kept from \d{4}-\S+Z on only; ask from then on, or for a coarser timeframe\.$/],
    [['candles', '--instrument', 'BTC/USD', '--timeframe', '1m', '--from', '2024-01-01', '--to', '2024-04-01'], 'These are more than 100000 candles; name a file with --out, or fewer with --limit.'],
    [['quote', '--instrument', 'NOPE'], /^There is no instrument "NOPE"; there are BTC\/USD, /],
    [['record'], 'Say either --on or --off.'],
    [['record', '--on', '--off'], 'Say either --on or --off.'],
    [['demo'], 'market demo needs --speed.'],
    [['demo', '--speed', '101'], 'The flag --speed takes a number from 0 to 100, not "101".'],
    [['demo', '--disturb', 'fire'], 'The flag --disturb takes none, silence, crossed, gap or disconnect, not "fire".'],
    [['hash', '--seed', '-1'], /^The flag --seed /],
  ] as const)('answers %j with one clear sentence, and does nothing', async (argv, sentence) => {
    const { exitCode, stdout, stderr } = await market(...argv)
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' })
    expect(stderr.trimEnd()).toEqual(typeof sentence === 'string' ? sentence : expect.stringMatching(sentence))
    expect(stderr.split('\n')).toHaveLength(2)
    expect(existsSync(join(folder, 'candles.xlsx'))).toBe(false)
  })

  it('says that no engine runs where one is needed', async () => {
    const noEngine = (profile: string): string => `No engine of profile ${profile} is running; start one with \`ballast serve\`.\n`
    expect(await market('record', '--on')).toEqual({ exitCode: 3, stdout: '', stderr: noEngine('demo') })
    expect(await market('demo', '--speed', '10')).toEqual({ exitCode: 3, stdout: '', stderr: noEngine('demo') })
    expect(await market('candles', '--instrument', 'BTC/USD', '--profile', 'paper')).toEqual({ exitCode: 3, stdout: '', stderr: noEngine('paper') })
  })

  it('prints one hash for one seed, and another for another', async () => {
    const first = await json('hash', '--seed', '7', '--events', '2000')
    expect(first).toMatchObject({ seed: 7, events: 2_000, hash: expect.stringMatching(/^[0-9a-f]{16}$/) as string })
    expect(await json('hash', '--seed', '7', '--events', '2000')).toEqual(first)
    const others = [await json('hash', '--seed', '8', '--events', '2000'), await json('hash', '--seed', '7', '--events', '2001')]
    expect(new Set([first, ...others].map(({ hash }) => hash)).size).toBe(3)
  })
})

describe('a time on the command line', () => {
  it.each([
    ['2025-01-31', Date.UTC(2025, 0, 31)],
    ['2025-01-31T08:30Z', Date.UTC(2025, 0, 31, 8, 30)],
    ['2025-01-31T08:30:59Z', Date.UTC(2025, 0, 31, 8, 30, 59)],
    ['2025-01-31T08:30:59.5Z', Date.UTC(2025, 0, 31, 8, 30, 59, 500)],
    ['2024-02-29', Date.UTC(2024, 1, 29)],
  ])('%s is a moment in UTC', (text, time) => {
    expect(parseUtcTime(text)).toBe(time)
  })

  it.each(['2025-02-29', '2025-01-31T08:30', '2025-01-31T24:00Z', '2025-1-31', '1969-12-31', '31.01.2025', '2025-01-31T08:30+01:00', 'now', ''])(
    '%s is none',
    (text) => {
      expect(parseUtcTime(text)).toBeUndefined()
    },
  )
})
