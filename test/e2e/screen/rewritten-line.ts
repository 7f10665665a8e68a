import { createHmac } from 'node:crypto'
import type { Page } from 'playwright/test'
import { frameKeyText, parseClientMessage, parseServerFrame, parseToken, type ServerMessage } from '../../../src-preload/contract/index.ts'

/** What is told instead of what the engine said; undefined leaves it unsaid. */
export type Rewrite = (message: ServerMessage, name: string) => ServerMessage | undefined

const sign = (key: string, text: string): string => createHmac('sha256', Buffer.from(key, 'base64url')).update(text).digest('base64url')

const textOf = (frame: string | Buffer): string => (typeof frame === 'string' ? frame : frame.toString())

/** The text behind the counter and the signature. */
function unsealed(frame: string): { readonly counter: string; readonly text: string } {
  const [counter = '', mac = ''] = frame.split('.', 2)
  return { counter, text: frame.slice(counter.length + mac.length + 2) }
}

/** One line's two ends: which name each id was opened by, and the key that the engine's frames are signed with. */
class Rewriter {
  readonly #secret: string
  readonly #rewrite: Rewrite
  readonly #names = new Map<number, string>()
  #nonce: string | undefined
  #challenge: string | undefined
  #key: string | undefined

  constructor(secret: string, rewrite: Rewrite) {
    this.#secret = secret
    this.#rewrite = rewrite
  }

  hearClient(frame: string): void {
    if (this.#nonce === undefined) this.#nonce = (JSON.parse(frame) as { readonly nonce: string }).nonce
    else if (this.#key !== undefined) {
      const message = parseClientMessage(unsealed(frame).text)
      if (message !== undefined && 'name' in message) this.#names.set(message.id, message.name)
    }
  }

  /** The handshake goes through as it is: challenge, then proof. */
  fromServer(frame: string): string {
    if (this.#challenge === undefined) this.#challenge = (JSON.parse(frame) as { readonly challenge: string }).challenge
    else if (this.#key === undefined) this.#key = sign(this.#secret, frameKeyText('server', this.#challenge, this.#nonce ?? ''))
    else return this.#resealed(frame, this.#key)
    return frame
  }

  #resealed(frame: string, key: string): string {
    const { counter, text } = unsealed(frame)
    const told = parseServerFrame(text)
    if (told === undefined) return frame
    const messages = told.messages.flatMap((message) => {
      const name = 'id' in message ? this.#names.get(message.id) : undefined
      return (name === undefined ? message : this.#rewrite(message, name)) ?? []
    })
    const changed = JSON.stringify({ frame: told.frame, messages })
    return `${counter}.${sign(key, `${counter}.${changed}`)}.${changed}`
  }
}

/**
 * From the next load on the page hears what `rewrite` makes of the engine's words, signed as the engine would. For what no
 * rehearsal plays: a market without anything in it, an answer that does not come.
 */
export async function rewriteLine(page: Page, url: string, rewrite: Rewrite): Promise<void> {
  const token = parseToken(new URLSearchParams(new URL(url).hash.slice(1)).get('t') ?? '')
  if (token === undefined) throw new Error('the address has no token')
  await page.routeWebSocket('**/ws', (line) => {
    const rewriter = new Rewriter(token.secret, rewrite)
    const server = line.connectToServer()
    line.onMessage((frame) => {
      rewriter.hearClient(textOf(frame))
      server.send(frame)
    })
    server.onMessage((frame) => line.send(rewriter.fromServer(textOf(frame))))
  })
}
