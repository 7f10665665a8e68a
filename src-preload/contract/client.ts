import type { CloseCause, Lane, Port } from './port.ts'
import type { Connected } from './handshake.ts'
import type { Access, CallName, ContractEntry, ContractTable, DeltaOf, InputOf, OutputOf, SnapshotOf, StreamName } from './entry.ts'
import { fail, type Reply } from './errors.ts'
import { createCallBook, type CallBook } from './client-calls.ts'
import { createStreamBook, type StreamBook, type StreamListener } from './client-streams.ts'
import { parseServerFrame, protocolVersion, serverMessage, type ClientMessage, type ServerFrame } from './protocol.ts'

export type ConnectionState = 'connecting' | 'open' | 'restarting' | 'stopped' | 'lost' | 'refused' | 'incompatible'

export interface CallOptions {
  readonly timeoutMs?: number
  /** For a command that an earlier run of the program may have sent already. */
  readonly key?: string
}

/** What the screen and the command line hold: the same over every carrier. */
export interface Bridge<Table extends ContractTable> {
  call<Name extends CallName<Table>>(
    name: Name,
    input: InputOf<Table[Name]>,
    options?: CallOptions,
  ): Promise<Reply<OutputOf<Table[Name]>>>
  watch<Name extends StreamName<Table>>(
    name: Name,
    input: InputOf<Table[Name]>,
    listener: StreamListener<SnapshotOf<Table[Name]>, DeltaOf<Table[Name]>>,
  ): () => void
  readonly state: ConnectionState
  /** Told at once, then at each change. */
  onState(listener: (state: ConnectionState) => void): () => void
  /** What this connection was granted; undefined while it is not open. */
  readonly access: Access | undefined
  dispose(): void
}

export interface BridgeParts<Table extends ContractTable> {
  readonly table: Table
  /** One attempt to get a line. It may wait as long as it likes. */
  readonly connect: () => Promise<Connected>
  readonly schedule: (action: () => void, delayMs: number) => () => void
  /** A new idempotency key. */
  readonly newKey: () => string
  /** A listener threw. The line is closed and opened anew. */
  readonly onBug?: (error: unknown) => void
}

const retryDelaysMs = [100, 200, 400, 800, 1_500] as const

const stateOfCause = (cause: CloseCause): ConnectionState => {
  if (cause === 'engine-restarting') return 'restarting'
  if (cause === 'engine-stopped') return 'stopped'
  if (cause === 'token-refused') return 'refused'
  if (cause === 'incompatible') return 'incompatible'
  return 'lost'
}

/** Trying again cannot mend a wrong token or a foreign version. */
const isFinal = (state: ConnectionState): boolean => state === 'refused' || state === 'incompatible'

export function createBridge<Table extends ContractTable>(parts: BridgeParts<Table>): Bridge<Table> {
  return new ReconnectingBridge(parts)
}

class ReconnectingBridge<Table extends ContractTable> implements Bridge<Table> {
  state: ConnectionState = 'connecting'
  access: Access | undefined
  readonly #parts: BridgeParts<Table>
  readonly #listeners = new Set<(state: ConnectionState) => void>()
  readonly #calls: CallBook
  readonly #streams: StreamBook
  #port: Port | undefined
  #boot: string | undefined
  #failures = 0
  #cancelRetry: (() => void) | undefined
  #disposed = false

  constructor(parts: BridgeParts<Table>) {
    this.#parts = parts
    const send = (message: ClientMessage, lane?: Lane): void => this.#port?.post(JSON.stringify(message), lane)
    let lastId = 0
    const nextId = (): number => ++lastId
    this.#calls = createCallBook({ send, nextId, schedule: parts.schedule })
    this.#streams = createStreamBook({ send, nextId })
    void this.#connect()
  }

