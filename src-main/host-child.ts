/** The browser host in a process of its own: whatever a stranger does to its port, it does to neither window nor engine. */
import { existsSync } from 'node:fs'
import type { CloseCause } from '../src-preload/contract/index.ts'
import { openChannels, type PipeMessage } from './bridge/index.ts'
import { startBrowserHost, tokenFor } from './browser-host/index.ts'
import { builtAssets } from './page/index.ts'
import type { FromHost, ToHost } from './shell/index.ts'
import type { ProcessPort } from './supervisor/index.ts'

/** Electron's parentPort, which Node's types do not know. */
interface WindowProgram {
  postMessage(message: FromHost): void
  on(event: 'message', listener: (event: { readonly data: ToHost; readonly ports: readonly ProcessPort[] }) => void): unknown
}

const { parentPort: program } = process as { parentPort?: WindowProgram }
if (program === undefined) throw new Error('the browser host of the desktop app is started by the desktop app')

let engine: ProcessPort | undefined
let downCause: CloseCause = 'engine-restarting'
const listeners: ((message: PipeMessage) => void)[] = []
// One pipe for good, whichever engine is at its other end: lines are closed before the next one is there.
const channels = openChannels({
  send: (message) => engine?.postMessage(message),
  onMessage: (listener) => void listeners.push(listener),
})

function leaveEngine(cause: CloseCause): void {
  engine?.close()
  engine = undefined
  downCause = cause
  channels.closeAll(cause)
}

function joinEngine(port: ProcessPort): void {
  leaveEngine('engine-restarting')
  engine = port
  port.on('message', ({ data }) => {
    // The other end is our own engine. What an engine said before it went is of no use any more.
    if (engine === port) for (const listener of listeners) listener(data as PipeMessage)
  })
  port.on('close', () => (engine === port ? leaveEngine('engine-restarting') : undefined))
  port.start()
}

async function listen({ port, pageRoot, master }: Extract<ToHost, { kind: 'listen' }>): Promise<FromHost> {
  // In development the page comes from its own server, and there may be no built one.
  const assets = existsSync(pageRoot) ? builtAssets(pageRoot) : { read: () => Promise.resolve(undefined) }
  const openLine = (caller: Parameters<typeof channels.open>[0]) => (engine === undefined ? downCause : channels.open(caller))
  const started = await startBrowserHost({ port, assets, master, openLine })
  if (!started.ok) return { kind: 'port-taken', detail: started.detail }
  return { kind: 'listening', port: started.host.port, token: tokenFor(master, 'admin') }
}

program.on('message', ({ data: message, ports: [port] }) => {
  if (message.kind === 'listen') void listen(message).then((answer) => program.postMessage(answer))
  else if (message.kind === 'engine-down') leaveEngine(message.cause)
  else if (port !== undefined) joinEngine(port)
})

// Asked to end, it ends by itself: a process that a signal ends leaves nothing that it had still to write.
process.once('SIGTERM', () => process.exit(0))
