import type { EngineEvent } from '../domain/index.ts'
import type { AnyEvent, EngineSetup, EngineSnapshot, TradingEngine, TradingInput } from '../engine/index.ts'
import type { Clock, HaltLatch, Venue } from '../ports/index.ts'
import type { Timers } from './timers.ts'
import type { KeptSnapshot, OutboxPace } from './trading/index.ts'

export interface RuntimeParts {
  readonly clock: Clock
  readonly latch: HaltLatch
  readonly version: string
  /** A bug in the engine: the process has to go and come back by way of recovery. */
  readonly onBroken: (error: unknown) => void
  readonly observer?: RuntimeObserver
  /** Absent: this profile trades nowhere. */
  readonly trading?: TradingParts
  /** Absent: those of this process. */
  readonly timers?: Timers
}

/** What the engine trades, and on what. */
export interface TradingParts {
  readonly setup: EngineSetup
  readonly venue: Venue
  /** A silent venue is told as unknown after this. */
  readonly answerPatienceMs: number
  readonly snapshots: { readonly everyEvents: number; readonly keep: (snapshot: KeptSnapshot) => void }
  readonly pace?: OutboxPace
}

/** For those who measure: told after the fact, and must not throw. */
export interface RuntimeObserver {
  processed(kind: TradingInput['kind'], tookMs: number, waiting: number): void
  stalled(stallMs: number): void
}

/** What the books of this profile hold of the engines before. */
export interface Past {
  readonly lastSequence: number
  /** The last events, oldest first. */
  readonly recentEvents: readonly EngineEvent[]
  /** Of a profile that trades: the newest snapshot that can be read, and every event since, oldest first. */
  readonly trading?: TradingPast
}

export interface TradingPast {
  /** 12 hexadecimal characters that belong to these books, in place of what the setup says: no other engine makes the ids of its orders with them. */
  readonly installation?: string
  readonly snapshot?: EngineSnapshot
  readonly events: Iterable<AnyEvent>
}

/** What others may look at of the engine's state; only inputs change it. */
export type TradingView = Pick<
  TradingEngine,
  'orders' | 'openOrders' | 'order' | 'answerTo' | 'answers' | 'preview' | 'risk' | 'value' | 'positions' | 'balances' | 'ledger' | 'counts' | 'snapshot' | 'lastSequence'
>
