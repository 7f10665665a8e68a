/**
 * Every fault by name, where it strikes, and how often at most. The names follow three groups: what a venue's REST side does, what its
 * stream does, and what happens on this machine or to the account.
 */
export type FaultPlace =
  /** Between the request of an order, a cancel or an amend and its answer. */
  | 'change'
  /** Between a question and its answer. */
  | 'question'
  /** To one message of the stream. */
  | 'message'
  /** To the connection of the stream. */
  | 'connection'
  /** At a drawn moment of the run. */
  | 'incident'
  /** To the journal, at a crash or while writing. */
  | 'journal'
  /** In what the venue is. */
  | 'venue'

export interface Fault {
  readonly name: string
  readonly place: FaultPlace
  /** For each opportunity; an incident counts per minute. */
  readonly rate: number
}

const at = (place: FaultPlace, rate: number, names: readonly string[]): readonly Fault[] => names.map((name) => ({ name, place, rate }))

export const faultMenu: readonly Fault[] = [
  ...at('change', 0.05, [
    'timeout-before-accept', 'timeout-after-accept', 'delayed-acceptance', 'accept-then-reset', 'dns-failure', 'half-open-keepalive', 'slow-drip', 'redirect',
  ]),
  ...at('change', 0.04, [
    '429-with-retry-after', '429-without-retry-after', '418-banned', '500-answer', '502-answer', '503-unknown-outcome', '503-overloaded', '503-not-reached',
    '504-answer', '520-answer', '200-html', '200-empty', '200-truncated', '200-stalled', 'wrong-content-type', 'null-fields', 'extra-fields',
    'numbers-as-text', 'duplicate-reply', 'clock-ahead', 'clock-behind', 'duplicate-id-answer', 'key-flaps', 'answer-for-another-order', 'key-quoted-in-error',
  ]),
  ...at('question', 0.05, [
    'question-times-out', 'question-reset', 'question-5xx', 'question-429', 'question-truncated', 'question-empty-body', 'question-html', 'partial-epoch',
    'page-cut', 'page-overlap', 'lookup-lag', 'open-orders-lag', 'trades-lag', 'positions-lag', 'balances-lag',
  ]),
  ...at('message', 0.04, [
    'message-doubled', 'message-reordered', 'message-lost', 'messages-conflated', 'old-event-again', 'invalid-json', 'unknown-event-type', 'giant-frame',
    'last-field-bigint', 'skewed-event-time', 'event-for-unknown-order', 'fill-before-ack', 'cancel-ack-after-fill', 'ack-though-answer-failed', 'sequence-gap',
  ]),
  ...at('connection', 0.4, [
    'close-1000', 'close-1001', 'close-1006', 'close-1008', 'close-1012', 'connect-refused', 'accept-then-silence', 'drop-during-auth', 'auth-rejected',
    'listen-key-expired', 'snapshot-missing', 'snapshot-late',
  ]),
  ...at('incident', 0.4, [
    'crossed-book', 'frozen-timestamps', 'bad-checksum', 'one-symbol-dead', 'public-up-private-down', 'rest-up-stream-down', 'stream-up-rest-down', 'message-burst',
    'clock-forward-1h', 'clock-back-1h', 'clock-step-back', 'loop-stall-5s', 'process-paused', 'machine-sleep-8h', 'machine-sleep-20min', 'second-instance', 'config-change',
    'key-revoked', 'manual-order', 'manual-cancel', 'maintenance', 'symbol-halted', 'filters-changed', 'price-gap', 'funding', 'liquidation', 'auto-deleveraging', 'dust',
    'delisting', 'insufficient-funds-race',
  ]),
  ...at('journal', 0.02, ['slow-disk', 'disk-full']),
  // Each ends the program, and after many of them the trader has done nothing but start it.
  ...at('journal', 0.0015, ['flush-error']),
  ...at('journal', 1, ['crash', 'tail-torn', 'tail-lost', 'tail-doubled', 'tail-flipped']),
  ...at('venue', 1, ['fee-in-third-asset', 'id-free-after-end', 'partial-fills', 'cancel-of-filled-refused', 'partial-batch', 'fee-in-what-is-received']),
  ...at('incident', 0.4, ['overfill']),
]

export const faultNames: readonly string[] = faultMenu.map(({ name }) => name)
