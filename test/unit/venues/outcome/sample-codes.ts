import type { NativeCodes } from '../../../../src-main/venues/outcome/index.ts'

/** Of a venue that names its reasons in words. */
export const sampleCodes: NativeCodes = {
  venue: 'sample',
  rejected: new Set([
    'INSUFFICIENT_BALANCE', 'INSUFFICIENT_MARGIN', 'FILTER_QUANTITY', 'FILTER_PRICE', 'FILTER_NOTIONAL', 'FILTER_PRICE_BAND', 'FILTER_ORDERS_OPEN',
    'POST_ONLY_WOULD_TAKE', 'REDUCE_ONLY', 'WOULD_TRIGGER', 'UNKNOWN_INSTRUMENT', 'SYMBOL_HALTED', 'SESSION_CLOSED', 'FOK_NOT_FILLABLE', 'MALFORMED', 'EXPIRED_IN_WINDOW',
  ]),
  notSent: new Set(['RATE_LIMITED', 'BANNED', 'MAINTENANCE']),
  notFound: new Set(['ORDER_NOT_FOUND']),
  duplicate: new Set(['DUPLICATE_ID']),
  clock: new Set(['TIMESTAMP']),
  access: new Set(['KEY_INVALID', 'KEY_NOT_PERMITTED']),
  notSentStatuses: new Set([429, 418]),
}
