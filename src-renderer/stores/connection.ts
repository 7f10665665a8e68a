import { create } from 'zustand'
import type { Access, ConnectionState } from '../../src-preload/contract/index.ts'
import type { CarrierKind } from '../bridge/carrier.ts'
import { appended } from './bounded.ts'
import { limits } from './limits.ts'

export const roundTripsKept = 120

/** What this page knows of its line. Times are the page's own monotonic milliseconds. */
export interface ConnectionFacts {
  readonly state: ConnectionState
  readonly carrier: CarrierKind
  readonly access: Access | undefined
  /** Since when there has been no line; undefined while there is one. */
  readonly downSince: number | undefined
  readonly hasBeenOpen: boolean
  /** When the engine last said how it is. */
  readonly heardAt: number | undefined
  /** The engine's wall clock when it last said so. */
  readonly heardWallMs: number | undefined
  readonly roundTripsMs: readonly number[]
  readonly health: LineHealth
}

/** `fresh`: what is shown is now. Anything else: it is the last known. */
export type LineHealth = 'fresh' | 'silent' | 'down'

export const useConnection = create<ConnectionFacts>()(() => ({
  state: 'connecting',
  carrier: 'browser',
  access: undefined,
  downSince: performance.now(),
  hasBeenOpen: false,
  heardAt: undefined,
  heardWallMs: undefined,
  roundTripsMs: [],
  health: 'down',
}))

export function lineHealth(facts: Pick<ConnectionFacts, 'state' | 'heardAt'>, now: number): LineHealth {
  if (facts.state !== 'open') return 'down'
  // Just opened: the first word is on its way, and what is on the screen is from before.
  if (facts.heardAt === undefined) return 'down'
  return now - facts.heardAt > limits.watchSilenceMs ? 'silent' : 'fresh'
}

export function takeConnectionState(state: ConnectionState, access: Access | undefined, now: number): void {
  useConnection.setState((facts) => ({
    state,
    access,
    downSince: state === 'open' ? undefined : (facts.downSince ?? now),
    hasBeenOpen: facts.hasBeenOpen || state === 'open',
    health: state === 'open' ? facts.health : 'down',
  }))
}

export const takeHeard = (now: number, wallMs: number): void =>
  useConnection.setState({ heardAt: now, heardWallMs: wallMs, health: 'fresh' })

export const takeRoundTrip = (ms: number): void =>
  useConnection.setState((facts) => ({ roundTripsMs: appended(facts.roundTripsMs, ms, roundTripsKept) }))

/** Called by the ticker: silence is noticed by nothing but time. */
export function noticeSilence(now: number): void {
  const facts = useConnection.getState()
  const health = lineHealth(facts, now)
  if (health !== facts.health) useConnection.setState({ health })
}

/** Whether what the screen shows of the engine is the last known rather than now. */
export const useIsStale = (): boolean => useConnection((facts) => facts.health !== 'fresh')
