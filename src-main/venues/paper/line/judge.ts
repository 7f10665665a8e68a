import type { ExchangeBody } from '../../sim/index.ts'
import { venueCodes } from '../../sim/index.ts'
import type { VenueCodeName } from '../../sim/index.ts'
import type { NativeCodes, RawCall, ReadAnswer } from '../../outcome/index.ts'
import type { RawReply, ReadReply } from './wire.ts'

/**
 * What the codes of the simulated exchange prove. One number can mean two things there, as in the field, so a code is its number
 * together with its words.
 */
const named = (...names: readonly VenueCodeName[]): ReadonlySet<string> => new Set(names.map((name) => nativeCode(venueCodes[name].code, venueCodes[name].message)))

export const nativeCode = (code: number, message: string): string => `${code} ${message}`

export const exchangeProofs: NativeCodes = {
  venue: 'sim',
  rejected: named(
    'unknownInstrument', 'unsupported', 'malformed', 'filter', 'closed', 'tooManyOrders', 'balance', 'margin', 'wouldTrigger', 'reduceOnly', 'postOnly', 'fillOrKill',
    'cancelRejected', 'amendRejected',
  ),
  notSent: named('tooManyRequests', 'maintenance'),
  notFound: named('notFound'),
  duplicate: named('duplicate'),
  clock: named('outsideWindow'),
  access: named('unknownAccount'),
  notSentStatuses: new Set([429, 418]),
}

export const rawCallOf = (raw: RawReply): RawCall =>
  raw.kind === 'reply' ? { kind: 'answered', status: raw.status, body: raw.text } : { kind: 'unanswered', why: raw.error === 'redirect' ? 'reset' : raw.error }

export function readAnswerOf(read: ReadReply | undefined): ReadAnswer<ExchangeBody> {
  if (read === undefined) return { kind: 'unreadable' }
  if (read.code === 0 && read.body !== undefined) return { kind: 'value', value: read.body }
  return read.code === 0 ? { kind: 'unreadable' } : { kind: 'native-error', code: nativeCode(read.code, read.message), message: read.message }
}
