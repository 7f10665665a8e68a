import { randomBytes } from 'node:crypto'
import { WebSocket } from 'ws'
import { parseToken, shakeHandsAsClient, type Connected, type TextSocket } from '../../src-preload/contract/index.ts'
import { nodeSigner } from './node-signer.ts'

/** A line to a running engine from another program of this computer: what the command line uses. */
export function connectToHost(port: number, tokenText: string): Promise<Connected> {
  const token = parseToken(tokenText)
  if (token === undefined) return Promise.resolve({ ok: false, cause: 'token-refused' })
  return new Promise((resolve) => {
    const webSocket = new WebSocket(`ws://127.0.0.1:${port}/ws`, {
      headers: { host: `localhost:${port}`, origin: `http://localhost:${port}` },
      handshakeTimeout: 2_000,
      perMessageDeflate: false,
    })
    webSocket.on('error', () => resolve({ ok: false, cause: 'lost' }))
    webSocket.on('open', () => {
      void shakeHandsAsClient(textSocket(webSocket), token, nodeSigner, randomBytes(16).toString('base64url')).then(resolve)
    })
  })
}

function textSocket(webSocket: WebSocket): TextSocket {
  return {
    send: (text) => {
      if (webSocket.readyState === webSocket.OPEN) webSocket.send(text)
    },
    onText: (listener) => void webSocket.on('message', (data) => listener(String(data))),
    onClosed: (listener) => void webSocket.on('close', (code) => listener(code)),
    close: (code, reason) => webSocket.close(code, reason),
  }
}
