import { contract, type BooksStatus } from '../src-preload/contract/index.ts'
import {
  acceptChannels, createBridgeServer, createEngineHandlers, type BridgeServer, type Pipe, type PipeMessage,
} from './bridge/index.ts'
import { Office } from './bookkeeping/index.ts'
import { watchProcessFaults } from './monitor/index.ts'
import { composeTrading, firstPaceOf, type ComposedTrading, type MakesVenue } from './compose-trading.ts'
import { PaperAtHand, weatherWish } from './paper-at-hand.ts'
import { venueWireOf } from './venue-wire.ts'
import { createMarketHandlers, openMarketDesk, readDemoWishes } from './market/index.ts'
import { Runtime, systemClock } from './runtime/index.ts'
import { createHaltLatchFile, lockFolder } from './store/index.ts'
import {
  brokenExitCode, portOfProcess, refusedExitCode, type BooksNews, type EngineStart, type ParentLink, type ProcessPort, type ToEngine,
} from './supervisor/index.ts'
import { createTradingHandlers, TradingDesk } from './trading-desk/index.ts'
import { createTradingRecord } from './trading-record.ts'
import { version } from './version.ts'

/** The threads of the disk, as files beside the engine's own: bundling moves them together. */
export interface ThreadEntries {
  readonly journal: URL
  readonly books: URL
}

/** Puts the engine's process together from its parts, once its parent has said for which folder. */
export function composeEngine(link: ParentLink, threads: ThreadEntries, makeVenue: MakesVenue = exchangeBehind(link)): void {
  let engine: RunningEngine | undefined
  let starting: Promise<void> | undefined
  const begin = async (start: EngineStart): Promise<void> => {
    engine = await startEngine(link, start, threads, makeVenue)
    if (isHaltWanted) haltBySignal()
  }
  link.onMessage((message, ports) => {
    if (message.kind === 'start') starting ??= begin(message.start)
    else if (engine !== undefined) tell(engine, message, ports)
    // What comes while it starts waits for it, in its order.
    else void starting?.then(() => (engine === undefined ? undefined : tell(engine, message, ports)))
  })
  // Without a supervisor nobody could restart or reach this engine: it ends, and what it holds is let go.
  link.onGone(() => (engine === undefined ? process.exit(0) : void engine.end(0)))
  // The terminal tells the whole group; the supervisor is the one who acts on it.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined)
  let isHaltWanted = false
  const haltBySignal = (): void => {
    if (engine === undefined) isHaltWanted = true
    else halt(engine.runtime, 'signal SIGUSR2', 'signal')
  }
  if (process.platform !== 'win32') process.on('SIGUSR2', haltBySignal)
}

interface RunningEngine {
  readonly runtime: Runtime
  readonly server: BridgeServer
  readonly fromPipe: (message: PipeMessage) => void
  end(exitCode: number): Promise<void>
}

const beatPeriodMs = 1_000
/** A client's first question begins it earlier. */
const marketDelayMs = 250
/** A little less than the supervisor waits before it ends this process. */
const endDeadlineMs = 4_500

