import { z } from 'zod'
import { command, query, stream } from './entry.ts'
import { nothing, reason, timeMs, toldReason } from './primitives.ts'

export const engineModes = ['starting', 'active', 'reducing', 'halted', 'killing', 'killed'] as const
export const engineMode = z.enum(engineModes)
export type EngineMode = z.output<typeof engineMode>

export const profileKinds = ['demo', 'paper', 'testnet', 'live'] as const
export const profileKind = z.enum(profileKinds)
export type ProfileKind = z.output<typeof profileKind>

/** Who asked for a change of mode. */
export const actor = z.enum(['hand', 'cli', 'tray', 'hotkey', 'signal', 'engine'])
/** What a client may say of itself; the rest is known only to the program. */
const clientActor = z.enum(['hand', 'cli', 'hotkey'])

export const modeState = z.strictObject({
  mode: engineMode,
  since: timeMs,
  reason: toldReason,
  actor,
})
export type ModeState = z.output<typeof modeState>

export const engineStatus = z.strictObject({
  ...modeState.shape,
  profile: z.string(),
  profileKind,
  clients: z.int().min(0),
  uptimeMs: z.int().min(0),
  version: z.string(),
  processId: z.int(),
  /** How often this data folder's engine has been restarted after a crash since its supervisor started. */
  restarts: z.int().min(0),
})
export type EngineStatus = z.output<typeof engineStatus>

export const clockReading = z.strictObject({
  wallMs: timeMs,
  monotonicMs: z.number().min(0),
  /** How far the wall clock has moved away from the monotonic one since the engine started. */
  driftMs: z.int(),
  /** The longest time the engine's loop was late since the reading before. */
  stallMs: z.number().min(0),
})
export type ClockReading = z.output<typeof clockReading>

const decided = {
  sequence: z.int().min(1),
  at: timeMs,
  /** Ties together everything that one command caused. */
  correlation: z.string().max(64).optional(),
}

export const engineEvent = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('engine-started'), ...decided, mode: engineMode, reason: toldReason, version: z.string(),
    left: z.strictObject({ since: timeMs, actor }).optional(),
  }),
  z.strictObject({ kind: z.literal('mode-changed'), ...decided, from: engineMode, to: engineMode, reason: toldReason, actor }),
  z.strictObject({ kind: z.literal('mode-refused'), ...decided, mode: engineMode, wanted: engineMode, actor }),
  z.strictObject({ kind: z.literal('clock-jumped'), ...decided, byMs: z.int() }),
  z.strictObject({ kind: z.literal('journal-troubled'), ...decided, trouble: z.enum(['stalled', 'short', 'failed']), detail: toldReason }),
  z.strictObject({ kind: z.literal('journal-recovered'), ...decided }),
])
export type EngineEventView = z.output<typeof engineEvent>

export const engineEntries = {
  'trading.halt': command({
    summary: 'Send nothing new; cancels pass. Anyone who can see the screen may halt.',
    access: 'read',
    urgent: true,
    whileLocked: true,
    input: z.strictObject({ reason, actor: clientActor }),
    output: modeState,
  }),
  'trading.resume': command({
    summary: 'Allow trading again, fully or only to reduce risk.',
    access: 'trade',
    input: z.strictObject({ to: z.enum(['active', 'reducing']), reason, actor: clientActor }),
    output: modeState,
  }),
  'engine.status': query({
    summary: 'What the engine is doing, and since when.',
    access: 'read',
    whileLocked: true,
    input: nothing,
    output: engineStatus,
  }),
  'engine.ping': query({
    summary: 'Answers with what was sent and the engine’s clock; measures the round trip.',
    access: 'read',
    whileLocked: true,
    input: z.strictObject({ sent: z.number() }),
    output: z.strictObject({ sent: z.number(), wallMs: timeMs }),
  }),
  'engine.watch': stream({
    summary: 'The status, again each time that it changes and once a second.',
    access: 'read',
    delivery: 'latest',
    whileLocked: true,
    input: nothing,
    snapshot: engineStatus,
    delta: engineStatus,
  }),
  'engine.events': stream({
    summary: 'Everything that the engine decided, in order and without a gap; begins with the last ones kept.',
    access: 'read',
    delivery: 'every',
    input: nothing,
    snapshot: z.array(engineEvent),
    delta: engineEvent,
  }),
  'clock.watch': stream({
    summary: 'The engine’s clocks, four times a second.',
    access: 'read',
    delivery: 'latest',
    whileLocked: true,
    input: nothing,
    snapshot: clockReading,
    delta: clockReading,
  }),
} as const
