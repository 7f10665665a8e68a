import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { succeed, contract, portPair } from '../../../src-preload/contract/index.ts'
import { createBridgeServer } from '../../../src-main/bridge/index.ts'
import { startBrowserHost, tokenFor, type BrowserHost } from '../../../src-main/browser-host/index.ts'
import { runCli } from '../../../src-main/cli/index.ts'
import { lotsFromRaw } from '../../../src-main/base/index.ts'
import { boundlessLimits } from '../../../src-main/risk/index.ts'
import { writeEngineAddress } from '../../../src-main/supervisor/index.ts'
import { openDesk, wish, type DeskRig } from '../trading-desk/desk-rig.ts'
import { fakeProgram, fakeSurroundings } from './fake-surroundings.ts'

/** The real command line, over the real socket, to the real engine and desk with a small venue. */
let home: string
let rig: DeskRig
let host: BrowserHost

const limits = { ...boundlessLimits, everyInstrument: { ...boundlessLimits.everyInstrument, orderLotsMax: lotsFromRaw(5_000) } }
const ledgerRows = [
  { entry: 4, at: 1_700_000_000_000, account: 'main', asset: 'USD', book: 'wallet', amount: -1_500_000, balance: 98_500_000, reason: 'fee, of "a" trade', instrument: null, order: null },
  { entry: 4, at: 1_700_000_000_000, account: 'main', asset: 'USD', book: 'fees', amount: 1_500_000, balance: 1_500_000, reason: 'fee', instrument: null, order: null },
]

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'ballast-cli-trading-'))
  const folder = join(home, 'profiles/demo')
  mkdirSync(folder, { recursive: true })
  rig = await openDesk({ limits }, undefined, { isRealTime: true })
  const names = Object.keys(rig.handlers) as (keyof typeof rig.handlers)[]
  const table = { ...Object.fromEntries(names.map((name) => [name, contract[name]])), 'market.instruments': contract['market.instruments'] }
  const server = createBridgeServer({
    // Only what these commands ask for is served here.
    table: table as unknown as Pick<typeof contract, (typeof names)[number] | 'market.instruments'>,
    handlers: {
      ...rig.handlers,
      'market.instruments': () => succeed({ instruments: rig.setup.tradables.map(({ instrument }) => ({ ...instrument, hours: null })) }),
      'trading.ledger': ({ cursor }) => succeed({ rows: ledgerRows.slice(cursor === undefined ? 0 : 1, cursor === undefined ? 1 : 2), next: cursor === undefined ? 'two' : null, count: 2 }),
    },
    version: '1.2.3',
    onBug: (_name, error) => rig.bugs.push(error),
  })
  const master = randomBytes(32).toString('base64url')
  const started = await startBrowserHost({
    port: 0, master, assets: { read: async () => undefined },
    openLine: (caller) => {
      const [client, engine] = portPair()
      server.serve(engine, caller)
      return client
    },
  })
  if (!started.ok) throw new Error(started.detail)
  host = started.host
  writeEngineAddress(folder, { port: host.port, token: tokenFor(master, 'admin'), processId: process.pid, version: '1.2.3' })
})
afterEach(async () => {
  expect(rig.bugs).toEqual([])
  await host.close()
  await rig.dispose()
  rmSync(home, { recursive: true, force: true })
})

async function run(...argv: readonly string[]): Promise<{ exitCode: number; stdout: string; stderr: string }> {
  const surroundings = fakeSurroundings(argv, { BALLAST_HOME: home, INIT_CWD: home, LANG: 'en' })
  const exitCode = await runCli(surroundings, fakeProgram(() => Promise.reject(new Error('nothing here may start an engine'))))
  return { exitCode, ...surroundings.written }
}
async function json(...argv: readonly string[]): Promise<{ exitCode: number; document: Record<string, never> }> {
  const { exitCode, stdout } = await run(...argv, '--json')
  return { exitCode, document: JSON.parse(stdout) as Record<string, never> }
}
const sends = () => rig.venue.asked.filter(({ kind }) => kind === 'send-order')
const place = ['order', 'place', '--instrument', wish.instrument, '--side', 'buy', '--price', '99']