async function startEngine(link: ParentLink, start: EngineStart, threads: ThreadEntries, makeVenue: MakesVenue): Promise<RunningEngine | undefined> {
  const lock = lockFolder(start.folder)
  if (!lock.ok) {
    link.send({ kind: 'refused', reason: lock.reason, detail: lock.detail })
    // The message has to leave first.
    setTimeout(() => process.exit(refusedExitCode), 50)
    return undefined
  }
  const { folder, profile, profileKind, restarts, keys } = start
  const trading = tradingOf(start, makeVenue, (what, detail) => office.monitor.log.warn('trading', what, { detail }))
  const record = trading === undefined ? undefined : createTradingRecord(trading.parts.setup, () => systemClock.wallMs())
  const office: Office = new Office({
    folder, profile, profileKind, restarts, version, threads,
    clock: systemClock,
    onBooks: (status) => link.send({ kind: 'books', news: newsOf(status) }),
    onNewSecret: (secret) => link.send({ kind: 'new-secret', secret }),
    ...(trading === undefined || record === undefined ? {} : { trading: trading.books, beforeEngine: (opened) => record.begin(opened, trading.begin) }),
    ...keys,
  })
  watchProcessFaults({
    log: office.monitor.log,
    secrets: office.secrets,
    source: process,
    show: (line) => console.error(`ballast engine: ${line}`),
    end: () => process.exit(brokenExitCode),
  })
  // Whatever an error quotes goes past the register of secrets before anybody can read it.
  const complain = (what: string) => (error: unknown) => {
    const words = error instanceof Error ? (error.stack ?? error.message) : String(error)
    console.error(`ballast engine: ${what}: ${office.secrets.scrub(words)}`)
    office.monitor.log.error('engine', what, { error })
  }
  const latch = createHaltLatchFile(folder, complain('the halt latch could not be written'))
  const runtime = new Runtime({
    clock: systemClock,
    latch,
    version,
    observer: office.runtimeObserver,
    ...(trading === undefined ? {} : { trading: trading.parts }),
    onBroken: (error) => {
      complain('a bug; trading is stopped and the engine starts again')(error)
      process.exit(brokenExitCode)
    },
  })
  const facts = { profile, profileKind, restarts, version }
  const begun = await office.begin(runtime, () => server.clients)
  const market = openMarketDesk({ folder, profileKind, clock: systemClock, log: office.monitor.log, surroundings: process.env })
  trading?.join(runtime, market)
  const desk = new TradingDesk({
    runtime, setup: trading?.parts.setup, quote: (instrument) => market.quote(instrument),
    ...(trading?.paper === undefined ? {} : { paper: trading.paper }),
    ...(record === undefined ? {} : { history: record.answers }),
    onBug: complain('a bug in telling of orders'),
  })
  record?.join(runtime, desk, (draft) => office.write(draft))
  const server: BridgeServer = createBridgeServer({
    table: contract,
    handlers: { ...createEngineHandlers(runtime, facts, () => server), ...begun.handlers, ...createMarketHandlers(market), ...createTradingHandlers(desk) },
    version,
    gate: begun.gate,
    observer: office.sessionObserver,
    onBug: (name, error) => complain(`a bug in ${name}`)(error),
  })
  const pipe = linkPipe(link)
  acceptChannels(pipe, (port, caller) => server.serve(port, caller))
  const beat = setInterval(() => link.send({ kind: 'beat', state: runtime.state }), beatPeriodMs)
  runtime.onState(() => link.send({ kind: 'beat', state: runtime.state }))
  link.send({ kind: 'ready', state: runtime.state })
  // Whoever waits for the engine is served first.
  const beginMarket = setTimeout(() => void market.begin(), marketDelayMs)
  let isEnding = false
  return {
    runtime,
    server,
    fromPipe: pipe.take,
    async end(exitCode) {
      if (isEnding) return
      isEnding = true
      clearInterval(beat)
      clearTimeout(beginMarket)
      // A disk that hangs must not keep an engine alive that nobody can reach any more.
      const deadline = setTimeout(() => process.kill(process.pid, 'SIGKILL'), endDeadlineMs)
      server.close('engine-stopped')
      desk.dispose()
      await runtime.dispose()
      // A recording on a slow disk must not take the time of the books.
      const marketGone = market.dispose().catch(complain('the market data did not end well'))
      await office.dispose()
      // A halt that came meanwhile has to reach the disk as well.
      await latch.settled()
      await marketGone
      lock.release()
      clearTimeout(deadline)
      // A keychain that waits for a person holds a thread that no exit can end.
      if (office.isKeychainStuck) process.kill(process.pid, 'SIGKILL')
      process.exit(exitCode)
    },
  }
}

/** In a process of its own, which the parent keeps. */
const exchangeBehind = (link: ParentLink): MakesVenue => (trading, start, onTrouble) =>
  new PaperAtHand(trading, { wire: venueWireOf(link), clock: systemClock, start, weather: weatherWish(process.env), onTrouble })

/** Where no money is at stake; the others have no venue yet. */
function tradingOf(start: EngineStart, makeVenue: MakesVenue, onTrouble: (what: string, detail: string) => void): ComposedTrading | undefined {
  if (start.profileKind !== 'demo' && start.profileKind !== 'paper') return undefined
  const { wishes } = readDemoWishes(process.env)
  return composeTrading({ clock: systemClock, makeVenue: (trading) => makeVenue(trading, start, onTrouble), firstPace: firstPaceOf(wishes, systemClock.wallMs()), onTrouble })
}

function newsOf({ state, trouble }: BooksStatus): BooksNews {
  if (state !== 'closed' || trouble === null) return { state: state === 'open' ? 'open' : 'opening' }
  return { state, code: trouble.code, details: trouble.details }
}

function tell(engine: RunningEngine, message: Exclude<ToEngine, { kind: 'start' }>, ports: readonly ProcessPort[]): void {
  const [port] = ports
  switch (message.kind) {
    case 'stop':
      return void engine.end(0)
    case 'halt':
      return halt(engine.runtime, message.reason, message.actor)
    case 'machine-slept':
      return void engine.runtime.submit({ kind: 'machine-slept', at: engine.runtime.now() })
    case 'channel':
      return engine.fromPipe(message.message)
    case 'client':
      if (port !== undefined) engine.server.serve(portOfProcess(port), { access: message.access, peer: message.peer })
      return
    case 'pipe':
      if (port !== undefined) servePipe(engine, port)
  }
}

function servePipe(engine: RunningEngine, port: ProcessPort): void {
  const endAll = acceptChannels(portPipe(port), (line, caller) => engine.server.serve(line, caller))
  port.on('close', () => endAll('lost'))
}

function halt(runtime: Runtime, reason: string, actor: 'tray' | 'hotkey' | 'signal'): void {
  runtime.submit({ kind: 'halt-trading', at: runtime.now(), reason, actor })
}

/** The pipe to a browser host that is the supervising process itself. */
function linkPipe(link: ParentLink): Pipe & { readonly take: (message: PipeMessage) => void } {
  const listeners: ((message: PipeMessage) => void)[] = []
  return {
    send: (message) => link.send({ kind: 'channel', message }),
    onMessage: (listener) => void listeners.push(listener),
    take: (message) => listeners.forEach((listener) => listener(message)),
  }
}

/** The pipe to a browser host in a process of its own. */
export function portPipe(port: ProcessPort): Pipe {
  return {
    send: (message) => port.postMessage(message),
    onMessage(listener) {
      // The other end is our own browser host.
      port.on('message', ({ data }) => listener(data as PipeMessage))
      port.start()
    },
  }
}
