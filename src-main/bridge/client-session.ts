import {
  bridgeError, fail, mayUse, parseClientMessage, protocolVersion, type Access,
  type BridgeError, type ClientMessage, type ContractEntry, type ContractTable, type ErrorCode, type Port, type Reply, type StreamEntry,
} from '../../src-preload/contract/index.ts'
import type { Caller, Handlers } from './handlers.ts'
import { Outbox } from './outbox.ts'
import type { ResendMemory } from './resend-memory.ts'

/**
 * One client's side of the dispatcher: every message is parsed, allowed and answered here.
 * Invariants: 1 nothing reaches a handler that its schema has not let through; 2 access is checked before input is looked
 * at; 3 each call gets exactly one answer; 4 a throw in a handler is told to the caller as a bug, without its text;
 * 5 an urgent command is never refused because much else is going on; 6 while the screens are locked nothing is served that
 * is not marked for it, and a stream that was open is silent until they are unlocked.
 */
export interface SessionParts<Table extends ContractTable> {
  readonly table: Table
  readonly handlers: Handlers<Table>
  /** Of each level its own: one that may only look cannot make another's keys be forgotten. */
  readonly memories: Readonly<Record<Access, ResendMemory>>
  readonly version: string
  /** Names this start of the engine. */
  readonly boot: string
  readonly nowMs: () => number
  readonly schedule: (action: () => void, delayMs: number) => () => void
  readonly onBug: (name: string, error: unknown) => void
  readonly gate: SessionGate
  readonly observer: SessionObserver
}

/** For those who measure: told after the fact, and must not throw. */
export interface SessionObserver {
  /** A command has come; its key ties together what it causes. */
  began(name: string, correlation: string): void
  answered(answer: SessionAnswer): void
  frameSent(): void
}

export interface SessionAnswer {
  readonly name: string
  readonly kind: 'command' | 'query'
  readonly tookMs: number
  /** Of the error, if it was one. */
  readonly code: ErrorCode | undefined
  readonly correlation: string | undefined
}

/** The screens' lock, as the sessions see it. */
export interface SessionGate {
  readonly isShut: boolean
  onChange(listener: () => void): () => void
}

const callsMax = 64
const streamsMax = 128

interface StreamWish {
  readonly name: string
  readonly entry: StreamEntry
  readonly input: unknown
}

interface OpenStream {
  readonly wish: StreamWish
  readonly end: () => void
}

type CallMessage = Extract<ClientMessage, { kind: 'call' }>
type OpenMessage = Extract<ClientMessage, { kind: 'open' }>
type CallHandler = (input: unknown, caller: Caller) => Reply<unknown> | Promise<Reply<unknown>>
type StreamHandler = (
  input: unknown,
  sink: { snapshot(value: unknown): void; delta(value: unknown): void },
  caller: Caller,
) => () => void

export class ClientSession<Table extends ContractTable> {
  readonly #parts: SessionParts<Table>
  readonly #port: Port
  readonly #caller: Caller
  readonly #outbox: Outbox
  readonly #memory: ResendMemory
  readonly #streams = new Map<number, OpenStream>()
  /** Wished for while the screens are locked. */
  readonly #muted = new Map<number, StreamWish>()
  #calls = 0

