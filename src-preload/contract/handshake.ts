import { z } from 'zod'
import { accessLevels, type Access } from './entry.ts'
import type { CloseCause, Port } from './port.ts'
import { parseJson } from './protocol.ts'
import {
  causeOfCloseCode, closeCodeOf, frameKeyText, proofText, sameText, securePort, type Signer, type TextSocket,
} from './secure-line.ts'

/** `level.secret`: what the URL's fragment and the engine's socket file carry. */
export interface Token {
  readonly access: Access
  readonly secret: string
}

export function parseToken(text: string): Token | undefined {
  const [level, secret, ...rest] = text.split('.')
  const access = accessLevels.find((candidate) => candidate === level)
  if (access === undefined || secret === undefined || rest.length > 0 || !/^[A-Za-z0-9_-]{43}$/.test(secret)) return undefined
  return { access, secret }
}

export const printToken = (token: Token): string => `${token.access}.${token.secret}`

const nonce = z.string().regex(/^[A-Za-z0-9_-]{22,64}$/)
export const helloMessage = z.strictObject({ hello: z.literal(1), access: z.enum(accessLevels), nonce })
export const challengeMessage = z.strictObject({ challenge: nonce })
export const proofMessage = z.strictObject({ proof: nonce })

export type Connected = { readonly ok: true; readonly port: Port } | { readonly ok: false; readonly cause: CloseCause }

/** The client's half: hello, challenge, proof, and the server's own proof before anything is believed. */
export function shakeHandsAsClient(socket: TextSocket, token: Token, signer: Signer, ownNonce: string): Promise<Connected> {
  return new Promise((resolve) => {
    const refuse = (cause: CloseCause): void => {
      socket.close(closeCodeOf(cause), cause)
      resolve({ ok: false, cause })
    }
    let step: (text: string) => Promise<void> | void = async (text) => {
      const json = parseJson(text)
      const challenge = json.ok ? challengeMessage.safeParse(json.value).data?.challenge : undefined
      if (challenge === undefined) return refuse('malformed')
      const sign = async (content: string): Promise<string> => signer.sign(token.secret, content)
      const proof = await sign(proofText('client', challenge, ownNonce))
      const wanted = await sign(proofText('server', challenge, ownNonce))
      const outgoing = await sign(frameKeyText('client', challenge, ownNonce))
      const incoming = await sign(frameKeyText('server', challenge, ownNonce))
      step = (answer) => {
        const parsed = parseJson(answer)
        const given = parsed.ok ? proofMessage.safeParse(parsed.value).data?.proof : undefined
        if (given === undefined || !sameText(given, wanted)) return refuse('token-refused')
        step = () => undefined
        resolve({ ok: true, port: securePort(relay, { outgoing, incoming }, signer) })
      }
      socket.send(JSON.stringify({ proof }))
    }
    // The socket's listener stays ours; after the handshake its texts go to the secure port.
    const later: ((text: string) => void)[] = []
    const relay: TextSocket = { ...bindSocket(socket), onText: (listener) => void later.push(listener) }
    socket.onText((text) => (later.length > 0 ? later.forEach((listener) => listener(text)) : void step(text)))
    socket.onClosed((code) => resolve({ ok: false, cause: causeOfCloseCode(code) }))
    socket.send(JSON.stringify({ hello: 1, access: token.access, nonce: ownNonce }))
  })
}

const bindSocket = (socket: TextSocket): TextSocket => ({
  send: (text) => socket.send(text),
  onText: (listener) => socket.onText(listener),
  onClosed: (listener) => socket.onClosed(listener),
  close: (code, reason) => socket.close(code, reason),
})
