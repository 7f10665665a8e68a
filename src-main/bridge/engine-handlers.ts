import { fail, succeed, type Contract, type EngineStatus, type ProfileKind } from '../../src-preload/contract/index.ts'
import type { Runtime } from '../runtime/index.ts'
import type { BridgeServer } from './bridge-server.ts'
import type { Handlers } from './handlers.ts'

/** What the handlers know beside the runtime. */
export interface EngineFacts {
  readonly profile: string
  readonly profileKind: ProfileKind
  readonly version: string
  readonly restarts: number
}

const statusPeriodMs = 1_000

/** The server is asked for late: it is made from these handlers. */
export function createEngineHandlers(runtime: Runtime, facts: EngineFacts, server: () => BridgeServer): Handlers<Contract> {
  const startedAt = performance.now()
  const status = (): EngineStatus => ({
    ...runtime.state,
    ...facts,
    clients: server().clients,
    uptimeMs: Math.round(performance.now() - startedAt),
    processId: process.pid,
  })
  const refusedAs = (wanted: string) => fail('engine.mode-refused', { mode: runtime.mode, wanted })

  return {
    'trading.halt': (input) => {
      runtime.submit({ kind: 'halt-trading', at: runtime.now(), ...input })
      const isStopped = runtime.mode === 'halted' || runtime.mode === 'killed'
      return isStopped ? succeed(runtime.state) : fail('engine.stopping')
    },
    'trading.resume': (input) => {
      runtime.submit({ kind: 'resume-trading', at: runtime.now(), ...input })
      return runtime.mode === input.to ? succeed(runtime.state) : refusedAs(input.to)
    },
    'engine.status': () => succeed(status()),
    'engine.ping': ({ sent }) => succeed({ sent, wallMs: runtime.now() }),
    'engine.watch': (_input, sink) => {
      sink.snapshot(status())
      const stopEvents = runtime.onEvent(() => sink.delta(status()))
      const timer = setInterval(() => sink.delta(status()), statusPeriodMs)
      return () => {
        stopEvents()
        clearInterval(timer)
      }
    },
    'engine.events': (_input, sink) => {
      sink.snapshot([...runtime.recentEvents])
      return runtime.onEvent((event) => sink.delta(event))
    },
    'clock.watch': (_input, sink) => {
      sink.snapshot(runtime.readClock())
      return runtime.onClock((reading) => sink.delta(reading))
    },
  }
}
