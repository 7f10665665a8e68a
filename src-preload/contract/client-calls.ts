import type { CommandEntry, QueryEntry } from './entry.ts'
import { bridgeErrorSchema, fail, type Reply } from './errors.ts'
import type { Lane } from './port.ts'
import type { ClientMessage, ServerMessage } from './protocol.ts'

/**
 * The calls that wait for an answer, and what becomes of them when the line goes.
 * Invariants: 1 every call is answered once, at the latest by its time limit; 2 a command is sent once: on a new line to the
 * same start of the engine it is only asked what became of it, and asking makes sure that it is not done any more; 3 a
 * command is never kept for later while there is no line - the market would have moved - except an urgent one, which makes
 * trading safer whenever it arrives; 4 a command whose engine has gone is answered `outcome-unknown`, never guessed.
 */
export interface CallBook {
  place(request: CallRequest, rules: CallRules): Promise<Reply<unknown>>
  take(message: Extract<ServerMessage, { kind: 'done' | 'failed' }>): void
  lineLost(): void
  /** A new line is up. */
  resume(isSameBoot: boolean): void
  /** There will be no other line. */
  abandonAll(): void
}

type CallMessage = Extract<ClientMessage, { kind: 'call' }>
export type CallRequest = Pick<CallMessage, 'name' | 'input' | 'key'>

export interface CallRules {
  readonly entry: CommandEntry | QueryEntry
  readonly isOpen: boolean
  readonly timeoutMs: number
}

interface WaitingCall {
  readonly message: CallMessage
  readonly entry: CommandEntry | QueryEntry
  readonly answer: (reply: Reply<unknown>) => void
  wasSent: boolean
}

interface CallBookParts {
  readonly send: (message: ClientMessage, lane?: Lane) => void
  readonly nextId: () => number
  readonly schedule: (action: () => void, delayMs: number) => () => void
}

const laneOf = (entry: CommandEntry | QueryEntry): Lane | undefined => {
  if (entry.kind === 'query') return undefined
  return entry.urgent ? 'urgent' : 'command'
}

export function createCallBook(parts: CallBookParts): CallBook {
  const waiting = new Map<number, WaitingCall>()

  const send = (call: WaitingCall): void => {
    call.wasSent = true
    parts.send(call.message, laneOf(call.entry))
  }
  /** Whether it may have been done, though no answer came. */
  const isUncertain = ({ wasSent, entry }: WaitingCall): boolean => wasSent && laneOf(entry) === 'command'

  return {
    place(request, { entry, isOpen, timeoutMs }) {
      if (!isOpen && laneOf(entry) === 'command') return Promise.resolve(fail('bridge.disconnected'))
      return new Promise((resolve) => {
        const id = parts.nextId()
        const { name } = request
        const settle = (reply: Reply<unknown>): void => {
          if (!waiting.delete(id)) return
          cancelTimeout()
          resolve(reply)
        }
        const call: WaitingCall = { message: { kind: 'call', id, ...request }, entry, answer: settle, wasSent: false }
        const cancelTimeout = parts.schedule(() => {
          const mayBeDone = call.wasSent && entry.kind === 'command'
          settle(fail(mayBeDone ? 'bridge.timed-out' : 'bridge.disconnected', { name, timeoutMs }))
        }, timeoutMs)
        waiting.set(id, call)
        if (isOpen) send(call)
      })
    },

    take(message) {
      const call = waiting.get(message.id)
      if (call === undefined) return
      const { name } = call.message
      if (message.kind === 'failed') {
        const error = bridgeErrorSchema.safeParse(message.error)
        return call.answer(error.success ? { ok: false, error: error.data } : fail('bridge.malformed-output', { name }))
      }
      const output = call.entry.output.safeParse(message.output)
      call.answer(output.success ? { ok: true, value: output.data } : fail('bridge.malformed-output', { name }))
    },

    lineLost() {
      // What was still on its way out of this side cannot be told from what arrived: both are asked for by their key.
      for (const call of waiting.values()) if (laneOf(call.entry) !== 'command') call.wasSent = false
    },

    resume(isSameBoot) {
      for (const call of [...waiting.values()]) {
        const { id, name, key } = call.message
        if (!isUncertain(call)) send(call)
        else if (isSameBoot && key !== undefined) parts.send({ kind: 'recall', id, name, key })
        else call.answer(fail('bridge.outcome-unknown', { name }))
      }
    },

    abandonAll() {
      for (const call of [...waiting.values()]) {
        const { name } = call.message
        call.answer(fail(isUncertain(call) ? 'bridge.outcome-unknown' : 'bridge.disconnected', { name }))
      }
    },
  }
}
