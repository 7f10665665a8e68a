import type { ChangeOutcome } from '../../domain/index.ts'
import type { Acceptance } from './judge-send.ts'
import type { NativeCodes } from './native-codes.ts'
import { quote, venueErrorOf } from './venue-error.ts'
import type { RawCall, ReadAnswer } from './raw-call.ts'

/**
 * What the outcome of a cancel or an amend proves. A refusal says nothing of the order: it may be filled, gone, or never have been.
 * An answer that names another order, or none, is no acceptance.
 */
export interface ChangeJudgement {
  readonly outcome: ChangeOutcome
  readonly detail: string
}

/** By either of its names: the venue's is not known of every order, and what others placed bears none of ours. */
export interface ChangedOrder {
  readonly clientId: string
  readonly venueOrder?: string | undefined
}

const isFor = ({ clientId, venueOrder }: Acceptance, ours: ChangedOrder): boolean =>
  clientId === ours.clientId || (ours.venueOrder !== undefined && venueOrder === ours.venueOrder)

export const judgeChange = (call: RawCall, read: ReadAnswer<Acceptance>, ours: ChangedOrder, codes: NativeCodes): ChangeJudgement => {
  if (call.kind === 'unanswered') return { outcome: call.why === 'before' ? 'not-sent' : 'unknown', detail: call.why }
  const isGood = call.status >= 200 && call.status < 300
  if (read.kind === 'value' && isGood) {
    return isFor(read.value, ours) ? { outcome: 'accepted', detail: '' } : { outcome: 'unknown', detail: `the answer is for ${read.value.clientId || read.value.venueOrder || 'no order'}` }
  }
  if (codes.notSentStatuses.has(call.status)) return { outcome: 'not-sent', detail: `HTTP ${call.status}` }
  if (read.kind === 'native-error' && call.status < 500) {
    const detail = quote(call.status, read.code, read.message)
    if (codes.rejected.has(read.code) || codes.notFound.has(read.code)) return { outcome: 'refused', detail }
    if (codes.notSent.has(read.code) || codes.clock.has(read.code) || codes.access.has(read.code)) return { outcome: 'not-sent', detail }
    return { outcome: 'unknown', detail }
  }
  return { outcome: 'unknown', detail: venueErrorOf(call, read, codes)?.detail ?? `HTTP ${call.status}` }
}
