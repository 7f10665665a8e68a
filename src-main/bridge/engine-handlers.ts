import { fail, succeed, type Contract, type EngineMode, type EngineStatus, type ProfileKind } from '../../src-preload/contract/index.ts'
import type { ResumeTrading } from '../domain/index.ts'
import type { Runtime } from '../runtime/index.ts'
import type { BridgeServer } from './bridge-server.ts'
import type { Caller, Handlers } from './handlers.ts'

/** What the handlers know beside the runtime. */
export interface EngineFacts {
  readonly profile: string
  readonly profileKind: ProfileKind
  readonly version: string
  readonly restarts: number
}

const isStopped = (mode: EngineMode): boolean => mode === 'halted' || mode === 'killing' || mode === 'killed'

const statusPeriodMs = 1_000
/** Opening takes a fraction of a second, unless somebody has to be asked. */
const openingPatienceMs = 2_000
/** A venue that is there answers a round of questions within a second; two rounds are seconds apart. A client waits ten. */
const resumePatienceMs = 8_000

/** The entries that are answered by the runtime alone. */
export type EngineEntryName = 'trading.halt' | 'trading.resume' | 'engine.status' | 'engine.ping' | 'engine.watch' | 'engine.events' | 'clock.watch'

/** The server is asked for late: it is made from these handlers. */
export function createEngineHandlers(
  runtime: Runtime,
  facts: EngineFacts,
  server: () => BridgeServer,
): Pick<Handlers<Contract>, EngineEntryName> {
  const startedAt = performance.now()
  const causedBy = ({ correlation }: Caller) => (correlation === undefined ? {} : { correlation })
  const status = (): EngineStatus => ({
    ...runtime.state,
    ...facts,
    clients: server().clients,
    uptimeMs: Math.round(performance.now() - startedAt),
    processId: process.pid,
  })
  const refusedAs = (wanted: string) => fail('engine.mode-refused', { mode: runtime.mode, wanted })

  return {
    'trading.halt': (input, caller) => {
      runtime.submit({ kind: 'halt-trading', at: runtime.now(), ...input, ...causedBy(caller) })
      return isStopped(runtime.mode) ? succeed(runtime.state) : fail('engine.stopping')
    },
    'trading.resume': async (input, caller) => {
      const before = runtime.mode
      if (!(await runtime.whenOpen(openingPatienceMs))) return fail('books.closed')
      // Whoever stopped meanwhile was later than this resume, and must not be undone by it.
      if (isStopped(runtime.mode) && !isStopped(before)) return refusedAs(input.to)
      const resumed = await resumeWithin(resumePatienceMs, runtime, { kind: 'resume-trading', at: runtime.now(), ...input, ...causedBy(caller) })
      if (resumed === 'waits') return fail('engine.resume-waits', { mode: runtime.mode, wanted: input.to })
      return resumed === 'done' ? succeed(runtime.state) : refusedAs(input.to)
    },
    'engine.status': () => succeed(status()),
    'engine.ping': ({ sent }) => succeed({ sent, wallMs: runtime.now() }),
    'engine.watch': (_input, sink) => {
      sink.snapshot(status())
      const stopEvents = runtime.onState(() => sink.delta(status()))
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

/** Whether it was done or refused; where a venue is asked first, that takes a moment, and may take longer than somebody wants to wait. */
async function resumeWithin(limitMs: number, runtime: Runtime, command: ResumeTrading): Promise<'done' | 'refused' | 'waits'> {
  const { promise, resolve } = Promise.withResolvers<'done' | 'refused' | 'waits'>()
  const look = (): void => {
    if (runtime.mode === command.to) resolve('done')
    // From everywhere else a resume is judged at once.
    else if (runtime.mode !== 'starting' && runtime.mode !== 'halted') resolve('refused')
  }
  const stopEvents = runtime.onEvent((event) => {
    if (event.kind === 'mode-refused' && event.wanted === command.to) resolve('refused')
  })
  const stopStates = runtime.onState(look)
  const timer = setTimeout(() => resolve('waits'), limitMs)
  runtime.submit(command)
  look()
  const resumed = await promise
  clearTimeout(timer)
  stopStates()
  stopEvents()
  return resumed
}
