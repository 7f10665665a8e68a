/** Stands where the engine's process stands, with the benchmark's table in place of the contract. */
import { succeed } from '../../src-preload/contract/index.ts'
import { acceptChannels, createBridgeServer, type PipeMessage } from '../../src-main/bridge/index.ts'
import { parentLink } from '../../src-main/supervisor/index.ts'
import { bridgeTable } from './bridge-table.ts'

const link = parentLink()
const listeners: ((message: PipeMessage) => void)[] = []
const server = createBridgeServer({
  table: bridgeTable,
  version: '0.0.0',
  onBug: (name, error) => console.error(name, error),
  handlers: {
    'bench.command': ({ number }) => succeed({ number }),
    'bench.quotes': ({ count }, sink) => {
      sink.snapshot({})
      for (let index = 0; index < count; index++) sink.delta({ instrument: 'BTC-PERP', price: `67418.${index % 10}`, size: '0.045', at: index })
      return () => undefined
    },
  },
})
acceptChannels(
  { send: (message) => link.send({ kind: 'channel', message }), onMessage: (listener) => void listeners.push(listener) },
  (port, caller) => server.serve(port, caller),
)
link.onMessage((message) => {
  if (message.kind === 'channel') for (const listener of listeners) listener(message.message)
})
link.onGone(() => process.exit(0))
link.send({ kind: 'ready', state: { mode: 'starting', since: 0, reason: 'a benchmark', actor: 'engine' } })
