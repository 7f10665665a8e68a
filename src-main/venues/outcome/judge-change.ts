import type { ChangeOutcome } from '../../domain/index.ts'
import type { NativeCodes } from './native-codes.ts'
import { quote, venueErrorOf } from './venue-error.ts'
import type { RawCall, ReadAnswer } from './raw-call.ts'

/** What the outcome of a cancel or an amend proves. A refusal says nothing of the order: it may be filled, gone, or never have been. */
export interface ChangeJudgement {
  readonly outcome: ChangeOutcome
  readonly detail: string
}

export const judgeChange = (call: RawCall, read: ReadAnswer<unknown>, codes: NativeCodes): ChangeJudgement => {
  if (call.kind === 'unanswered') return { outcome: call.why === 'before' ? 'not-sent' : 'unknown', detail: call.why }
  const isGood = call.status >= 200 && call.status < 300
  if (read.kind === 'value' && isGood) return { outcome: 'accepted', detail: '' }
  if (codes.notSentStatuses.has(call.status)) return { outcome: 'not-sent', detail: `HTTP ${call.status}` }
  if (read.kind === 'native-error' && call.status < 500) {
    const detail = quote(call.status, read.code, read.message)
    if (codes.rejected.has(read.code) || codes.notFound.has(read.code)) return { outcome: 'refused', detail }
    if (codes.notSent.has(read.code) || codes.clock.has(read.code) || codes.access.has(read.code)) return { outcome: 'not-sent', detail }
    return { outcome: 'unknown', detail }
  }
  return { outcome: 'unknown', detail: venueErrorOf(call, read, codes)?.detail ?? `HTTP ${call.status}` }
}