  call<Name extends CallName<Table>>(
    name: Name,
    input: InputOf<Table[Name]>,
    options: CallOptions = {},
  ): Promise<Reply<OutputOf<Table[Name]>>> {
    const entry: ContractEntry | undefined = this.#parts.table[name]
    if (entry === undefined || entry.kind === 'stream') return Promise.resolve(fail('bridge.unknown-name', { name }))
    const parsed = entry.input.safeParse(input)
    if (!parsed.success) return Promise.resolve(fail('bridge.malformed-input', { name, problem: firstProblem(parsed.error) }))
    const request = {
      name,
      // Parsed by the entry's schema, and every schema of the contract is JSON.
      input: parsed.data as never,
      ...(entry.kind === 'command' ? { key: options.key ?? this.#parts.newKey() } : {}),
    }
    const rules = { entry, isOpen: this.state === 'open', timeoutMs: options.timeoutMs ?? 10_000 }
    // The book answers with what the entry's output schema let through.
    return this.#calls.place(request, rules) as Promise<Reply<OutputOf<Table[Name]>>>
  }

  watch<Name extends StreamName<Table>>(
    name: Name,
    input: InputOf<Table[Name]>,
    listener: StreamListener<SnapshotOf<Table[Name]>, DeltaOf<Table[Name]>>,
  ): () => void {
    const entry: ContractEntry | undefined = this.#parts.table[name]
    if (entry === undefined || entry.kind !== 'stream') throw new Error(`no stream is called ${name}`)
    // The book hands on only what the entry's schemas let through.
    return this.#streams.add({ name, input: input as never, entry, listener: listener as StreamListener<never, never> }, this.state === 'open')
  }

  onState(listener: (state: ConnectionState) => void): () => void {
    this.#listeners.add(listener)
    listener(this.state)
    return () => this.#listeners.delete(listener)
  }

  dispose(): void {
    this.#disposed = true
    this.#cancelRetry?.()
    this.#port?.close('closed')
    this.#calls.abandonAll()
  }

  async #connect(): Promise<void> {
    const connected = await this.#parts.connect().catch((): Connected => ({ ok: false, cause: 'lost' }))
    if (this.#disposed) return connected.ok ? connected.port.close('closed') : undefined
    if (!connected.ok) return this.#down(connected.cause)
    const port = connected.port
    this.#port = port
    port.onClose((cause) => {
      if (this.#port === port) this.#down(cause)
    })
    port.onMessage((text) => {
      if (this.#port === port) this.#takeSafely(port, text)
    })
  }

  #down(cause: CloseCause): void {
    this.#port = undefined
    this.access = undefined
    this.#calls.lineLost()
    this.#become(stateOfCause(cause))
    if (this.#disposed || isFinal(this.state)) return this.#calls.abandonAll()
    const delayMs = retryDelaysMs[Math.min(this.#failures++, retryDelaysMs.length - 1)] ?? 1_500
    this.#cancelRetry = this.#parts.schedule(() => void this.#connect(), delayMs)
  }

  #become(state: ConnectionState): void {
    if (state === this.state) return
    this.state = state
    for (const listener of this.#listeners) listener(state)
  }

  #takeSafely(port: Port, text: string): void {
    try {
      this.#take(text)
    } catch (error) {
      this.#parts.onBug?.(error)
      port.close('malformed')
    }
  }

  #take(text: string): void {
    const frame = parseServerFrame(text)
    if (frame === undefined) return this.#port?.close('malformed')
    if (this.#takeMessages(frame)) this.#port?.post(JSON.stringify({ kind: 'ack', frame: frame.frame } satisfies ClientMessage))
  }

  /** Whether the frame held stream messages, which the server counts until they are acknowledged. */
  #takeMessages(frame: ServerFrame): boolean {
    let hasStreams = false
    for (const message of frame.messages) {
      if (message.kind === 'snapshot' || message.kind === 'delta' || message.kind === 'ended') {
        hasStreams = true
        this.#streams.take(message)
      } else if (message.kind === 'done' || message.kind === 'failed') this.#calls.take(message)
      else this.#welcome(message)
    }
    return hasStreams
  }

  #welcome(message: unknown): void {
    const welcome = serverMessage.safeParse(message).data
    if (welcome?.kind !== 'welcome') return this.#port?.close('malformed')
    if (welcome.protocol !== protocolVersion) return this.#port?.close('incompatible')
    const isSameBoot = this.#boot === undefined || this.#boot === welcome.boot
    this.#boot = welcome.boot
    this.#failures = 0
    this.access = welcome.access
    this.#become('open')
    this.#calls.resume(isSameBoot)
    this.#streams.openAll()
  }
}

const firstProblem = (error: { readonly issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[] }): string => {
  const issue = error.issues[0]
  return issue === undefined ? 'not as expected' : `${issue.path.map(String).join('.') || 'input'}: ${issue.message}`
}

