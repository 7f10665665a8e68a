import type { CommandEntry, QueryEntry } from './entry.ts'
import { bridgeErrorSchema, fail, type Reply } from './errors.ts'
import type { ClientMessage, ServerMessage } from './protocol.ts'

/**
 * The calls that wait for an answer, and what becomes of them when the line goes.
 * Invariants: 1 every call is answered once, at the latest by its time limit; 2 a command is sent again only under its own
 * key to the same start of the engine, which remembers what it answered; 3 a command is never kept for later while there
 * is no line - the market would have moved - except an urgent one, which makes trading safer whenever it arrives;
 * 4 a command whose engine has gone is answered `outcome-unknown`, never guessed.
 */
export interface CallBook {
  place(request: CallRequest, rules: CallRules): Promise<Reply<unknown>>
  take(message: Extract<ServerMessage, { kind: 'done' | 'failed' }>): void
  /** A new line is up. */
  resume(isSameBoot: boolean): void
  /** There will be no other line. */
  abandonAll(): void
}

export type CallRequest = Pick<Extract<ClientMessage, { kind: 'call' }>, 'name' | 'input' | 'key'>

export interface CallRules {
  readonly entry: CommandEntry | QueryEntry
  readonly isOpen: boolean
  readonly timeoutMs: number
}

interface WaitingCall {
  readonly message: Extract<ClientMessage, { kind: 'call' }>
  readonly entry: CommandEntry | QueryEntry
  readonly answer: (reply: Reply<unknown>) => void
  wasSent: boolean
}

interface CallBookParts {
  readonly send: (message: ClientMessage, urgent?: boolean) => void
  readonly nextId: () => number
  readonly schedule: (action: () => void, delayMs: number) => () => void
}

const isUrgent = (entry: CommandEntry | QueryEntry): boolean => entry.kind === 'command' && entry.urgent

export function createCallBook(parts: CallBookParts): CallBook {
  const waiting = new Map<number, WaitingCall>()

  const send = (call: WaitingCall): void => {
    call.wasSent = true
    parts.send(call.message, isUrgent(call.entry))
  }

  return {
    place(request, { entry, isOpen, timeoutMs }) {
      if (!isOpen && entry.kind === 'command' && !entry.urgent) return Promise.resolve(fail('bridge.disconnected'))
      return new Promise((resolve) => {
        const id = parts.nextId()
        const cancelTimeout = parts.schedule(() => {
          const isUncertain = entry.kind === 'command' && waiting.get(id)?.wasSent === true
          settle(fail(isUncertain ? 'bridge.timed-out' : 'bridge.disconnected', { name: request.name, timeoutMs }))
        }, timeoutMs)
        const settle = (reply: Reply<unknown>): void => {
          if (!waiting.delete(id)) return
          cancelTimeout()
          resolve(reply)
        }
        const call: WaitingCall = { message: { kind: 'call', id, ...request }, entry, answer: settle, wasSent: false }
        waiting.set(id, call)
        if (isOpen) send(call)
      })
    },

    take(message) {
      const call = waiting.get(message.id)
      if (call === undefined) return
      if (message.kind === 'failed') {
        const error = bridgeErrorSchema.safeParse(message.error)
        return call.answer(error.success ? { ok: false, error: error.data } : fail('bridge.malformed-output', { name: call.message.name }))
      }
      const output = call.entry.output.safeParse(message.output)
      call.answer(output.success ? { ok: true, value: output.data } : fail('bridge.malformed-output', { name: call.message.name }))
    },

    resume(isSameBoot) {
      for (const call of [...waiting.values()]) {
        const mayHaveHappened = call.wasSent && call.entry.kind === 'command' && !isUrgent(call.entry)
        if (mayHaveHappened && !isSameBoot) call.answer(fail('bridge.outcome-unknown', { name: call.message.name }))
        else send(call)
      }
    },

    abandonAll() {
      for (const { answer, message, entry, wasSent } of [...waiting.values()]) {
        const isUncertain = wasSent && entry.kind === 'command'
        answer(fail(isUncertain ? 'bridge.outcome-unknown' : 'bridge.disconnected', { name: message.name }))
      }
    },
  }
}