  constructor(parts: SessionParts<Table>, port: Port, caller: Caller) {
    this.#parts = parts
    this.#port = port
    this.#caller = caller
    this.#memory = parts.memories[caller.access]
    this.#outbox = new Outbox({
      post: (text) => {
        parts.observer.frameSent()
        port.post(text)
      },
      schedule: parts.schedule,
      onOverflow: (id) => this.#letGo(id),
    })
    const leaveGate = parts.gate.onChange(() => this.#gateChanged())
    port.onClose(() => {
      leaveGate()
      this.#dispose()
    })
    port.onMessage((text) => this.#takeSafely(text))
    const { version, boot } = parts
    this.#outbox.answer({ kind: 'welcome', protocol: protocolVersion, version, boot, access: caller.access })
  }

  close(cause: 'engine-restarting' | 'engine-stopped' | 'closed'): void {
    this.#port.close(cause)
  }

  /** Whatever a client sends, it ends its own line at the most. */
  #takeSafely(text: string): void {
    try {
      this.#take(text)
    } catch (error) {
      this.#parts.onBug('a message', error)
      this.#port.close('malformed')
    }
  }

  #take(text: string): void {
    const message = parseClientMessage(text)
    if (message === undefined) return this.#port.close('malformed')
    switch (message.kind) {
      case 'call':
        return void this.#call(message)
      case 'recall':
        return void this.#recall(message)
      case 'open':
        return this.#open(message)
      case 'close':
        this.#letGo(message.id)
        return this.#outbox.forget(message.id)
      case 'ack':
        return this.#outbox.acknowledge(message.frame)
    }
  }

  async #call(message: CallMessage): Promise<void> {
    const entry = this.#entry(message.name)
    const isUrgent = entry?.kind === 'command' && entry.urgent
    if (!isUrgent && this.#calls >= callsMax) return this.#answer(message.id, fail('bridge.too-many-calls', { limit: callsMax }))
    this.#calls++
    const began = this.#parts.nowMs()
    const correlation = entry?.kind === 'command' ? message.key : undefined
    if (correlation !== undefined) this.#parts.observer.began(message.name, correlation)
    const reply = await this.#perform(message, entry)
    this.#calls--
    if (entry !== undefined && entry.kind !== 'stream') {
      const tookMs = this.#parts.nowMs() - began
      this.#parts.observer.answered({ name: message.name, kind: entry.kind, tookMs, code: reply.ok ? undefined : reply.error.code, correlation })
    }
    this.#answer(message.id, reply)
  }

  async #perform(message: CallMessage, entry: ContractEntry | undefined): Promise<Reply<unknown>> {
    const { name, key } = message
    if (entry === undefined || entry.kind === 'stream') return fail('bridge.unknown-name', { name })
    if (!mayUse(this.#caller.access, entry.access)) return fail('bridge.access-denied', { name, needs: entry.access })
    if (this.#isShutOut(entry)) return fail('screen.locked')
    const input = entry.input.safeParse(message.input)
    if (!input.success) return fail('bridge.malformed-input', { name, problem: problemOf(input.error) })
    if (entry.kind === 'query') return this.#handle(name, input.data, entry, this.#caller)
    if (key === undefined) return fail('bridge.key-missing', { name })
    // The key of the command ties together everything that it causes.
    const handle = (): Promise<Reply<unknown>> => this.#handle(name, input.data, entry, { ...this.#caller, correlation: key })
    // What is urgent is done each time that it is asked for: an answer from memory would not have halted.
    if (entry.urgent) return handle()
    const content = `${name} ${JSON.stringify(input.data)}`
    const reply = this.#memory.once(key, content, this.#parts.nowMs(), handle)
    if (reply === 'reused') return fail('bridge.key-reused', { name })
    return reply === 'spent' ? fail('bridge.not-done', { name }) : reply
  }

  async #recall({ id, name, key }: Extract<ClientMessage, { kind: 'recall' }>): Promise<void> {
    const entry = this.#entry(name)
    if (entry !== undefined && this.#isShutOut(entry)) return this.#answer(id, fail('screen.locked'))
    this.#answer(id, (await this.#memory.recall(key, this.#parts.nowMs())) ?? fail('bridge.not-done', { name }))
  }

  async #handle(name: string, input: unknown, entry: Exclude<ContractEntry, StreamEntry>, caller: Caller): Promise<Reply<unknown>> {
    try {
      // The handler of this very entry; its input has just passed the entry's schema.
      const handler = this.#parts.handlers[name as keyof Handlers<Table>] as unknown as CallHandler
      const reply = await handler(input, caller)
      if (!reply.ok) return reply
      const output = entry.output.safeParse(reply.value)
      if (output.success) return reply
      this.#parts.onBug(name, output.error)
      return fail('bridge.malformed-output', { name })
    } catch (error) {
      this.#parts.onBug(name, error)
      return fail('bridge.handler-failed', { name })
    }
  }

  #open(message: OpenMessage): void {
    const { id, name } = message
    const entry = this.#entry(name)
    if (entry === undefined || entry.kind !== 'stream') return this.#refuse(id, 'bridge.unknown-name', { name })
    if (!mayUse(this.#caller.access, entry.access)) return this.#refuse(id, 'bridge.access-denied', { name, needs: entry.access })
    const input = entry.input.safeParse(message.input)
    if (!input.success) return this.#refuse(id, 'bridge.malformed-input', { name, problem: problemOf(input.error) })
    if (this.#streams.has(id) || this.#muted.has(id)) return this.#port.close('malformed')
    if (this.#streams.size + this.#muted.size >= streamsMax) return this.#refuse(id, 'bridge.too-many-streams', { limit: streamsMax })
    const wish: StreamWish = { name, entry, input: input.data }
    if (this.#isShutOut(entry)) this.#muted.set(id, wish)
    else this.#begin(id, wish)
  }

  #isShutOut(entry: ContractEntry): boolean {
    return this.#parts.gate.isShut && !entry.whileLocked
  }

  #gateChanged(): void {
    if (this.#parts.gate.isShut) {
      for (const [id, { wish }] of [...this.#streams]) {
        if (wish.entry.whileLocked) continue
        this.#letGo(id)
        this.#outbox.forget(id)
        this.#muted.set(id, wish)
      }
      return
    }
    const wished = [...this.#muted]
    this.#muted.clear()
    for (const [id, wish] of wished) this.#begin(id, wish)
  }

  #begin(id: number, wish: StreamWish): void {
    const { name, entry, input } = wish
    let seq = -1
    let isOver = false
    let stop: (() => void) | undefined
    const end = (): void => {
      isOver = true
      stop?.()
    }
    this.#streams.set(id, { wish, end })
    const put = (kind: 'snapshot' | 'delta', value: unknown): void => {
      if (isOver) return
      // Every schema of a contract table is JSON; the handlers' types come from the same table.
      this.#outbox.stream(entry, { kind, id, seq: ++seq, value: value as never })
    }
    try {
      const handler = this.#parts.handlers[name as keyof Handlers<Table>] as unknown as StreamHandler
      stop = handler(input, { snapshot: (value) => put('snapshot', value), delta: (value) => put('delta', value) }, this.#caller)
      if (isOver) stop()
    } catch (error) {
      this.#parts.onBug(name, error)
      this.#streams.delete(id)
      this.#refuse(id, 'bridge.handler-failed', { name })
    }
  }

  #refuse(id: number, code: ErrorCode, details: BridgeError['details']): void {
    this.#outbox.answer({ kind: 'ended', id, error: bridgeError(code, details) })
  }

  #answer(id: number, reply: Reply<unknown>): void {
    // Only values that passed an entry's JSON schema come here.
    if (reply.ok) this.#outbox.answer({ kind: 'done', id, output: reply.value as never })
    else this.#outbox.answer({ kind: 'failed', id, error: reply.error })
  }

  #entry(name: string): ContractEntry | undefined {
    return Object.hasOwn(this.#parts.table, name) ? this.#parts.table[name] : undefined
  }

  #letGo(id: number): void {
    const open = this.#streams.get(id)
    this.#streams.delete(id)
    this.#muted.delete(id)
    open?.end()
  }

  #dispose(): void {
    this.#outbox.dispose()
    for (const id of [...this.#streams.keys()]) this.#letGo(id)
  }
}

function problemOf(error: { readonly issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[] }): string {
  const issue = error.issues[0]
  return issue === undefined ? 'not as expected' : `${issue.path.map(String).join('.') || 'input'}: ${issue.message}`
}
