import type { FaultDice } from '../weather/fault-dice.ts'
import { textOf } from './wire.ts'
import type { RawReply } from './wire.ts'
import type { ExchangeAnswer } from '../../sim/index.ts'

/** What the wire does to a request on its way: it never arrives, or it arrives late, or with a wrong clock. */
export type WayThere =
  | { readonly kind: 'arrives'; readonly delayMs: number; readonly clockErrorMs: number }
  /** The venue, or what stands in front of it, never lets it through to the matching. */
  | { readonly kind: 'turned-away'; readonly reply: RawReply; readonly afterMs: number }

const html = '<html><head><title>Just a moment</title></head><body>We are working on it.</body></html>'
const json = (code: number, message: string): string => JSON.stringify({ code, message })
const whole = (status: number, text: string, retryAfterMs?: number): RawReply => ({ kind: 'reply', status, text, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) })

const turnedAway: Readonly<Record<string, (secret: string) => RawReply>> = {
  'timeout-before-accept': () => ({ kind: 'broken', error: 'timeout' }),
  'dns-failure': () => ({ kind: 'broken', error: 'dns' }),
  'half-open-keepalive': () => ({ kind: 'broken', error: 'reset' }),
  'redirect': () => ({ kind: 'broken', error: 'redirect' }),
  '429-with-retry-after': () => whole(429, json(-1003, 'Too many requests.'), 1_000),
  '429-without-retry-after': () => whole(429, json(-1003, 'Too many requests.')),
  '418-banned': () => whole(418, json(-1003, 'Banned until the time told.'), 3_000),
  '503-not-reached': () => whole(503, 'Service Unavailable'),
  '503-overloaded': () => whole(503, json(-1008, 'The server is overloaded with other requests.')),
  'key-flaps': () => whole(401, json(-2015, 'Invalid key, address or permissions.')),
  'question-times-out': () => ({ kind: 'broken', error: 'timeout' }),
  'question-reset': () => ({ kind: 'broken', error: 'reset' }),
  'question-429': () => whole(429, json(-1003, 'Too many requests.'), 1_000),
  'key-quoted-in-error': (secret) => whole(500, json(-1000, `An unknown error occurred for key ${secret}`)),
}

export const wayFaults: readonly string[] = [...Object.keys(turnedAway).filter((name) => !name.startsWith('question-')), 'delayed-acceptance', 'clock-ahead', 'clock-behind']

export function wayThere(fault: string | undefined, swarm: FaultDice, secret: string): WayThere {
  const away = fault === undefined ? undefined : turnedAway[fault]
  if (fault !== undefined && away !== undefined) {
    const reply = away(secret)
    return { kind: 'turned-away', reply, afterMs: reply.kind === 'broken' && reply.error === 'timeout' ? 3_000 : 40 + 200 * swarm.shape(fault) }
  }
  const delayMs = fault === 'delayed-acceptance' ? 500 + 3_500 * swarm.shape(fault) : 0
  const clockErrorMs = fault === 'clock-ahead' ? 4_000 : fault === 'clock-behind' ? -9_000 : 0
  return { kind: 'arrives', delayMs, clockErrorMs }
}

type Damage = (answer: ExchangeAnswer, secret: string, other: ExchangeAnswer | undefined) => RawReply

/** What becomes of the answer on its way back, after the venue did what it was asked. */
const damages: Readonly<Record<string, Damage>> = {
  'timeout-after-accept': () => ({ kind: 'broken', error: 'timeout' }),
  'accept-then-reset': () => ({ kind: 'broken', error: 'reset' }),
  '200-stalled': () => ({ kind: 'broken', error: 'stalled' }),
  '500-answer': () => whole(500, json(-1001, 'Internal error; unable to process your request. Please try again.')),
  '502-answer': () => whole(502, html),
  '503-unknown-outcome': () => whole(503, json(-1000, 'Unknown error, please check your request or try again later.')),
  '504-answer': () => whole(504, html),
  '520-answer': () => whole(520, html),
  '200-html': () => whole(200, html),
  '200-empty': () => whole(200, ''),
  '200-truncated': (answer) => {
    const text = textOf(answer)
    return whole(answer.status, text.slice(0, Math.floor(text.length / 2)))
  },
  'wrong-content-type': (answer) => whole(answer.status, `callback(${textOf(answer)})`),
  'null-fields': (answer) => whole(answer.status, JSON.stringify({ code: answer.code, message: answer.message, body: null })),
  'extra-fields': (answer) => whole(answer.status, JSON.stringify({ ...(JSON.parse(textOf(answer)) as object), surprise: { nested: [1, 2, 3] }, order: null })),
  'numbers-as-text': (answer) => whole(answer.status, JSON.stringify({ ...(JSON.parse(textOf(answer)) as object), code: String(answer.code) })),
  'question-5xx': () => whole(502, html),
  'question-truncated': (answer) => {
    const text = textOf(answer)
    return whole(answer.status, text.slice(0, Math.floor(text.length * 0.7)))
  },
  'question-empty-body': () => whole(200, ''),
  'question-html': () => whole(200, html),
  'duplicate-id-answer': () => whole(400, json(-2010, 'Duplicate order sent.')),
  'answer-for-another-order': (_answer, _secret, other) => (other === undefined ? { kind: 'broken', error: 'reset' } : whole(other.status, textOf(other))),
}

export const answerFaults: readonly string[] = [...Object.keys(damages).filter((name) => !name.startsWith('question-')), 'slow-drip', 'duplicate-reply']

export function damaged(fault: string | undefined, answer: ExchangeAnswer, secret: string, other: ExchangeAnswer | undefined): RawReply {
  const damage = fault === undefined ? undefined : damages[fault]
  const reply = damage === undefined ? whole(answer.status, textOf(answer), answer.retryAfterMs) : damage(answer, secret, other)
  // The head of a reply tells the venue's time, whatever became of its body.
  return reply.kind === 'broken' || answer.at === undefined ? reply : { ...reply, at: answer.at }
}
