import { randomBytes } from 'node:crypto'
import {
  frameKeyText, helloMessage, parseJson, proofMessage, proofText, sameText, securePort, type Access, type CloseCause, type Port,
  type TextSocket,
} from '../../src-preload/contract/index.ts'
import { nodeSigner, secretFor } from './node-signer.ts'

/** What a stranger on the loopback port gets before it has proved that it holds a token. */
export const handshakeLimitMs = 2_000

export type Handshake =
  | { readonly ok: true; readonly access: Access; readonly port: Port }
  | { readonly ok: false; readonly cause: CloseCause | 'gone' }

/** The server's half of the handshake. The token itself is never on the wire; see the contract's secure line. */
export function shakeHandsAsServer(socket: TextSocket, master: string): Promise<Handshake> {
  return new Promise((resolve) => {
    let hello: { readonly access: Access; readonly nonce: string } | undefined
    let afterwards: ((text: string) => void) | undefined
    let isOver = false
    const challenge = randomBytes(32).toString('base64url')
    const settle = (handshake: Handshake): void => {
      isOver = true
      clearTimeout(limit)
      resolve(handshake)
    }
    // Not `token-refused`, after which nobody tries again: this side may have slept.
    const limit = setTimeout(() => settle({ ok: false, cause: 'lost' }), handshakeLimitMs)

    const accept = (given: { readonly access: Access; readonly nonce: string }): void => {
      const sign = (text: string): string => nodeSigner.sign(secretFor(master, given.access), text)
      const keys = {
        incoming: sign(frameKeyText('client', challenge, given.nonce)),
        outgoing: sign(frameKeyText('server', challenge, given.nonce)),
      }
      socket.send(JSON.stringify({ proof: sign(proofText('server', challenge, given.nonce)) }))
      const port = securePort({ ...socket, onText: (listener) => (afterwards = listener) }, keys, nodeSigner)
      settle({ ok: true, access: given.access, port })
    }

    socket.onClosed(() => (isOver ? undefined : settle({ ok: false, cause: 'gone' })))
    socket.onText((text) => {
      if (afterwards !== undefined) return afterwards(text)
      if (isOver) return
      const json = parseJson(text)
      const value = json.ok ? json.value : undefined
      if (hello === undefined) {
        hello = helloMessage.safeParse(value).data
        return hello === undefined ? settle({ ok: false, cause: 'malformed' }) : socket.send(JSON.stringify({ challenge }))
      }
      const proof = proofMessage.safeParse(value).data?.proof
      if (proof === undefined) return settle({ ok: false, cause: 'malformed' })
      const wanted = nodeSigner.sign(secretFor(master, hello.access), proofText('client', challenge, hello.nonce))
      return sameText(proof, wanted) ? accept(hello) : settle({ ok: false, cause: 'token-refused' })
    })
  })
}
