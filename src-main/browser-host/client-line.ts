import type { WebSocket } from 'ws'
import { closeCodeOf, type CloseCause, type Port, type TextSocket } from '../../src-preload/contract/index.ts'
import type { Caller } from '../bridge/index.ts'
import type { Lobby } from './lobby.ts'
import { shakeHandsAsServer } from './server-handshake.ts'
import { createTokenBucket } from './token-bucket.ts'

/** Gives a line to the engine, or says why there is none just now. */
export type OpenLine = (caller: Caller) => Port | CloseCause

export interface LineLimits {
  readonly framesBurst: number
  readonly framesPerSecond: number
  /** What may wait in the socket for a reader that does not read. */
  readonly bufferedBytesMax: number
}

/** A busy screen sends a few dozen frames a second. */
export const defaultLineLimits: LineLimits = { framesBurst: 4_000, framesPerSecond: 2_000, bufferedBytesMax: 8 * 1024 * 1024 }

export interface ServedSocketParts {
  readonly lobby: Lobby
  readonly master: string
  readonly openLine: OpenLine
  readonly limits: LineLimits
}

/** Takes one websocket from its first byte to a line to the engine. */
export async function serveSocket(webSocket: WebSocket, parts: ServedSocketParts): Promise<void> {
  const { lobby, master, openLine, limits } = parts
  const socket = limitedSocket(webSocket, limits)
  lobby.enter(webSocket)
  const handshake = await shakeHandsAsServer(socket, master)
  if (!handshake.ok) {
    if (handshake.cause !== 'gone') socket.close(closeCodeOf(handshake.cause), handshake.cause)
    return
  }
  if (!lobby.admit(webSocket, handshake.access)) return handshake.port.close('rate-limited')
  const line = openLine({ access: handshake.access, peer: 'websocket' })
  if (typeof line === 'string') handshake.port.close(line)
  else join(handshake.port, line)
}

function join(client: Port, engine: Port): void {
  client.onMessage((text) => engine.post(text))
  engine.onMessage((text) => client.post(text))
  client.onClose(() => engine.close('closed'))
  engine.onClose((cause) => client.close(cause))
}

function limitedSocket(webSocket: WebSocket, limits: LineLimits): TextSocket {
  const bucket = createTokenBucket(limits.framesBurst, limits.framesPerSecond, () => performance.now())
  const close = (cause: CloseCause): void => closeFirmly(webSocket, closeCodeOf(cause), cause)
  return {
    send(text) {
      if (webSocket.readyState !== webSocket.OPEN) return
      webSocket.send(text)
      if (webSocket.bufferedAmount > limits.bufferedBytesMax) close('slow-reader')
    },
    onText(listener) {
      webSocket.on('message', (data, isBinary) => {
        if (webSocket.readyState !== webSocket.OPEN) return
        if (!bucket.take()) return close('rate-limited')
        if (isBinary) return close('malformed')
        // Without fragments or binary frames, ws hands over one Buffer.
        listener(String(data))
      })
    },
    onClosed: (listener) => void webSocket.on('close', (code) => listener(code)),
    close: (code, reason) => closeFirmly(webSocket, code, reason),
  }
}

/** A client that does not answer the close is cut off. */
function closeFirmly(webSocket: WebSocket, code: number, reason: string): void {
  if (webSocket.readyState === webSocket.CLOSED) return
  webSocket.close(code, reason)
  const cut = setTimeout(() => webSocket.terminate(), 500)
  cut.unref()
  webSocket.once('close', () => clearTimeout(cut))
}
