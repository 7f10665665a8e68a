import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Received {
  readonly at: number
  readonly method: string
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** A real HTTP server that takes what is sent to it, and can be told how to answer, to go away and to come back. */
export class Receiver {
  readonly received: Received[] = []
  answer: (response: ServerResponse, request: Received) => void = (response) => void response.end('ok')
  #server: Server | undefined
  #port = 0

  async start(): Promise<this> {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        const { method = '', url: path = '', headers } = request
        const received = { at: performance.now(), method, path, headers, body: Buffer.concat(chunks).toString('utf8') }
        this.received.push(received)
        this.answer(response, received)
      })
      request.on('error', () => undefined)
    })
    await new Promise<void>((resolve) => server.listen(this.#port, '127.0.0.1', resolve))
    this.#server = server
    this.#port = (server.address() as AddressInfo).port
    return this
  }

  get origin(): string {
    return `http://127.0.0.1:${this.#port}`
  }

  bodies<Body>(): readonly Body[] {
    return this.received.map(({ body }) => JSON.parse(body) as Body)
  }

  async stop(): Promise<void> {
    const server = this.#server
    this.#server = undefined
    if (server === undefined) return
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
}

export async function until(isSo: () => boolean, withinMs = 10_000): Promise<void> {
  const end = performance.now() + withinMs
  while (!isSo()) {
    if (performance.now() > end) throw new Error('it did not come to be in time')
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