describe('ballast order place', () => {
  it('places what was asked for and prints the order, the verdict and the key', async () => {
    const { exitCode, document } = await json(...place, '--qty', '0.010', '--client-key', 'monday-1')
    expect(exitCode).toBe(0)
    expect(document).toMatchObject({
      orderId: expect.stringMatching(/^[0-9a-f]{32}$/), clientOrderId: document['orderId'], verdict: { ok: true, rule: null, limit: null, actual: null },
      clientKey: 'monday-1', isRepeat: false, orders: [{ quantity: '0.010', price: '99.00', side: 'buy', type: 'limit', tif: 'gtc', owner: 'cli' }],
    })
    expect(sends()).toHaveLength(1)
  })

  it('places nothing twice under one key, and says so', async () => {
    await json(...place, '--qty', '0.010', '--client-key', 'monday-1')
    expect(await json(...place, '--qty', '0.010', '--client-key', 'monday-1')).toMatchObject({ exitCode: 0, document: { isRepeat: true, verdict: { ok: true } } })
    expect(await json(...place, '--qty', '0.011', '--client-key', 'monday-1')).toMatchObject({ exitCode: 2, document: { error: { code: 'trading.key-reused' } } })
    expect(sends()).toHaveLength(1)
  })

  it('exits 1 when it is refused, with rule, limit and actual as decimals and one sentence', async () => {
    const { exitCode, document } = await json(...place, '--qty', '6')
    expect(exitCode).toBe(1)
    expect(document).toMatchObject({
      orderId: null, status: null,
      verdict: { ok: false, rule: 'risk.order-quantity', limit: '5.000', actual: '6.000', unit: 'lots', message: 'The quantity 6.000 is over your limit of 5.000 for one order.' },
    })
    const french = await run(...place, '--qty', '6', '--lang', 'fr')
    expect(french).toMatchObject({ exitCode: 1, stdout: 'La quantité 6.000 dépasse votre limite de 5.000 pour un ordre.\n' })
    expect(sends()).toEqual([])
  })

  it.each([
    ['a quantity between two lots', ['--qty', '0.0105'], 'trading.off-grid'],
    ['a quantity of nothing', ['--qty', '0.000'], 'trading.off-grid'],
    ['a quantity that is no number', ['--qty', '1e3'], 'cli.flag-value'],
    ['a quantity below zero', ['--qty=-1'], 'cli.flag-value'],
    ['no size', [], 'trading.one-size'],
    ['two sizes', ['--qty', '1', '--cash', '5'], 'trading.one-size'],
    ['a risk without a stop', ['--risk', '5'], 'cli.flag-missing'],
    ['more risk than there is', ['--risk', '101%', '--stop-loss', '98'], 'trading.off-grid'],
    ['an account that is not there', ['--qty', '1', '--account', 'other'], 'trading.unknown-account'],
    ['a type that is none', ['--qty', '1', '--type', 'guess'], 'cli.flag-value'],
    ['a key with a space in it', ['--qty', '1', '--client-key', 'a b'], 'cli.flag-value'],
  ])('refuses %s with one sentence and asks for nothing', async (_what, words, code) => {
    const { exitCode, stdout, stderr } = await run(...place, ...words, '--json')
    expect({ exitCode, code: (JSON.parse(stdout) as { error?: { code: string } }).error?.code }).toEqual({ exitCode: 2, code })
    expect(stderr.trim().split('\n')).toHaveLength(1)
    expect(rig.runtime.trading?.counts().orders).toBe(0)
  })

  it('names the instrument that was meant', async () => {
    const { exitCode, stderr } = await run('order', 'place', '--instrument', 'ETH/USD:PER', '--side', 'buy', '--qty', '1')
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining('did you mean "ETH/USD:PERP"?') })
  })

  it('places an order with its stop and its target as one bracket', async () => {
    const { document } = await json(...place, '--risk', '0.01', '--stop-loss', '98', '--take-profit', '103')
    const { orders } = document as unknown as { orders: { type: string; status: string; stop: string | null; price: string | null; group: string }[] }
    expect(orders.map(({ type, stop, price }) => [type, stop, price])).toEqual([['limit', null, '99.00'], ['stop', '98.00', null], ['limit', null, '103.00']])
    expect(new Set(orders.map(({ group }) => group)).size).toBe(1)
    expect(orders[0]).toMatchObject({ quantity: '0.010' })
  })
})

