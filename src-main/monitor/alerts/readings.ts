import type { EngineMode, Actor } from '../../domain/index.ts'

/**
 * What the rules look at. A reading that is undefined is not known, and then its rule says neither that it is ill nor that it is
 * well: silence never clears an alert.
 */
export interface Readings {
  readonly nowMs: number
  readonly mode?: { readonly mode: EngineMode; readonly actor: Actor; readonly reason: string } | undefined
  /** Why the books are closed; undefined while they are not. */
  readonly booksClosed?: { readonly code: string | undefined } | undefined
  /** Why the books' database cannot follow the journal; its reason undefined while it can. */
  readonly booksBehind?: { readonly reason: string | undefined } | undefined
  /** What the last verification of the whole journal found; its reason undefined when it was whole. */
  readonly journalAudit?: { readonly reason: string | undefined } | undefined
  readonly journalWaitingMs?: number | undefined
  readonly journal?:
    | { readonly state: 'well' }
    | { readonly state: 'failed'; readonly detail: string }
    | { readonly state: 'no-room-ahead'; readonly bytesLeft: number }
    | undefined
  readonly diskFreeBytes?: number | undefined
  /** The longest stall since the reading before. */
  readonly loopStallMs?: number | undefined
  readonly backup?:
    | {
        /** Undefined when there is none yet. */
        readonly lastAt: number | undefined
        /** Why the last try failed; undefined when it did not. */
        readonly failure: string | undefined
        readonly booksMadeAt: number
        /** What was made before could not be read yet. */
        readonly isLastUnknown?: boolean
      }
    | undefined
  readonly drill?: { readonly lastAt: number | undefined; readonly booksMadeAt: number } | undefined
  readonly keys?: readonly { readonly name: string; readonly madeAt: number }[] | undefined
  readonly anchor?: { readonly failure: string | undefined } | undefined
  readonly settings?: { readonly problem: string | undefined } | undefined
  readonly channels?: readonly ChannelReading[] | undefined
  readonly hasRecoveryCode?: boolean | undefined
  /** How old a key and a drill may be, where the trader wants another age than is usual. */
  readonly keyAgeMaxMs?: number | undefined
  readonly drillAgeMaxMs?: number | undefined
}

export interface ChannelReading {
  readonly name: string
  readonly failingSince: number | undefined
  readonly problem: string
}

/** From where on something is wrong. */
export const alertLimits = {
  journalWaitingMs: 2_000,
  diskLowBytes: 2_000_000_000,
  diskCriticalBytes: 500_000_000,
  loopStallMs: 1_000,
  /** No honest work stops the loop for so long: the machine slept. */
  sleptMs: 5_000,
  /** A day, and two hours in which the daily backup may be late. */
  backupMs: 26 * 3_600_000,
  drillMs: 90 * 86_400_000,
  keyMs: 90 * 86_400_000,
  /** One lost packet is no news. */
  deliveryMs: 60_000,
  lockTries: 3,
} as const
