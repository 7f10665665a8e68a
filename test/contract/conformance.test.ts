import { randomBytes } from 'node:crypto'
import { MessageChannel } from 'node:worker_threads'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { portPair, type Access, type Connected } from '../../src-preload/contract/index.ts'
import { acceptChannels, openChannels, type PipeMessage } from '../../src-main/bridge/index.ts'
import { connectToHost, startBrowserHost, tokenFor, type BrowserHost } from '../../src-main/browser-host/index.ts'
import { portOfProcess } from '../../src-main/supervisor/index.ts'
import { asProcessPort } from '../fixtures/as-process-port.ts'
import { conformanceCases, type CarrierUnderTest } from './conformance/cases.ts'
import { startConformanceServer, type ConformanceServer } from './conformance/conformance-server.ts'

/** Each carrier with the real server behind it. The desktop window's own is tested where there is a window. */
interface Fixture {
  readonly carrier: CarrierUnderTest
  dispose(): Promise<void>
}

async function inProcess(server: ConformanceServer): Promise<Fixture> {
  const connect = async (access: Access): Promise<Connected> => {
    const [client, engine] = portPair()
    server.serve(engine, { access, peer: 'test' })
    return { ok: true, port: client }
  }
  return { carrier: { connect, hasAccessLevels: true }, dispose: async () => undefined }
}

async function messagePort(server: ConformanceServer): Promise<Fixture> {
  const connect = async (access: Access): Promise<Connected> => {
    const { port1, port2 } = new MessageChannel()
    server.serve(portOfProcess(asProcessPort(port1)), { access, peer: 'test' })
    return { ok: true, port: portOfProcess(asProcessPort(port2)) }
  }
  return { carrier: { connect, hasAccessLevels: true }, dispose: async () => undefined }
}

async function pipedChannels(server: ConformanceServer): Promise<Fixture> {
  const listeners: { readonly host: ((message: PipeMessage) => void)[]; readonly engine: ((message: PipeMessage) => void)[] } = { host: [], engine: [] }
  const pipeTo = (to: 'host' | 'engine', from: 'host' | 'engine') => ({
    send: (message: PipeMessage) => queueMicrotask(() => listeners[to].forEach((listener) => listener(structuredClone(message)))),
    onMessage: (listener: (message: PipeMessage) => void) => void listeners[from].push(listener),
  })
  acceptChannels(pipeTo('host', 'engine'), (port, caller) => server.serve(port, caller))
  const channels = openChannels(pipeTo('engine', 'host'))
  const connect = async (access: Access): Promise<Connected> => ({ ok: true, port: channels.open({ access, peer: 'test' }) })
  return { carrier: { connect, hasAccessLevels: true }, dispose: async () => channels.closeAll('closed') }
}

async function websocket(server: ConformanceServer): Promise<Fixture> {
  const master = randomBytes(32).toString('base64url')
  const started = await startBrowserHost({
    port: 0,
    master,
    assets: { read: async () => undefined },
    openLine: (caller) => {
      const [client, engine] = portPair()
      server.serve(engine, caller)
      return client
    },
  })
  if (!started.ok) throw new Error(started.detail)
  const host: BrowserHost = started.host
  const connect = (access: Access): Promise<Connected> => connectToHost(host.port, tokenFor(master, access))
  return { carrier: { connect, hasAccessLevels: true }, dispose: () => host.close() }
}

const carriers = { 'in one process': inProcess, 'a MessagePort': messagePort, 'channels over a pipe': pipedChannels, 'a websocket': websocket }

describe.each(Object.entries(carriers))('over %s', (_name, make) => {
  let server: ConformanceServer
  let fixture: Fixture

  beforeAll(async () => {
    server = await startConformanceServer()
    fixture = await make(server)
  })
  afterAll(async () => {
    await server.dispose()
    await fixture.dispose()
  })

  it.each(conformanceCases.map(({ name, run }) => [name, run] as const))('%s', async (_case, run) => {
    await run(fixture.carrier)
    expect(server.bugs.map(String).join()).not.toContain('AssertionError')
  })
})
