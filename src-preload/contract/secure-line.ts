import type { CloseCause, Lane, Port } from './port.ts'

/**
 * The line over a websocket on loopback. Any local program can reach a loopback port, so the token is never sent: both
 * sides prove by HMAC over fresh nonces that they hold it, and every frame after that carries a counter and an HMAC.
 * Invariants: 1 nothing is taken from a frame before its HMAC and counter are right; 2 a counter is used once, in order;
 * 3 the keys of the two directions differ, so no frame can be reflected; 4 a wrong frame ends the line; 5 so does a throw
 * in whoever takes the text: a line is open and read, or it is closed and says so.
 */

/** HMAC-SHA-256; key and answer are base64url. Synchronous in Node, a promise where only Web Crypto exists. */
export interface Signer {
  sign(key: string, text: string): string | Promise<string>
}

/** A websocket, from either side. */
export interface TextSocket {
  send(text: string): void
  onText(listener: (text: string) => void): void
  onClosed(listener: (code: number) => void): void
  close(code: number, reason: string): void
}

const codeOfCause: Readonly<Record<CloseCause, number>> = {
  closed: 1000,
  lost: 1001,
  malformed: 4400,
  'token-refused': 4401,
  'slow-reader': 4408,
  incompatible: 4426,
  'rate-limited': 4429,
  'engine-restarting': 4503,
  'engine-stopped': 4504,
}

export const closeCodeOf = (cause: CloseCause): number => codeOfCause[cause]

export function causeOfCloseCode(code: number): CloseCause {
  const causes = Object.keys(codeOfCause) as CloseCause[]
  return causes.find((cause) => codeOfCause[cause] === code && cause !== 'closed') ?? 'lost'
}

export type LineSide = 'client' | 'server'

/** What each side signs with the token to prove that it holds it. */
export const proofText = (side: LineSide, challenge: string, nonce: string): string => `ballast proof 1 ${side} ${challenge} ${nonce}`

/** What is signed with the token to get the key of one direction's frames. */
export const frameKeyText = (side: LineSide, challenge: string, nonce: string): string => `ballast frames 1 ${side} ${challenge} ${nonce}`

/** Compares without telling by its time where two texts part. */
export function sameText(left: string, right: string): boolean {
  let difference = left.length ^ right.length
  for (let index = 0; index < left.length; index++) difference |= left.charCodeAt(index) ^ right.charCodeAt(index % (right.length || 1))
  return difference === 0
}

export interface LineKeys {
  readonly outgoing: string
  readonly incoming: string
}

/** Seals what leaves and opens what comes, strictly in order. */
export function securePort(socket: TextSocket, keys: LineKeys, signer: Signer): Port {
  const messages: ((text: string) => void)[] = []
  const closes: ((cause: CloseCause) => void)[] = []
  const early: string[] = []
  let closed = false

  const finish = (cause: CloseCause): void => {
    if (closed) return
    closed = true
    for (const listener of closes) listener(cause)
  }
  const end = (cause: CloseCause): void => {
    if (closed) return
    socket.close(closeCodeOf(cause), cause)
    finish(cause)
  }

  const seal = inOrder(async (text, counter) => {
    const signed = signer.sign(keys.outgoing, `${counter}.${text}`)
    const mac = typeof signed === 'string' ? signed : await signed
    if (!closed) socket.send(`${counter}.${mac}.${text}`)
  }, end)
  const open = inOrder(async (frame, counter) => {
    const firstDot = frame.indexOf('.')
    const secondDot = frame.indexOf('.', firstDot + 1)
    const text = frame.slice(secondDot + 1)
    if (firstDot < 1 || secondDot < 0 || frame.slice(0, firstDot) !== String(counter)) return end('malformed')
    const signed = signer.sign(keys.incoming, `${counter}.${text}`)
    const mac = typeof signed === 'string' ? signed : await signed
    if (closed) return
    if (!sameText(mac, frame.slice(firstDot + 1, secondDot))) return end('malformed')
    if (messages.length === 0) early.push(text)
    for (const listener of messages) listener(text)
  }, end)

  socket.onText((frame) => open(frame))
  socket.onClosed((code) => finish(causeOfCloseCode(code)))
  return {
    post: seal,
    onMessage(listener) {
      messages.push(listener)
      for (const text of early.splice(0)) listener(text)
    },
    onClose: (listener) => void closes.push(listener),
    close: end,
  }
}

/** What waits for its turn can only be much when something is wrong. */
const waitingMax = 100_000

interface WaitingText {
  readonly text: string
  readonly lane: Lane | undefined
}

/** Runs one step after the other; the counter is given when a step's turn comes, so what is urgent may overtake. */
function inOrder(
  step: (text: string, counter: number) => Promise<void>,
  end: (cause: CloseCause) => void,
): (text: string, lane?: Lane) => void {
  const waiting: WaitingText[] = []
  let counter = 0
  let running = false
  const run = async (): Promise<void> => {
    running = true
    try {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await step(next.text, ++counter)
    } catch {
      // Who takes the text says himself what went wrong; here the line is closed, for what follows cannot be trusted.
      waiting.length = 0
      end('malformed')
    } finally {
      running = false
    }
  }
  return (text, lane) => {
    if (waiting.length >= waitingMax) return end('slow-reader')
    const at = lane === 'urgent' ? waiting.findLastIndex((other) => other.lane !== undefined) + 1 : waiting.length
    waiting.splice(at, 0, { text, lane })
    if (!running) void run()
  }
}
