import { createServer } from 'node:net'
import { unwell, well, type Check, type EngineSign, type Finding } from './check.ts'

export function judgeEngine(engine: EngineSign): Finding {
  if (engine.kind === 'none') return well('cli.doctor.engine.none')
  if (engine.kind === 'silent') {
    return unwell('fail', 'cli.doctor.engine.silent', { detail: engine.sentence }, 'cli.doctor.engine.fix')
  }
  const { processId, port, version } = engine
  return well('cli.doctor.engine.ok', { processId, port, version })
}

/** `trouble` is the system's word for why the port cannot be had. */
export function judgePort(port: number, trouble: string | undefined, engine: EngineSign): Finding {
  if (trouble === undefined) return well('cli.doctor.port.free', { port })
  if (engine.kind === 'answers' && engine.port === port) return well('cli.doctor.port.ours', { port })
  // An engine that runs on another port is not in need of this one now.
  const state = engine.kind === 'answers' ? 'warn' : 'fail'
  return unwell(state, 'cli.doctor.port.taken', { port, trouble }, 'cli.doctor.port.fix')
}

function tryPort(port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(undefined)))
  })
}

export const engineChecks: readonly Check[] = [
  {
    name: 'port',
    gravity: 'fail',
    examine: async ({ profile: { port }, engine }) => judgePort(port, await tryPort(port), await engine),
  },
  { name: 'engine', gravity: 'fail', examine: async ({ engine }) => judgeEngine(await engine) },
]
