import { z } from 'zod'
import { command, query, stream } from './entry.ts'
import { details, nothing, timeMs } from './primitives.ts'

export const alertSeverities = ['info', 'warning', 'critical'] as const
export type AlertSeverity = (typeof alertSeverities)[number]

const alertId = z.string().min(1).max(120)
const actor = z.enum(['hand', 'cli', 'hotkey'])

export const alertSchema = z.strictObject({
  id: alertId,
  /** Which rule found it; the words are in `text` under `alert.<rule>`. */
  rule: z.string(),
  severity: z.enum(alertSeverities),
  state: z.enum(['raised', 'acknowledged', 'snoozed', 'cleared']),
  raisedAt: timeMs,
  lastAt: timeMs,
  /** How often it was found since it was raised. */
  count: z.int().min(1),
  details,
  runbook: z.string().nullable(),
  changedBy: z.string().nullable(),
  snoozedUntil: timeMs.nullable(),
  clearedAt: timeMs.nullable(),
})
export type AlertView = z.output<typeof alertSchema>

const channel = z.strictObject({
  name: z.enum(['webhook', 'telegram', 'alive']),
  state: z.enum(['off', 'idle', 'ok', 'failing']),
  since: timeMs.nullable(),
  waiting: z.int().min(0),
  lastError: z.string().nullable(),
})
export type AlertChannelView = z.output<typeof channel>

const alertDesk = z.strictObject({
  alerts: z.array(alertSchema),
  channels: z.array(channel),
  /** What the screen itself should do of each new one. */
  desktop: z.boolean(),
  sound: z.boolean(),
})

export const alertEntries = {
  'alerts.watch': stream({
    summary: 'Alerts that are not cleared and the last that are, with the state of each way of delivery.',
    access: 'read',
    delivery: 'latest',
    input: nothing,
    snapshot: alertDesk,
    delta: alertDesk,
  }),
  'alerts.open': query({
    summary: 'The alerts that are open, newest first.',
    access: 'read',
    input: nothing,
    output: z.strictObject({ alerts: z.array(alertSchema) }),
  }),
  'alerts.acknowledge': command({
    summary: 'Takes note of an alert: it no longer counts as unresolved.',
    access: 'trade',
    input: z.strictObject({ id: alertId, actor }),
    output: alertSchema,
  }),
  'alerts.snooze': command({
    summary: 'Puts an alert aside; it counts again when the time is over.',
    access: 'trade',
    input: z.strictObject({ id: alertId, forMs: z.int().min(60_000).max(7 * 86_400_000), actor }),
    output: alertSchema,
  }),
  'alerts.history': query({
    summary: 'Alerts of the past, newest first.',
    access: 'read',
    input: z.strictObject({ before: timeMs.nullable(), limit: z.int().min(1).max(500) }),
    output: z.strictObject({ alerts: z.array(alertSchema) }),
  }),
  'alerts.test': command({
    summary: 'Raises an alert of its own, to see it arrive wherever alerts are delivered.',
    access: 'trade',
    input: nothing,
    output: alertSchema,
  }),
} as const
