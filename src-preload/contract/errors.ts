import { z } from 'zod'

/**
 * Every error that can cross the bridge. Codes are API: branch on kind and code, never on a sentence.
 * Sentences for people are in `text`, under `error.<code>`, with the details as their placeholders.
 */
export const errorTable = {
  'bridge.malformed-message': { kind: 'malformed', retry: 'never' },
  'bridge.malformed-input': { kind: 'malformed', retry: 'never' },
  'bridge.unknown-name': { kind: 'malformed', retry: 'never' },
  'bridge.key-missing': { kind: 'malformed', retry: 'never' },
  'bridge.key-reused': { kind: 'malformed', retry: 'never' },
  'bridge.access-denied': { kind: 'refused', retry: 'never' },
  'bridge.too-many-calls': { kind: 'refused', retry: 'safe' },
  'bridge.too-many-streams': { kind: 'refused', retry: 'safe' },
  'bridge.rate-limited': { kind: 'refused', retry: 'safe' },
  'bridge.overflow': { kind: 'fault', retry: 'safe' },
  'bridge.disconnected': { kind: 'fault', retry: 'safe' },
  'bridge.timed-out': { kind: 'fault', retry: 'after-reconcile' },
  'bridge.not-done': { kind: 'fault', retry: 'safe' },
  'bridge.outcome-unknown': { kind: 'fault', retry: 'after-reconcile' },
  'bridge.incompatible': { kind: 'fault', retry: 'never' },
  'bridge.handler-failed': { kind: 'bug', retry: 'never' },
  'bridge.malformed-output': { kind: 'bug', retry: 'never' },
  'engine.mode-refused': { kind: 'refused', retry: 'never' },
  'engine.resume-waits': { kind: 'refused', retry: 'never' },
  'engine.stopping': { kind: 'fault', retry: 'safe' },
  'books.closed': { kind: 'refused', retry: 'safe' },
  'books.not-wanted': { kind: 'refused', retry: 'never' },
  'books.secret-wrong': { kind: 'refused', retry: 'safe' },
  'books.secret-unreadable': { kind: 'malformed', retry: 'never' },
  'books.secret-weak': { kind: 'refused', retry: 'never' },
  'books.busy': { kind: 'refused', retry: 'safe' },
  'screen.locked': { kind: 'refused', retry: 'safe' },
  'screen.without-lock': { kind: 'refused', retry: 'never' },
  'keys.failed': { kind: 'fault', retry: 'safe' },
  'keys.code-unconfirmed': { kind: 'refused', retry: 'never' },
  'backup.failed': { kind: 'fault', retry: 'safe' },
  'backup.no-recovery': { kind: 'refused', retry: 'never' },
  'backup.canceled': { kind: 'refused', retry: 'safe' },
  'drill.no-backup': { kind: 'refused', retry: 'never' },
  'drill.failed': { kind: 'fault', retry: 'safe' },
  'audit.failed': { kind: 'fault', retry: 'safe' },
  'alert.unknown': { kind: 'refused', retry: 'never' },
  'setting.refused': { kind: 'refused', retry: 'never' },
  'setting.stale': { kind: 'refused', retry: 'safe' },
  'setting.unsaved': { kind: 'fault', retry: 'safe' },
  'market.unknown-instrument': { kind: 'refused', retry: 'never' },
  'market.no-source': { kind: 'refused', retry: 'never' },
  'market.not-demo': { kind: 'refused', retry: 'never' },
  'market.past-unavailable': { kind: 'fault', retry: 'safe' },
  'market.record-failed': { kind: 'fault', retry: 'safe' },
  'trading.nowhere': { kind: 'refused', retry: 'never' },
  'trading.key-reused': { kind: 'malformed', retry: 'never' },
  'trading.unknown-order': { kind: 'refused', retry: 'never' },
  'trading.past-unavailable': { kind: 'fault', retry: 'safe' },
  'paper.not-simulated': { kind: 'refused', retry: 'never' },
  'paper.unreachable': { kind: 'fault', retry: 'safe' },
  'paper.reset-refused': { kind: 'refused', retry: 'never' },
} as const satisfies Record<string, { readonly kind: ErrorKind; readonly retry: Retry }>

export type ErrorKind = 'malformed' | 'refused' | 'fault' | 'bug'
export type Retry = 'never' | 'safe' | 'after-reconcile'
export type ErrorCode = keyof typeof errorTable

export const errorCodes = Object.keys(errorTable) as readonly ErrorCode[]

export const bridgeErrorSchema = z.strictObject({
  kind: z.enum(['malformed', 'refused', 'fault', 'bug']),
  code: z.enum(errorCodes as readonly [ErrorCode, ...ErrorCode[]]),
  retry: z.enum(['never', 'safe', 'after-reconcile']),
  /** What the sentence for people needs: never a secret. */
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
})

export type ErrorDetails = Readonly<Record<string, string | number | boolean>>

export interface BridgeError {
  readonly kind: ErrorKind
  readonly code: ErrorCode
  readonly retry: Retry
  readonly details: ErrorDetails
}

/** The same shape as base's Result, which the contract may not import. */
export type Reply<Value> = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly error: BridgeError }

export const bridgeError = (code: ErrorCode, details: ErrorDetails = {}): BridgeError => ({ ...errorTable[code], code, details })

export const succeed = <Value>(value: Value): Reply<Value> => ({ ok: true, value })

export const fail = (code: ErrorCode, details: ErrorDetails = {}): Reply<never> => ({ ok: false, error: bridgeError(code, details) })
