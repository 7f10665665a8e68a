import {
  causeOfCloseCode, shakeHandsAsClient, type Connected, type Signer, type TextSocket, type Token,
} from '../../src-preload/contract/index.ts'
import type { Carrier } from './carrier.ts'

/** A host that takes the connection and then says nothing must not keep the screen from trying again. */
const handshakeLimitMs = 5_000

interface BrowserCarrierParts {
  readonly url: string
  readonly token: Token | undefined
  readonly signer: Signer
  readonly newNonce: () => string
}

/** The line over a websocket of the host that served this page. */
export function createBrowserCarrier(parts: BrowserCarrierParts): Carrier {
  return {
    kind: 'browser',
    async connect() {
      if (parts.token === undefined) return { ok: false, cause: 'token-refused' }
      const opened = await openSocket(parts.url)
      if (!opened.ok) return opened
      const silent = setTimeout(() => opened.socket.close(1000, 'no handshake'), handshakeLimitMs)
      const connected = await shakeHandsAsClient(textSocketOf(opened.socket), parts.token, parts.signer, parts.newNonce())
      clearTimeout(silent)
      return connected
    },
  }
}

type Opened = { readonly ok: true; readonly socket: WebSocket } | Extract<Connected, { readonly ok: false }>

function openSocket(url: string): Promise<Opened> {
  return new Promise((resolve) => {
    const socket = new WebSocket(url)
    socket.addEventListener('open', () => resolve({ ok: true, socket }), { once: true })
    socket.addEventListener('close', (event) => resolve({ ok: false, cause: causeOfCloseCode(event.code) }), { once: true })
  })
}

function textSocketOf(socket: WebSocket): TextSocket {
  return {
    send(text) {
      if (socket.readyState === WebSocket.OPEN) socket.send(text)
    },
    onText(listener) {
      socket.addEventListener('message', (event: MessageEvent<unknown>) => {
        if (typeof event.data === 'string') listener(event.data)
      })
    },
    onClosed: (listener) => socket.addEventListener('close', (event) => listener(event.code)),
    close(code, reason) {
      // A page may only send 1000 and the private range; what it means is of use to the other side alone.
      socket.close(code === 1000 || code >= 3000 ? code : 1000, reason)
    },
  }
}
