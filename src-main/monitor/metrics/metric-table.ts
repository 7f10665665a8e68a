import { engineModes, errorCodes } from '../../../src-preload/contract/index.ts'

/**
 * Every figure that Ballast publishes, once. The registry, the setters, the table of the guide and the checks of dashboards and
 * rules are made from it. A figure that nobody has measured yet is absent, never zero.
 */
export interface MetricSpec {
  /** As Prometheus knows it: units are seconds and bytes. */
  readonly name: `ballast_${string}`
  readonly kind: 'gauge' | 'counter' | 'histogram'
  readonly help: string
  readonly label?: string
  /** Where they are known: these are published from the start, and no others. */
  readonly labelValues?: readonly string[]
  readonly buckets?: readonly number[]
}

const tinySeconds = [0.000_001, 0.000_002, 0.000_005, 0.000_01, 0.000_02, 0.000_05, 0.000_1, 0.001, 0.01, 0.1] as const
const diskSeconds = [0.000_1, 0.000_2, 0.000_5, 0.001, 0.002, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 2, 5] as const
const callSeconds = [0.000_1, 0.000_5, 0.001, 0.002, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5] as const
const stallSeconds = [0.001, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2, 5] as const
const deliverySeconds = [0.05, 0.1, 0.25, 0.5, 1, 2, 5, 30, 300, 3_600, 86_400] as const

export const alertSeverities = ['info', 'warning', 'critical'] as const
export type AlertSeverity = (typeof alertSeverities)[number]

export const memoryKinds = ['rss', 'heap_used', 'heap_total', 'external'] as const
export const gcKinds = ['minor', 'major', 'incremental', 'weak'] as const

