import type { Readable, Writable } from 'node:stream'
import type { CommandName, CommandParameters, CommandResult, DevtoolsSession, EventName, EventPayload } from './devtools-types.ts'

interface Reply {
  readonly id?: number
  readonly method?: string
  readonly params?: unknown
  readonly result?: unknown
  readonly error?: { readonly message: string }
  readonly sessionId?: string
}

interface Waiting {
  readonly method: string
  readonly resolve: (result: unknown) => void
  readonly reject: (error: Error) => void
}

type AnyListener = (payload: unknown) => void

/**
 * The DevTools protocol over Chromium's pipe: JSON documents with a NUL after each.
 * A pipe and not a socket, because Chromium ends itself when the other end of the pipe is gone, however it went.
 */
export class DevtoolsConnection {
  readonly browser: DevtoolsSession = this.session('')
  readonly #output: Writable
  readonly #waiting = new Map<number, Waiting>()
  readonly #listeners = new Map<string, AnyListener[]>()
  #lastId = 0
  #unread = ''
  #closed = false

  constructor(input: Readable, output: Writable) {
    this.#output = output
    input.setEncoding('utf8')
    input.on('data', (text: string) => this.#read(text))
    input.on('close', () => this.#close())
    // Chromium may be gone before we know: the 'close' of its output says so, the failing write need not.
    output.on('error', () => this.#close())
  }

  /** The session of one attached target; '' is the browser itself. */
  session(sessionId: string): DevtoolsSession {
    return {
      send: (method, parameters) => this.#send(sessionId, method, parameters),
      on: (event, listener) => this.#listen(sessionId, event, listener),
    }
  }

  #send<Name extends CommandName>(
    sessionId: string,
    method: Name,
    parameters: CommandParameters<Name> | undefined,
  ): Promise<CommandResult<Name>> {
    if (this.#closed) return Promise.reject(new Error(`${method}: Chromium is gone`))
    const id = ++this.#lastId
    const message = { id, method, params: parameters ?? {}, ...(sessionId === '' ? {} : { sessionId }) }
    const reply = new Promise<unknown>((resolve, reject) => this.#waiting.set(id, { method, resolve, reject }))
    this.#output.write(`${JSON.stringify(message)}\0`)
    // The protocol's types are Chromium's promise about what comes back under this name.
    return reply as Promise<CommandResult<Name>>
  }

  #listen<Name extends EventName>(sessionId: string, event: Name, listener: (payload: EventPayload<Name>) => void): void {
    const key = `${sessionId}:${event}`
    const listeners = this.#listeners.get(key) ?? []
    // Same promise as above, for events.
    listeners.push(listener as AnyListener)
    this.#listeners.set(key, listeners)
  }

  #read(text: string): void {
    const documents = (this.#unread + text).split('\0')
    this.#unread = documents.pop() ?? ''
    for (const document of documents) this.#dispatch(JSON.parse(document))
  }

  #dispatch(reply: Reply): void {
    if (reply.id === undefined) {
      for (const listener of this.#listeners.get(`${reply.sessionId ?? ''}:${reply.method}`) ?? []) listener(reply.params)
      return
    }
    const waiting = this.#waiting.get(reply.id)
    this.#waiting.delete(reply.id)
    if (reply.error === undefined) waiting?.resolve(reply.result)
    else waiting?.reject(new Error(`${waiting.method}: ${reply.error.message}`))
  }

  #close(): void {
    this.#closed = true
    for (const waiting of this.#waiting.values()) waiting.reject(new Error(`${waiting.method}: Chromium is gone`))
    this.#waiting.clear()
  }
}
