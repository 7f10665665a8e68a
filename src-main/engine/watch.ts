import type { Lots } from '../base/index.ts'
import type { OrderId, VenueHealthReported, VenueOrderStatus } from '../domain/index.ts'

/**
 * What the engine keeps in mind and the journal does not hold: questions under way and evidence being gathered. A restart begins
 * all of it anew, which can only make it more careful.
 */
export interface OrderWatch {
  /** 0: no question is under way. */
  askedAt: number
  lastAskedAt: number
  /** Of one that is stuck: how long it waits for its next question, and twice as long after each; 0: it was not asked for yet. */
  stuckWaitMs: number
  /** Of the answers "not found" that count towards the proof of absence. */
  firstNotFoundAt: number
  lastNotFoundAt: number
  notFound: number
  /** Since when questions do not find what the venue has shown before; 0: they do. */
  missingSince: number
  /** A whole epoch, asked late enough, showed it nowhere. */
  epochWithout: boolean
  /** When an answer to a question for it by name last showed it ended, with all its trades; 0: none has. */
  endedShownAt: number
  /** Something is to be asked even if nothing is in doubt. */
  isCurious: boolean
  /** Since when its cancel or amend waits for a word. */
  changeSince: number
  /** The venue says that it ended, and counts more fills than were shown. */
  ending: PendingEnding | undefined
}

export interface PendingEnding {
  readonly status: Exclude<VenueOrderStatus, 'open'>
  readonly filled: Lots
  readonly updatedAt: number
  /** Since when the venue has been saying just this. */
  readonly since: number
  /** With less than its size it is not filled on one word alone. */
  readonly isProven: boolean
}

export interface AccountWatch {
  /** The epoch under way. */
  epoch: { readonly number: number; readonly askedAt: number; readonly since: number } | undefined
  /** Why the next one is wanted, if it is wanted before its time. */
  wanted: string | undefined
  lastAskedAt: number
  /** The last round was inconclusive: how long after its question the next one is asked, and twice as long after each; 0: it was not. */
  retryMs: number
  /** The clock may have gone back since the last clean epoch, and nobody said by how much. */
  isClockUnsure: boolean
  /** When the questions of the last clean epoch of this run were asked. */
  cleanAt: number
  /** The same of the last one whose parts all came, explained or not. */
  toldAt: number
  stream: 'up' | 'down'
  health: VenueHealthReported['state']
  degradedAt: number
  /** While trading is being killed: when the first clean round was asked that left nothing live, 0 for none; whether a second one did; what was said last. */
  killCleanAt: number
  /** The venue said that it answers no question before. */
  quietUntil: number
  isKillProven: boolean
  killDelaySaid: string
  /** The differences of the last round, and how many rounds in a row had just these. */
  breaksSeen: string
  breakRounds: number
}

export interface Watch {
  /** Orders that need looking at as time passes. */
  readonly orders: Map<OrderId, OrderWatch>
  readonly accounts: Map<string, AccountWatch>
  /** What was asked before this cannot prove anything: the clock was not right. */
  trustedFrom: number
  /** Trading was just stopped: with this input nothing leaves but cancels, and what protects is looked at as time passes. */
  isStopping: boolean
  /** Orders of which was said that what they protect lacks its stop, with the lots that were named. */
  readonly saidNaked: Map<OrderId, Lots>
  /** Exits that were refused when their time came, and when they are tried again. */
  readonly exitTries: Map<OrderId, { readonly nextAt: number; readonly waitMs: number }>
  /** Orders for the price of the moment that wait for another one. */
  readonly forNow: Set<OrderId>
  /** A mode that was asked for and waits for whole epochs of all accounts, asked after `since`. */
  resume: { readonly since: number; readonly input: ResumeWish } | undefined
}

export interface ResumeWish {
  readonly kind: 'resume-trading'
  readonly at: number
  readonly to: 'active' | 'reducing'
  readonly reason: string
  readonly actor: 'hand' | 'cli' | 'tray' | 'hotkey' | 'signal' | 'engine'
  readonly correlation?: string
}

export const createWatch = (accounts: readonly string[]): Watch => ({
  orders: new Map(),
  accounts: new Map(accounts.map((account) => [account, newAccountWatch()])),
  trustedFrom: 0,
  isStopping: false,
  saidNaked: new Map(),
  exitTries: new Map(),
  forNow: new Set(),
  resume: undefined,
})

const newAccountWatch = (): AccountWatch => ({
  epoch: undefined, wanted: undefined, lastAskedAt: 0, retryMs: 0, isClockUnsure: false, cleanAt: 0, toldAt: 0, stream: 'up', health: 'well', degradedAt: 0, killCleanAt: 0, quietUntil: 0, isKillProven: false, killDelaySaid: '', breaksSeen: '', breakRounds: 0,
})

export function watchOf(watch: Watch, order: OrderId): OrderWatch {
  let known = watch.orders.get(order)
  if (known === undefined) {
    known = {
      askedAt: 0, lastAskedAt: 0, stuckWaitMs: 0, firstNotFoundAt: 0, lastNotFoundAt: 0, notFound: 0, missingSince: 0, epochWithout: false, endedShownAt: 0, isCurious: false, changeSince: 0, ending: undefined,
    }
    watch.orders.set(order, known)
  }
  return known
}

export function forgetEvidence(known: OrderWatch): void {
  known.firstNotFoundAt = 0
  known.lastNotFoundAt = 0
  known.notFound = 0
  known.epochWithout = false
}
