import type { NativeCodes } from './native-codes.ts'
import { quote, venueErrorOf } from './venue-error.ts'
import type { RawCall, ReadAnswer } from './raw-call.ts'

/**
 * What the outcome of a write proves. It must never call anything a rejection that is not proven to be one.
 * Invariants: 1 unknown is what is left: silence, a cut, stalled, empty or foreign body, a status without a native code, a code that
 * stands in no table; 2 rejected and not sent need a native code of the venue's own table, or a status by which that venue proves that
 * nothing was looked at; 3 an acceptance that does not name our order is none; 4 a duplicate id is no rejection.
 */
export type SendJudgement =
  | { readonly kind: 'accepted'; readonly venueOrder: string }
  | { readonly kind: 'rejected'; readonly proof: string }
  | { readonly kind: 'not-sent'; readonly proof: string }
  | { readonly kind: 'unknown'; readonly why: string }

/** What a venue says of an order that it took: its own id, and ours as it understood it. */
export interface Acceptance {
  readonly venueOrder: string
  readonly clientId: string
}

const unknown = (why: string): SendJudgement => ({ kind: 'unknown', why })

export const judgeSend = (call: RawCall, read: ReadAnswer<Acceptance>, ourId: string, codes: NativeCodes): SendJudgement => {
  if (call.kind === 'unanswered') return call.why === 'before' ? { kind: 'not-sent', proof: 'no byte left' } : unknown(call.why)
  const isGood = call.status >= 200 && call.status < 300
  if (read.kind === 'value' && isGood) {
    return read.value.clientId === ourId ? { kind: 'accepted', venueOrder: read.value.venueOrder } : unknown(`the answer is for ${read.value.clientId}`)
  }
  if (codes.notSentStatuses.has(call.status)) return { kind: 'not-sent', proof: `HTTP ${call.status}` }
  if (read.kind === 'native-error') {
    const proof = quote(call.status, read.code, read.message)
    // A server that fails may have failed after it acted: only a code that names the reason is believed, and never with a 5xx.
    if (codes.rejected.has(read.code) && call.status < 500) return { kind: 'rejected', proof }
    if (codes.notSent.has(read.code) || codes.clock.has(read.code) || codes.access.has(read.code)) {
      return call.status < 500 || codes.notSent.has(read.code) ? { kind: 'not-sent', proof } : unknown(proof)
    }
    return unknown(proof)
  }
  return unknown(venueErrorOf(call, read, codes)?.detail ?? `HTTP ${call.status}`)
}
