import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { noKeychain } from '../../../src-main/store/index.ts'
import { succeed, type Contract, type Port } from '../../../src-preload/contract/index.ts'
import { createBridgeServer, createEngineHandlers, type BridgeServer, type Caller, type Handlers } from '../../../src-main/bridge/index.ts'
import { Office } from '../../../src-main/bookkeeping/index.ts'
import { createMarketHandlers, openMarketDesk } from '../../../src-main/market/index.ts'
import { Runtime, systemClock } from '../../../src-main/runtime/index.ts'
import { createTradingHandlers, TradingDesk } from '../../../src-main/trading-desk/index.ts'
import { conformanceTable, type ConformanceTable } from './conformance-table.ts'

/** The real runtime and the real handlers, with the test's own entries beside them. */
export interface ConformanceServer {
  serve(port: Port, caller: Caller): void
  /** What was told of bugs; their texts must never reach a client. */
  readonly bugs: readonly unknown[]
  dispose(): Promise<void>
}

/** Bundled or not, tests run in the repository. */
const repository = pathToFileURL(`${process.cwd()}/`)

export async function startConformanceServer(): Promise<ConformanceServer> {
  const noLatch = { keep: () => undefined, drop: () => undefined, read: () => undefined, settled: () => Promise.resolve() }
  const bugs: unknown[] = []
  const folder = mkdtempSync(join(tmpdir(), 'ballast-conformance-'))
  const source = (name: string): URL => new URL(`src-main/${name}.ts`, repository)
  const office = new Office({
    folder,
    profile: 'demo',
    profileKind: 'demo',
    version: '0.0.0',
    restarts: 0,
    ephemeralRoot: randomBytes(32),
    keychain: noKeychain,
    threads: { journal: source('journal-thread'), books: source('books-thread') },
    clock: systemClock,
    onBooks: () => undefined,
    onNewSecret: () => undefined,
  })
  const runtime = new Runtime({ clock: systemClock, latch: noLatch, version: '0.0.0', onBroken: (error) => bugs.push(error) })
  // The office counts clients on a timer, which may come before there is a server.
  const serving: { server?: BridgeServer } = {}
  const begun = await office.begin(runtime, () => serving.server?.clients ?? 0)
  await begun.opening
  const market = openMarketDesk({ folder, profileKind: 'demo', clock: systemClock, log: office.monitor.log, surroundings: {} })
  const trading = new TradingDesk({ runtime, setup: undefined })
  let lastPort: Port | undefined
  const facts = { profile: 'demo', profileKind: 'demo', version: '0.0.0', restarts: 0 } as const
  const handlers: Handlers<ConformanceTable> = {
    ...createEngineHandlers(runtime, facts, () => server),
    ...begun.handlers,
    ...createMarketHandlers(market),
    ...createTradingHandlers(trading),
    ...testHandlers(() => lastPort?.close('lost')),
  }
  const server: BridgeServer = createBridgeServer({
    table: conformanceTable,
    handlers,
    version: '0.0.0',
    onBug: (_name, error) => bugs.push(error),
  })
  serving.server = server
  return {
    bugs,
    serve(port, caller) {
      lastPort = port
      server.serve(port, caller)
    },
    async dispose() {
      server.close('closed')
      trading.dispose()
      await runtime.dispose()
      await market.dispose()
      await office.dispose()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

type TestName = Exclude<keyof ConformanceTable, keyof Contract>

function testHandlers(dropLine: () => void): Pick<Handlers<ConformanceTable>, TestName> {
  const executed = new Map<string, number>()
  const count = (label: string) => {
    const times = (executed.get(label) ?? 0) + 1
    executed.set(label, times)
    return succeed({ executed: times })
  }
  return {
    'test.count': ({ label }) => count(label),
    'test.drop': ({ label }) => {
      const reply = count(label)
      dropLine()
      return reply
    },
    'test.wait': ({ ms }) => new Promise((resolve) => setTimeout(() => resolve(succeed({})), ms)),
    'test.echo': ({ value }) => succeed({ value }),
    'test.admin': () => succeed({}),
    'test.throw': () => {
      throw new Error('planted-secret-in-a-throw')
    },
    // The very thing under test is an output that the types would not allow.
    'test.bad-output': () => succeed({ must: 'not be' } as never),
    'test.every': ({ count }, sink) => {
      sink.snapshot({ from: 0 })
      for (let delta = 1; delta <= count; delta++) sink.delta(delta)
      return () => undefined
    },
    'test.latest': ({ count }, sink) => {
      sink.snapshot(0)
      for (let delta = 1; delta <= count; delta++) sink.delta(delta)
      return () => undefined
    },
    'test.throwing-stream': () => {
      throw new Error('planted-secret-in-a-stream')
    },
  }
}

