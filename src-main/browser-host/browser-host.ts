import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Server as NetServer, Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import type { Access } from '../../src-preload/contract/index.ts'
import { defaultLineLimits, serveSocket, type LineLimits, type OpenLine } from './client-line.ts'
import { createLobby } from './lobby.ts'
import { listenOnLoopback } from './listen-on-loopback.ts'
import { createMetricsPage } from './metrics-page.ts'
import { tokenFor } from './node-signer.ts'
import { securityHeaders, type AssetSource } from '../page/index.ts'
import { createTokenBucket, type TokenBucket } from './token-bucket.ts'

/**
 * The screen and the command line's socket without Electron, on loopback.
 * Must never: listen beyond loopback, or on half of it; answer to another name than localhost with its own port (a page elsewhere could be
 * rebound to us); let a page of another origin open a line; send the token; read a file that is not of the built page.
 */
export interface BrowserHostParts {
  /** 0 for any that is free. */
  readonly port: number
  readonly assets: AssetSource
  /** 32 random bytes, base64url: the tokens of all levels follow from it. */
  readonly master: string
  readonly openLine: OpenLine
  readonly limits?: LineLimits
  /** Development only: serves the sources with hot reload instead of the built page. */
  readonly takeOver?: DevelopmentServer
}

export interface DevelopmentServer {
  respond(request: IncomingMessage, response: ServerResponse): void
  /** Whether it took the upgrade for itself. */
  upgrade(server: Server): void
}

export interface BrowserHost {
  readonly port: number
  readonly origin: string
  /** With the token in the fragment, which browsers do not send. */
  urlFor(access: Access): string
  close(): Promise<void>
}

export type StartedHost = { readonly ok: true; readonly host: BrowserHost } | { readonly ok: false; readonly detail: string }

const payloadMaxBytes = 256 * 1024

export async function startBrowserHost(parts: BrowserHostParts): Promise<StartedHost> {
  const server = createServer({ requestTimeout: 5_000, headersTimeout: 5_000, connectionsCheckingInterval: 2_000, maxHeaderSize: 8_192 })
  const sockets = new WebSocketServer({ noServer: true, maxPayload: payloadMaxBytes, perMessageDeflate: false })
  const listening = await listenOnLoopback(server, parts.port)
  if (!listening.ok) return listening
  const { port } = listening
  const host = `localhost:${port}`
  const origin = `http://${host}`
  const lobby = createLobby()
  const metrics = createMetricsPage(parts.openLine)
  const requests = new WeakMap<Socket, TokenBucket>()
  server.on('request', (request, response) => {
    const refusal = refusalOf(request, host) ?? (bucketOf(requests, request.socket).take() ? undefined : 429)
    if (refusal !== undefined) return void response.writeHead(refusal, securityHeaders).end()
    if (request.url === '/metrics') return void metrics.send(request, response)
    if (parts.takeOver !== undefined) return parts.takeOver.respond(request, response)
    return void sendAsset(parts.assets, request.url ?? '/', response)
  })
  server.on('upgrade', (request, socket, head) => {
    if (request.url !== '/ws') return parts.takeOver === undefined ? refuseUpgrade(socket, 404) : undefined
    if (request.headers.host !== host || request.headers.origin !== origin) return refuseUpgrade(socket, 403)
    return sockets.handleUpgrade(request, socket, head, (webSocket) => {
      webSocket.on('error', () => webSocket.terminate())
      void serveSocket(webSocket, { lobby, master: parts.master, openLine: parts.openLine, limits: parts.limits ?? defaultLineLimits })
    })
  })
  parts.takeOver?.upgrade(server)
  return {
    ok: true,
    host: {
      port,
      origin,
      urlFor: (access) => `${origin}/#t=${tokenFor(parts.master, access)}`,
      close: () => closeServer(server, sockets, listening.second),
    },
  }
}

/** For each connection its own, so that a stranger who hurries slows nobody but himself. */
function bucketOf(buckets: WeakMap<Socket, TokenBucket>, socket: Socket): TokenBucket {
  const known = buckets.get(socket)
  if (known !== undefined) return known
  const bucket = createTokenBucket(200, 100, () => performance.now())
  buckets.set(socket, bucket)
  return bucket
}

function refusalOf(request: IncomingMessage, host: string): number | undefined {
  if (request.headers.host !== host) return 421
  if (request.method !== 'GET' && request.method !== 'HEAD') return 405
  return undefined
}

function refuseUpgrade(socket: Duplex, status: number): void {
  socket.on('error', () => socket.destroy())
  socket.end(`HTTP/1.1 ${status} Refused\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`)
}

async function sendAsset(assets: AssetSource, url: string, response: ServerResponse): Promise<void> {
  // Read first: headers that are out cannot be taken back.
  const asset = await assets.read(url.split('?', 1)[0] ?? '/').catch(() => undefined)
  if (asset === undefined) return void response.writeHead(404, securityHeaders).end()
  const cache = asset.isImmutable ? 'public, max-age=31536000, immutable' : 'no-store'
  response.writeHead(200, { ...securityHeaders, 'content-type': asset.type, 'cache-control': cache }).end(asset.body)
}

function closeServer(server: Server, sockets: WebSocketServer, second: NetServer | undefined): Promise<void> {
  for (const client of sockets.clients) client.close(1001)
  second?.close()
  return new Promise((resolve) => {
    server.close(() => resolve())
    setTimeout(() => {
      for (const client of sockets.clients) client.terminate()
      server.closeAllConnections()
    }, 100)
  })
}
