import type { NativeCodes } from './native-codes.ts'
import type { RawCall, ReadAnswer } from './raw-call.ts'

/** May the same question be asked again? An order is never sent again, whatever this says: a new try is a new intent. */
export type Retry = 'never' | 'safe' | 'after-reconcile'

export const venueErrorCodes = [
  'venue.rejected', 'venue.duplicate-id', 'venue.not-found', 'venue.rate-limited', 'venue.banned', 'venue.maintenance', 'venue.clock', 'venue.access',
  'venue.unreachable', 'venue.silent', 'venue.unreadable', 'venue.failing', 'venue.unexpected',
] as const
export type VenueErrorCode = (typeof venueErrorCodes)[number]

/** Every way in which a call can go wrong, as one of a few. `detail` is the venue's own word, for people and the trail. */
export interface VenueError {
  readonly code: VenueErrorCode
  readonly retry: Retry
  readonly detail: string
}

const error = (code: VenueErrorCode, retry: Retry, detail: string): VenueError => ({ code, retry, detail })

/** Long enough for a sentence, short enough for a line. */
const detailMax = 200

export const quote = (status: number, code: string, message: string): string => `HTTP ${status} ${code}: ${message}`.slice(0, detailMax)

const ofNativeCode = (codes: NativeCodes, status: number, code: string, message: string): VenueError => {
  const detail = quote(status, code, message)
  if (codes.rejected.has(code)) return error('venue.rejected', 'never', detail)
  if (codes.duplicate.has(code)) return error('venue.duplicate-id', 'after-reconcile', detail)
  if (codes.notFound.has(code)) return error('venue.not-found', 'never', detail)
  if (codes.clock.has(code)) return error('venue.clock', 'after-reconcile', detail)
  if (codes.access.has(code)) return error('venue.access', 'never', detail)
  if (status === 418) return error('venue.banned', 'safe', detail)
  if (status === 429) return error('venue.rate-limited', 'safe', detail)
  if (codes.notSent.has(code)) return error('venue.maintenance', 'safe', detail)
  return error(status >= 500 ? 'venue.failing' : 'venue.unexpected', 'after-reconcile', detail)
}

const ofSilence = (why: Extract<RawCall, { kind: 'unanswered' }>['why']): VenueError =>
  why === 'before' || why === 'dns' ? error('venue.unreachable', why === 'before' ? 'safe' : 'after-reconcile', why) : error('venue.silent', 'after-reconcile', why)

/** The error of a call that brought no value. */
export const venueErrorOf = (call: RawCall, read: ReadAnswer<unknown>, codes: NativeCodes): VenueError | undefined => {
  if (call.kind === 'unanswered') return ofSilence(call.why)
  if (read.kind === 'native-error') return ofNativeCode(codes, call.status, read.code, read.message)
  if (call.status === 418) return error('venue.banned', 'safe', 'HTTP 418')
  if (call.status === 429) return error('venue.rate-limited', 'safe', 'HTTP 429')
  if (call.status >= 500) return error('venue.failing', 'after-reconcile', `HTTP ${call.status}`)
  if (read.kind === 'unreadable') return error('venue.unreadable', 'after-reconcile', `HTTP ${call.status}, not readable`)
  return call.status >= 200 && call.status < 300 ? undefined : error('venue.unexpected', 'after-reconcile', `HTTP ${call.status}`)
}
