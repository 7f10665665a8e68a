import { randomBytes } from 'node:crypto'
import type { Access, CloseCause } from '../src-preload/contract/index.ts'
import { openChannels, type Pipe } from './bridge/index.ts'
import { startBrowserHost, tokenFor, type BrowserHost, type DevelopmentServer, type OpenLine } from './browser-host/index.ts'
import type { AssetSource } from './page/index.ts'
import { forkEngine, removeEngineAddress, Supervisor, writeEngineAddress, type Profile, type Supervised } from './supervisor/index.ts'
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

export async function startHeadless(parts: HeadlessParts): Promise<StartedHeadless> {
  const { profile } = parts
  const master = randomBytes(32).toString('base64url')
  const supervisor = new Supervisor({
    launch: (events) => forkEngine(parts.engineEntry, events),
    start: { folder: profile.folder, profile: profile.name, profileKind: profile.kind },
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
  const first = await firstOutcome(supervisor)
  if (first.kind !== 'running') {
    await supervisor.stop()
    await host.close()
    return first.kind === 'refused'
      ? { ok: false, reason: first.reason, detail: first.detail }
      : { ok: false, reason: 'engine-down', detail: first.kind === 'down' ? first.detail : first.kind }
  }
  const token = tokenFor(master, 'admin')
  // Only now is the folder ours: before, this would be another engine's file.
  writeEngineAddress(profile.folder, { port: host.port, token, processId: process.pid, version })
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

/** Runs, or is known not to. */
function firstOutcome(supervisor: Supervisor): Promise<Supervised> {
  return new Promise((resolve) => {
    supervisor.onState((state) => {
      if (state.kind !== 'starting' && state.kind !== 'restarting') resolve(state)
    })
    supervisor.begin()
  })
}
