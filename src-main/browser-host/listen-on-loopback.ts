import type { Server } from 'node:http'
import { createServer, type AddressInfo, type Server as NetServer } from 'node:net'

/**
 * Both of the addresses that `localhost` may mean. A browser tries ::1 first: whoever had that one to himself would be shown
 * the page's address, token and all.
 */
export type Listening =
  | { readonly ok: true; readonly port: number; readonly second: NetServer | undefined }
  | { readonly ok: false; readonly detail: string }

const connectionsMax = 256
/** A free port of the one address may be taken on the other. */
const attemptsMax = 5

export async function listenOnLoopback(server: Server, wantedPort: number): Promise<Listening> {
  server.maxConnections = connectionsMax
  for (let attempt = 1; ; attempt++) {
    const first = await listen(server, '127.0.0.1', wantedPort)
    if (!first.ok) return first
    // One HTTP server serves both: what the second socket accepts is handed to it.
    const socket = createServer((connection) => server.emit('connection', connection))
    socket.maxConnections = connectionsMax
    const second = await listen(socket, '::1', first.port)
    if (second.ok) return { ok: true, port: first.port, second: socket }
    // A computer without IPv6 has no ::1 for anybody.
    if (second.code === 'EADDRNOTAVAIL' || second.code === 'EAFNOSUPPORT') return { ok: true, port: first.port, second: undefined }
    await new Promise((resolve) => server.close(resolve))
    if (wantedPort !== 0 || attempt === attemptsMax) return second
  }
}

type Listened =
  | { readonly ok: true; readonly port: number }
  | { readonly ok: false; readonly detail: string; readonly code: string | undefined }

function listen(server: NetServer, host: string, port: number): Promise<Listened> {
  return new Promise((resolve) => {
    const refused = (error: NodeJS.ErrnoException): void => resolve({ ok: false, detail: error.message, code: error.code })
    server.once('error', refused)
    server.listen({ port, host, ipv6Only: true }, () => {
      server.off('error', refused)
      // A listening TCP server's address is an AddressInfo.
      resolve({ ok: true, port: (server.address() as AddressInfo).port })
    })
  })
}