export const metricTable = {
  engineMode: {
    name: 'ballast_engine_mode', kind: 'gauge', label: 'mode', labelValues: engineModes,
    help: 'Whether the engine is in this mode: 1 for the one it is in, 0 for the others.',
  },
  engineModeChanges: {
    name: 'ballast_engine_mode_changes_total', kind: 'counter', label: 'to', labelValues: engineModes,
    help: 'Changes of the engine’s mode, by the mode that was entered.',
  },
  engineRefusals: {
    name: 'ballast_engine_refusals_total', kind: 'counter',
    help: 'Changes of mode that the engine refused.',
  },
  engineInputs: {
    name: 'ballast_engine_inputs_total', kind: 'counter',
    help: 'Commands and reports that the engine has processed.',
  },
  engineInputsWaiting: {
    name: 'ballast_engine_inputs_waiting', kind: 'gauge',
    help: 'Inputs that wait for the engine.',
  },
  engineProcess: {
    name: 'ballast_engine_process_seconds', kind: 'histogram', buckets: tinySeconds,
    help: 'How long the engine took for one input.',
  },
  engineRestarts: {
    name: 'ballast_engine_restarts', kind: 'gauge',
    help: 'How often the engine was started again after a crash since its supervisor started.',
  },
  uptime: {
    name: 'ballast_uptime_seconds', kind: 'gauge',
    help: 'How long this engine has been running.',
  },
  buildInfo: {
    name: 'ballast_build_info', kind: 'gauge', label: 'version',
    help: 'Always 1; the label says which version runs.',
  },
  bridgeCommand: {
    name: 'ballast_bridge_command_seconds', kind: 'histogram', label: 'command', buckets: callSeconds,
    help: 'From a command’s arrival at the engine to its answer, by command.',
  },
  bridgeRefused: {
    name: 'ballast_bridge_refused_total', kind: 'counter', label: 'code', labelValues: errorCodes,
    help: 'Calls that were answered with an error, by its code.',
  },
  bridgeClients: {
    name: 'ballast_bridge_clients', kind: 'gauge',
    help: 'Screens and command lines that are connected.',
  },
  bridgeFrames: {
    name: 'ballast_bridge_frames_total', kind: 'counter',
    help: 'Frames that were sent to clients.',
  },
  journalDurable: {
    name: 'ballast_journal_durable_seconds', kind: 'histogram', buckets: diskSeconds,
    help: 'From handing a record to the journal until it is known to be on the disk.',
  },
  journalWaiting: {
    name: 'ballast_journal_waiting_seconds', kind: 'gauge',
    help: 'How long the oldest record that is not on the disk yet has been waiting; 0 when none is.',
  },
  journalRecords: {
    name: 'ballast_journal_records_total', kind: 'counter',
    help: 'Records handed to the journal since the start.',
  },
  journalAppendedSequence: {
    name: 'ballast_journal_appended_sequence', kind: 'gauge',
    help: 'The highest sequence number that was given out.',
  },
  journalDurableSequence: {
    name: 'ballast_journal_durable_sequence', kind: 'gauge',
    help: 'The highest sequence number that is known to be on the disk.',
  },
  journalSegments: {
    name: 'ballast_journal_segments', kind: 'gauge',
    help: 'Files of the journal.',
  },
  journalBytes: {
    name: 'ballast_journal_bytes', kind: 'gauge',
    help: 'Bytes of the journal on the disk.',
  },
  booksLag: {
    name: 'ballast_books_lag_records', kind: 'gauge',
    help: 'Durable records that the books’ database has not taken in yet.',
  },
  booksQuery: {
    name: 'ballast_books_query_seconds', kind: 'histogram', buckets: diskSeconds,
    help: 'How long a question to the books took.',
  },
  loopStall: {
    name: 'ballast_loop_stall_seconds', kind: 'histogram', buckets: stallSeconds,
    help: 'The longest delay of the engine’s loop between two readings of the clock.',
  },
  clockDrift: {
    name: 'ballast_clock_drift_seconds', kind: 'gauge',
    help: 'How far the wall clock has moved away from the monotonic one since the start.',
  },
  memory: {
    name: 'ballast_memory_bytes', kind: 'gauge', label: 'kind', labelValues: memoryKinds,
    help: 'Memory of the engine’s process.',
  },
  gcPause: {
    name: 'ballast_gc_pause_seconds', kind: 'histogram', label: 'kind', labelValues: gcKinds, buckets: stallSeconds,
    help: 'Pauses for garbage collection.',
  },
  alertsUnresolved: {
    name: 'ballast_alerts_unresolved', kind: 'gauge', label: 'severity', labelValues: alertSeverities,
    help: 'Open alerts that nobody has taken note of or put aside.',
  },
  alertDelivery: {
    name: 'ballast_alert_delivery_seconds', kind: 'histogram', label: 'channel', buckets: deliverySeconds,
    help: 'From the cause of an alert until its receiver confirmed it.',
  },
  alertDeliveryFailures: {
    name: 'ballast_alert_delivery_failures_total', kind: 'counter', label: 'channel',
    help: 'Tries to deliver alerts that failed; each is tried again.',
  },
  alertChannelWaiting: {
    name: 'ballast_alert_channel_waiting', kind: 'gauge', label: 'channel',
    help: 'Alerts that wait to be delivered.',
  },
  backupAge: {
    name: 'ballast_backup_age_seconds', kind: 'gauge',
    help: 'Age of the newest backup.',
  },
  drillAge: {
    name: 'ballast_drill_age_seconds', kind: 'gauge',
    help: 'How long ago restoring was last rehearsed.',
  },
  keyAge: {
    name: 'ballast_key_age_seconds', kind: 'gauge',
    help: 'Age of the oldest key in use.',
  },
  diskFree: {
    name: 'ballast_disk_free_bytes', kind: 'gauge',
    help: 'Free room on the disk of the profile’s folder.',
  },
  logLinesLost: {
    name: 'ballast_log_lines_lost', kind: 'gauge',
    help: 'Lines of the log since the start that could not be kept until the disk took them.',
  },
  traceSpansSent: {
    name: 'ballast_trace_spans_sent', kind: 'gauge',
    help: 'Spans since the start that the collector took.',
  },
  traceSpansLost: {
    name: 'ballast_trace_spans_lost', kind: 'gauge',
    help: 'Spans since the start that did not reach the collector.',
  },
} as const satisfies Readonly<Record<string, MetricSpec>>

export type MetricTable = typeof metricTable
export type MetricKey = keyof MetricTable

export const metricKeys = Object.keys(metricTable) as readonly MetricKey[]

/** The names that a query may use: a histogram is published as three. */
export function publishedNames(spec: MetricSpec): readonly string[] {
  return spec.kind === 'histogram' ? ['_bucket', '_sum', '_count'].map((end) => `${spec.name}${end}`) : [spec.name]
}
