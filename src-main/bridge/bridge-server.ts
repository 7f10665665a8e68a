import { randomUUID } from 'node:crypto'
import type { CloseCause, ContractTable, Port } from '../../src-preload/contract/index.ts'
import { ClientSession, type SessionGate, type SessionObserver, type SessionParts } from './client-session.ts'
import type { Caller, Handlers } from './handlers.ts'
import { ResendMemory } from './resend-memory.ts'

/** Serves a contract to any number of clients, over whatever lines they come. */
export interface BridgeServer {
  serve(port: Port, caller: Caller): void
  readonly clients: number
  onClients(listener: (clients: number) => void): void
  close(cause: 'engine-restarting' | 'engine-stopped' | 'closed'): void
}

export interface BridgeServerParts<Table extends ContractTable> {
  readonly table: Table
  readonly handlers: NoInfer<Handlers<Table>>
  readonly version: string
  readonly onBug: (name: string, error: unknown) => void
  readonly gate?: SessionGate
  readonly observer?: SessionObserver
}

const nobody: SessionObserver = { began: () => undefined, answered: () => undefined, frameSent: () => undefined }

/** A line that a reader of metrics holds for a moment. */
export const machinePeer = 'metrics'

/** Where no screen can be locked. */
const openGate: SessionGate = { isShut: false, onChange: () => () => undefined }

export function createBridgeServer<Table extends ContractTable>(parts: BridgeServerParts<Table>): BridgeServer {
  const sessions = new Set<ClientSession<Table>>()
  let machines = 0
  let closedBy: CloseCause | undefined
  const listeners: ((clients: number) => void)[] = []
  const sessionParts: SessionParts<Table> = {
    ...parts,
    gate: parts.gate ?? openGate,
    observer: parts.observer ?? nobody,
    boot: randomUUID(),
    memories: { read: new ResendMemory(), trade: new ResendMemory(), admin: new ResendMemory() },
    nowMs: () => performance.now(),
    schedule: scheduleTimeout,
  }
  const changed = (): void => {
    for (const listener of listeners) listener(sessions.size - machines)
  }
  return {
    serve(port, caller) {
      // Whoever comes back while the program ends would be answered by half of it.
      if (closedBy !== undefined) return port.close(closedBy)
      const session = new ClientSession(sessionParts, port, caller)
      sessions.add(session)
      // Whoever reads figures once a second is nobody who could see or do anything.
      const weight = caller.peer === machinePeer ? 1 : 0
      machines += weight
      port.onClose(() => {
        if (!sessions.delete(session)) return
        machines -= weight
        changed()
      })
      changed()
    },
    get clients() {
      return sessions.size - machines
    },
    onClients: (listener) => void listeners.push(listener),
    close(cause) {
      closedBy = cause
      for (const session of [...sessions]) session.close(cause)
    },
  }
}

export function scheduleTimeout(action: () => void, delayMs: number): () => void {
  const timer = setTimeout(action, delayMs)
  return () => clearTimeout(timer)
}