describe('the commands about orders that stand', () => {
  const placed = async (): Promise<string> => (await json(...place, '--qty', '0.010')).document['orderId'] ?? ''

  it('list, show, amend and cancel one', async () => {
    const id = await placed()
    expect(await json('order', 'list')).toMatchObject({ document: { orders: [{ orderId: id, status: 'working', remaining: '0.010', holds: { amount: '0.099000', asset: 'USD' } }] } })
    expect(await json('order', 'amend', id, '--price', '98.5')).toMatchObject({ exitCode: 0, document: { verdict: { ok: true } } })
    expect(await json('order', 'show', id)).toMatchObject({ document: { order: { orderId: id, price: '98.50' }, fills: [] } })
    expect(await json('order', 'cancel', id)).toMatchObject({ exitCode: 0, document: { status: 'canceled' } })
    expect(await json('order', 'list')).toMatchObject({ document: { orders: [] } })
    expect(await json('order', 'cancel', id)).toMatchObject({ exitCode: 1, document: { verdict: { ok: false, rule: 'order.already-ended' } } })
  })

  it('cancel those of one side, and say when there is none', async () => {
    await placed()
    expect(await json('order', 'cancel-all', '--side', 'sell')).toMatchObject({ exitCode: 1, document: { verdict: { rule: 'nothing-to-do' } } })
    expect(await json('order', 'cancel-all', '--side', 'buy')).toMatchObject({ exitCode: 0, document: { orders: [{ status: 'canceled' }] } })
  })

  it('refuse an id that is none, and one that is of no order', async () => {
    expect(await json('order', 'cancel', 'abc')).toMatchObject({ exitCode: 2, document: { error: { code: 'trading.order-id' } } })
    expect(await json('order', 'show', 'f'.repeat(32))).toMatchObject({ exitCode: 2, document: { error: { code: 'trading.unknown-order' } } })
    expect(await json('order', 'amend', 'f'.repeat(32))).toMatchObject({ exitCode: 2, document: { error: { code: 'trading.nothing-to-change' } } })
  })
})

describe('the commands about money', () => {
  it('show a position, what it is worth, and close it', async () => {
    const id = (await json(...place, '--qty', '0.010')).document['orderId'] ?? ''
    rig.fill(id, 10, 9_900)
    const { document } = await json('positions')
    const rows = (document as unknown as { positions: Record<string, unknown>[] }).positions
    expect(rows.find(({ instrument }) => instrument === wish.instrument)).toMatchObject({
      quantity: '0.010', averagePrice: '99.000000', mark: '100.05', unrealised: '0.010500', realised: '0.000000', worstLong: '0.010',
    })
    expect(await json('order', 'close', '--instrument', wish.instrument)).toMatchObject({ exitCode: 0, document: { orders: [{ side: 'sell', type: 'market', reduceOnly: true }] } })
  })

  it('show balances and equity as decimals', async () => {
    const { document } = await json('balances')
    expect((document as unknown as { balances: unknown[] }).balances).toContainEqual({ account: 'main', asset: 'USD', total: '1000000.000000', free: '1000000.000000', reserved: '0.000000', worth: '1000000.000000' })
    expect(await json('equity')).toMatchObject({ document: { asset: 'USD', total: { equity: '1000100.050000' } } })
  })

  it('write the ledger to a file, page by page, and never over one that is there', async () => {
    expect(await json('ledger', 'export', '--out', 'ledger.csv')).toMatchObject({ exitCode: 0, document: { rows: 2, file: join(home, 'ledger.csv'), lines: null } })
    const text = readFileSync(join(home, 'ledger.csv'), 'utf8')
    expect(text.split('\n')[0]).toBe('entry,at,account,asset,book,amount,balance,reason,instrument,order')
    expect(text.split('\n')[1]).toBe('4,1700000000000,main,USD,wallet,-1.500000,98.500000,"fee, of ""a"" trade",,')
    writeFileSync(join(home, 'ledger.csv'), 'mine')
    expect(await json('ledger', 'export', '--out', 'ledger.csv')).toMatchObject({ exitCode: 2, document: { error: { code: 'cli.out-exists' } } })
    expect(readFileSync(join(home, 'ledger.csv'), 'utf8')).toBe('mine')
    expect(await json('ledger', 'export', '--out', 'ledger.csv', '--force')).toMatchObject({ exitCode: 0 })
    expect(readFileSync(join(home, 'ledger.csv'), 'utf8')).toBe(text)
    expect(readdirSync(home).filter((name) => name.endsWith('.part'))).toEqual([])
    expect(await json('ledger', 'export', '--out', 'no/such/folder.csv')).toMatchObject({ exitCode: 3, document: { error: { code: 'cli.out-unwritable' } } })
    expect(existsSync(join(home, 'no'))).toBe(false)
  })
})

it('without an engine nothing is traded: one sentence, and exit 3', async () => {
  rmSync(join(home, 'profiles/demo/engine.json'))
  for (const words of [[...place, '--qty', '1'], ['order', 'cancel-all'], ['positions'], ['balances'], ['equity'], ['ledger', 'export']]) {
    const { exitCode, stdout, stderr } = await run(...words)
    expect({ exitCode, stdout, lines: stderr.trim().split('\n').length }).toEqual({ exitCode: 3, stdout: '', lines: 1 })
  }
})
