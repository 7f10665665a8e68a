/** Takes the engine's place behind the real window program, with the conformance suite's table. */
import { portOfProcess, parentLink } from '../../../src-main/supervisor/index.ts'
import { startConformanceServer } from '../../contract/conformance/conformance-server.ts'

const link = parentLink()
const starting = startConformanceServer()
const state = { mode: 'starting', since: 0, reason: 'a test', actor: 'engine' } as const

link.onMessage((message, [port]) => {
  if (message.kind === 'start') {
    void starting.then(() => link.send({ kind: 'ready', state }))
    setInterval(() => link.send({ kind: 'beat', state }), 1_000)
  }
  if (message.kind === 'client' && port !== undefined) void starting.then((server) => server.serve(portOfProcess(port), message))
  if (message.kind === 'stop') process.exit(0)
})
