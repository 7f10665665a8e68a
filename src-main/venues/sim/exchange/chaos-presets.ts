import type { PriceShock, VenueBehaviour } from './exchange-setup.ts'

/**
 * Weather with a name. `faults` says how often a fault strikes what lies between an engine and its venue: for each request or message,
 * for what happens at moments of its own per minute. Who carries the messages applies them; `behaviour` and `shocks` are the
 * exchange's own part.
 */
export interface ChaosPreset {
  readonly name: ChaosPresetName
  readonly faults: Readonly<Record<string, number>>
  readonly behaviour: Partial<VenueBehaviour>
  readonly shocks: readonly PriceShock[]
}

export const chaosPresetNames = ['calm', 'flaky-wifi', 'exchange-meltdown', 'flash-crash', 'half-open-socket', 'liar'] as const
export type ChaosPresetName = (typeof chaosPresetNames)[number]

const slow = (mu: number, sigma: number): VenueBehaviour['latency'] => ({ feed: { mu, sigma }, entry: { mu, sigma }, response: { mu, sigma } })
const lagging = (ms: number): VenueBehaviour['lag'] => ({
  openOrdersMs: ms, closedOrdersMs: ms, lookupMs: ms, tradesMs: ms, positionsMs: ms, balancesMs: ms,
})

const calm: ChaosPreset = { name: 'calm', faults: {}, behaviour: {}, shocks: [] }

/** A bad line: what was sent may or may not have arrived, and the stream comes and goes. The venue is well. */
const flakyWifi: ChaosPreset = {
  name: 'flaky-wifi',
  faults: {
    'timeout-before-accept': 0.04, 'timeout-after-accept': 0.04, 'accept-then-reset': 0.02, 'dns-failure': 0.02, 'half-open-keepalive': 0.02,
    'slow-drip': 0.03, '200-truncated': 0.01, '200-stalled': 0.01, 'question-times-out': 0.06, 'question-reset': 0.03, 'question-truncated': 0.01,
    'message-lost': 0.02, 'message-reordered': 0.02, 'message-doubled': 0.02, 'close-1006': 0.6, 'connect-refused': 0.3, 'snapshot-late': 0.3,
  },
  behaviour: { latency: slow(4.6, 0.8) },
  shocks: [],
}

/** The venue drowns: errors that say nothing, limits, lagging replicas, acceptances that come late. */
const exchangeMeltdown: ChaosPreset = {
  name: 'exchange-meltdown',
  faults: {
    '429-with-retry-after': 0.05, '429-without-retry-after': 0.03, '418-banned': 0.003, '500-answer': 0.03, '502-answer': 0.03, '503-unknown-outcome': 0.05,
    '503-overloaded': 0.05, '503-not-reached': 0.03, '504-answer': 0.05, '520-answer': 0.02, '200-html': 0.02, '200-empty': 0.02, 'delayed-acceptance': 0.1,
    'timeout-after-accept': 0.05, 'question-5xx': 0.15, 'question-429': 0.08, 'question-times-out': 0.08, 'question-html': 0.03, 'partial-epoch': 0.1,
    'messages-conflated': 0.1, 'message-lost': 0.03, 'close-1012': 0.4, 'snapshot-missing': 0.2, 'maintenance': 0.05, 'symbol-halted': 0.1,
  },
  behaviour: {
    latency: slow(6.2, 0.9), lag: lagging(3_000), delayedAcceptance: { share: 0.3, delayMaxMs: 4_000 },
    limits: { capacity: 120, perSecond: 12, banAfter: 12, banMs: 120_000 },
  },
  shocks: [],
}

/** Twelve of a hundred go within half a minute, and most of it comes back; books are thin and everybody wants to trade. */
const flashCrash: ChaosPreset = {
  name: 'flash-crash',
  faults: { 'price-gap': 0.5, 'message-burst': 0.6, 'crossed-book': 0.2, 'messages-conflated': 0.1, '429-with-retry-after': 0.03, '503-overloaded': 0.02, 'liquidation': 0.2 },
  behaviour: { latency: slow(5.2, 0.7), lag: { ...lagging(0), positionsMs: 1_500, tradesMs: 800 } },
  shocks: [
    { afterMs: 120_000, share: -0.02 }, { afterMs: 126_000, share: -0.03 }, { afterMs: 133_000, share: -0.04 }, { afterMs: 141_000, share: -0.03 },
    { afterMs: 190_000, share: 0.04 }, { afterMs: 240_000, share: 0.05 },
  ],
}

/** Everything looks connected and nothing arrives. */
const halfOpenSocket: ChaosPreset = {
  name: 'half-open-socket',
  faults: {
    'accept-then-silence': 0.8, 'half-open-keepalive': 0.06, '200-stalled': 0.05, 'public-up-private-down': 0.3, 'rest-up-stream-down': 0.3, 'frozen-timestamps': 0.2,
    'one-symbol-dead': 0.2, 'listen-key-expired': 0.1, 'snapshot-missing': 0.2, 'message-lost': 0.03,
  },
  behaviour: {},
  shocks: [],
}

/** A venue whose words cannot be taken at their value: old answers, answers for others, ids that lie, clocks that are wrong. */
const liar: ChaosPreset = {
  name: 'liar',
  faults: {
    'answer-for-another-order': 0.03, 'duplicate-reply': 0.03, 'duplicate-id-answer': 0.02, 'ack-though-answer-failed': 0.05, 'null-fields': 0.03,
    'extra-fields': 0.05, 'numbers-as-text': 0.03, 'wrong-content-type': 0.02, 'page-cut': 0.05, 'page-overlap': 0.05, 'lookup-lag': 0.1, 'open-orders-lag': 0.1,
    'trades-lag': 0.1, 'positions-lag': 0.1, 'balances-lag': 0.1, 'old-event-again': 0.05, 'message-doubled': 0.05, 'message-reordered': 0.05,
    'event-for-unknown-order': 0.03, 'fill-before-ack': 0.05, 'cancel-ack-after-fill': 0.05, 'skewed-event-time': 0.05, 'sequence-gap': 0.02, 'clock-ahead': 0.02,
  },
  behaviour: { lag: lagging(4_000), clockSkewMs: 700, clientIds: 'reusable' },
  shocks: [],
}

export const chaosPresets: Readonly<Record<ChaosPresetName, ChaosPreset>> = {
  'calm': calm, 'flaky-wifi': flakyWifi, 'exchange-meltdown': exchangeMeltdown, 'flash-crash': flashCrash, 'half-open-socket': halfOpenSocket, 'liar': liar,
}
