import { randomBytes } from 'node:crypto'
import { dirname, extname, join } from 'node:path'
import type { Access, BooksTroubleCode, CloseCause, ErrorDetails } from '../src-preload/contract/index.ts'
import { openChannels, type Pipe } from './bridge/index.ts'
import { startBrowserHost, tokenFor, type BrowserHost, type DevelopmentServer, type OpenLine } from './browser-host/index.ts'
import type { AssetSource } from './page/index.ts'
import {
  forkEngine, forkVenue, removeEngineAddress, startKeysFor, Supervisor, writeEngineAddress, type BooksNews, type Profile, type Supervised,
} from './supervisor/index.ts'
import { version } from './version.ts'

/**
 * Ballast without Electron: this process supervises the engine's and is its browser host, so that whatever a page or a
 * stranger on the port does, it does not do it to the engine's loop.
 */
export interface HeadlessParts {
  readonly profile: Profile
  readonly port: number
  readonly engineEntry: string
  readonly assets: AssetSource
  /** A passphrase or recovery code for the books. */
  readonly secret?: string
  /** Whether an engine is of use while its books are closed: on a screen they can still be opened. */
  readonly mayServeClosed: boolean
  /** For the length of one command: others that come meanwhile wait for its end. */
  readonly isBrief?: boolean
  /** Nobody wants it any more: what has been started is stopped before the answer. */
  readonly signal?: AbortSignal
  readonly takeOver?: DevelopmentServer
}

export interface Headless {
  readonly host: BrowserHost
  readonly supervisor: Supervisor
  urlFor(access: Access): string
  stop(): Promise<void>
}

export type StartedHeadless =
  | { readonly ok: true; readonly headless: Headless }
  | { readonly ok: false; readonly reason: 'port-taken' | 'folder-in-use' | 'folder-unusable' | 'engine-down'; readonly detail: string }
  | { readonly ok: false; readonly reason: 'books-closed'; readonly code: BooksTroubleCode; readonly details: ErrorDetails }

const patienceMs = 5_000
const wait = (ms: number): Promise<undefined> => new Promise((resolve) => setTimeout(() => resolve(undefined), ms))

export async function startHeadless(parts: HeadlessParts): Promise<StartedHeadless> {
  const { profile } = parts
  const master = randomBytes(32).toString('base64url')
  const supervisor = new Supervisor({
    launch: (events) => forkEngine(parts.engineEntry, events),
    launchVenue: (events) => forkVenue(venueEntryBeside(parts.engineEntry), events),
    start: { folder: profile.folder, profile: profile.name, profileKind: profile.kind, keys: startKeysFor(profile, parts.secret) },
    nowMs: () => performance.now(),
  })
  const started = await startBrowserHost({
    port: parts.port,
    assets: parts.assets,
    master,
    openLine: lineOpener(supervisor),
    ...(parts.takeOver === undefined ? {} : { takeOver: parts.takeOver }),
  })
  if (!started.ok) return { ok: false, reason: 'port-taken', detail: started.detail }
  const { host } = started
  const isUnwanted = (): boolean => parts.signal?.aborted === true
  if (isUnwanted()) {
    await host.close()
    return { ok: false, reason: 'engine-down', detail: 'stopped' }
  }
  const books = settledBooks(supervisor)
  const leave = (): void => void supervisor.stop()
  parts.signal?.addEventListener('abort', leave, { once: true })
  const first = await firstOutcome(supervisor)
  if (first.kind !== 'running') {
    await supervisor.stop()
    await host.close()
    return first.kind === 'refused'
      ? { ok: false, reason: first.reason, detail: first.detail }
      : { ok: false, reason: 'engine-down', detail: first.kind === 'down' ? first.detail : first.kind }
  }
  // A keychain may wait for a person in a window of its own; a screen can show that, a terminal cannot.
  const news = await (parts.mayServeClosed ? Promise.race([books, wait(patienceMs)]) : books)
  if (news?.state === 'closed' && !parts.mayServeClosed) {
    await supervisor.stop()
    await host.close()
    return { ok: false, reason: 'books-closed', code: news.code, details: news.details }
  }
  parts.signal?.removeEventListener('abort', leave)
  if (isUnwanted()) {
    await supervisor.stop()
    await host.close()
    return { ok: false, reason: 'engine-down', detail: 'stopped' }
  }
  const token = tokenFor(master, 'admin')
  // Only now is the folder ours: before, this would be another engine's file.
  writeEngineAddress(profile.folder, { port: host.port, token, processId: process.pid, version, ...(parts.isBrief === true ? { isBrief: true } : {}) })
  return {
    ok: true,
    headless: {
      host,
      supervisor,
      urlFor: (access) => host.urlFor(access),
      async stop() {
        await supervisor.stop()
        removeEngineAddress(profile.folder, token)
        await host.close()
      },
    },
  }
}

/** The entries of the processes lie in one folder, as sources and when they are built. */
const venueEntryBeside = (engineEntry: string): string => join(dirname(engineEntry), `venue-child${extname(engineEntry)}`)

/** Lines to whichever engine process lives; they end when it does. */
function lineOpener(supervisor: Supervisor): OpenLine {
  const pipe: Pipe = {
    send: (message) => void supervisor.send({ kind: 'channel', message }),
    onMessage: (listener) =>
      supervisor.onMessage((message) => (message.kind === 'channel' ? listener(message.message) : undefined)),
  }
  const channels = openChannels(pipe)
  supervisor.onState((state) => {
    const cause = downCause(state)
    if (cause !== undefined) channels.closeAll(cause)
  })
  return (caller) => downCause(supervisor.state) ?? channels.open(caller)
}

function downCause(state: Supervised): CloseCause | undefined {
  if (state.kind === 'running') return undefined
  return state.kind === 'starting' || state.kind === 'restarting' ? 'engine-restarting' : 'engine-stopped'
}

/** When the books are open, or known not to be; an engine that goes meanwhile has said enough. */
function settledBooks(supervisor: Supervisor): Promise<BooksNews> {
  return new Promise((resolve) => {
    supervisor.onMessage((message) => {
      if (message.kind === 'books' && message.news.state !== 'opening') resolve(message.news)
    })
    supervisor.onState(({ kind }) => {
      if (kind === 'down' || kind === 'refused' || kind === 'stopped') resolve({ state: 'opening' })
    })
  })
}

/** Runs, or is known not to. */
function firstOutcome(supervisor: Supervisor): Promise<Supervised> {
  return new Promise((resolve) => {
    supervisor.onState((state) => {
      if (state.kind !== 'starting' && state.kind !== 'restarting') resolve(state)
    })
    supervisor.begin()
  })
}
