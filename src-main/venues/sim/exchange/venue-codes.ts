/**
 * The native codes of the simulated exchange, with the status that goes with each. They are of the kind that venues in the
 * field use, so that one table of proofs can read them. A code says that the call had no effect, save where a comment says
 * otherwise.
 */
export const venueCodes = {
  tooManyRequests: { status: 429, code: -1003, message: 'Too many requests.' },
  banned: { status: 418, code: -1003, message: 'Banned until the time told, for too many requests.' },
  maintenance: { status: 503, code: -1016, message: 'This service is no longer available: maintenance.' },
  outsideWindow: { status: 400, code: -1021, message: 'Timestamp for this request is outside of the receive window.' },
  unknownInstrument: { status: 400, code: -1121, message: 'Invalid symbol.' },
  unknownAccount: { status: 400, code: -2015, message: 'Invalid key, address or permissions.' },
  unsupported: { status: 400, code: -1116, message: 'Order type or option is not supported for this instrument.' },
  malformed: { status: 400, code: -1102, message: 'A mandatory parameter was missing or malformed.' },
  filter: { status: 400, code: -1013, message: 'Filter failure.' },
  closed: { status: 400, code: -1013, message: 'Market is closed.' },
  tooManyOrders: { status: 400, code: -1015, message: 'Too many open orders.' },
  duplicate: { status: 400, code: -2010, message: 'Duplicate order sent.' },
  balance: { status: 400, code: -2010, message: 'Account has insufficient balance for requested action.' },
  margin: { status: 400, code: -2019, message: 'Margin is insufficient.' },
  wouldTrigger: { status: 400, code: -2021, message: 'Order would immediately trigger.' },
  reduceOnly: { status: 400, code: -2022, message: 'Reduce-only order is rejected.' },
  postOnly: { status: 400, code: -5022, message: 'Post-only order would trade at once.' },
  fillOrKill: { status: 400, code: -5021, message: 'The order could not be filled at once and in full.' },
  /** The order may be filled, gone or never have been there. */
  cancelRejected: { status: 400, code: -2011, message: 'Unknown order sent.' },
  amendRejected: { status: 400, code: -5027, message: 'The order cannot be changed to this.' },
  notFound: { status: 400, code: -2013, message: 'Order does not exist.' },
} as const

export type VenueCodeName = keyof typeof venueCodes
