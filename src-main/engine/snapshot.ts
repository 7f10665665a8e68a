import type { EngineMode, ModeState, OrderId } from '../domain/index.ts'
import type { AccountBooksSnapshot } from './accounting/index.ts'
import type { CommandAnswer } from './command-memory.ts'
import type { Core } from './core.ts'
import { placeKey, tradeKeyOf, venueOrderKey } from './engine-state.ts'
import type { AccountState, BreakState, EngineState } from './engine-state.ts'
import { feedEverything, feedOrder } from './exposure-feed.ts'
import { isDoubted, isLive } from './our-order.ts'
import type { OurOrder } from './our-order.ts'

/** Plain data, in the order in which it came to be: the same events make the same bytes of `canonicalJson`. */
export interface AccountSnapshot {
  readonly id: string
  readonly epoch: number
  readonly cleanAt: number
  readonly hasOpening: boolean
  readonly openedUpTo: number
  readonly openedAtLeast: number
  readonly forgottenUpTo: number
  readonly breaks: readonly BreakState[]
  readonly references: readonly string[]
  readonly books: AccountBooksSnapshot
}

export interface EngineSnapshot {
  readonly lastSequence: number
  readonly mode: ModeState
  readonly modeBefore: Extract<EngineMode, 'active' | 'reducing'>
  readonly sendEpoch: number
  readonly clockAheadMs: number
  readonly runStartedAt: number
  readonly idsMade: number
  readonly orders: readonly OurOrder[]
  readonly endedGroups: readonly string[]
  /** In the order of their ends. */
  readonly ended: readonly OrderId[]
  /** Trades that came again with other numbers. */
  readonly conflicted: readonly string[]
  readonly commands: readonly CommandAnswer[]
  readonly accounts: readonly AccountSnapshot[]
}

export function snapshotOf({ state, numbering }: Core): EngineSnapshot {
  const { mode, modeBefore, sendEpoch, clockAheadMs, runStartedAt, idsMade } = state
  return {
    lastSequence: numbering.last,
    mode, modeBefore, sendEpoch, clockAheadMs, runStartedAt, idsMade,
    orders: [...state.orders.values()].map((order) => ({ ...order, fills: [...order.fills] })),
    endedGroups: [...state.endedGroups],
    ended: state.ended.slice(state.endedFirst),
    conflicted: [...state.trades].flatMap(([key, { isConflicted }]) => (isConflicted ? [key] : [])).sort(),
    commands: state.commands.snapshot(),
    accounts: [...state.accounts.values()].map(accountSnapshot),
  }
}

const accountSnapshot = ({ id, epoch, cleanAt, hasOpening, openedUpTo, openedAtLeast, forgottenUpTo, breaks, references, books }: AccountState): AccountSnapshot => ({
  id, epoch, cleanAt, hasOpening, openedUpTo, openedAtLeast, forgottenUpTo, breaks: [...breaks.values()], references: [...references], books: books.snapshot(),
})

/** Into an engine that was just made; the books of its accounts were restored with it. */
export function restoreState(core: Core, past: EngineSnapshot): void {
  const { state } = core
  state.mode = past.mode
  state.modeBefore = past.modeBefore
  state.sendEpoch = past.sendEpoch
  state.clockAheadMs = past.clockAheadMs
  state.runStartedAt = past.runStartedAt
  state.idsMade = past.idsMade
  for (const order of past.orders) restoreOrder(state, { ...order, fills: [...order.fills] })
  state.ended.push(...past.ended)
  for (const group of past.endedGroups) state.endedGroups.add(group)
  for (const key of past.conflicted) {
    const known = state.trades.get(key)
    if (known !== undefined) known.isConflicted = true
  }
  state.commands.restore(past.commands)
  for (const account of past.accounts) restoreAccount(state, account)
  restoreBeside(core)
}

function restoreOrder(state: EngineState, order: OurOrder): void {
  const { id, spec, link, onBehalfOf, venueOrder } = order
  state.orders.set(id, order)
  if (isDoubted(order.status)) state.doubted += 1
  if (order.status === 'held' && order.heldFor === 'replaced') state.replacedHeld += 1
  if (isLive(order)) {
    state.live.set(id, order)
    const key = placeKey(spec.account, spec.instrument)
    const place = state.liveIn.get(key) ?? new Map<OrderId, OurOrder>()
    state.liveIn.set(key, place.set(id, order))
  }
  if (onBehalfOf !== undefined) state.pieces.set(onBehalfOf, [...(state.pieces.get(onBehalfOf) ?? []), id])
  if (link !== undefined) state.groups.set(link.group, [...(state.groups.get(link.group) ?? []), id])
  const key = venueOrder === undefined ? undefined : venueOrderKey(spec.account, spec.instrument, venueOrder)
  // What was taken for somebody else's, and turned out to be ours, is ours.
  if (key !== undefined && !(order.isExternal && state.byVenueOrder.has(key))) state.byVenueOrder.set(key, id)
  for (const { trade } of order.fills) state.trades.set(tradeKeyOf(spec.account, trade), { order: id, trade, isConflicted: false })
}

function restoreAccount(state: EngineState, past: AccountSnapshot): void {
  const account = state.accounts.get(past.id)
  if (account === undefined) return
  account.epoch = past.epoch
  account.cleanAt = past.cleanAt
  account.hasOpening = past.hasOpening
  account.openedUpTo = past.openedUpTo
  account.openedAtLeast = past.openedAtLeast
  account.forgottenUpTo = past.forgottenUpTo
  for (const known of past.breaks) account.breaks.set(`${known.what}|${known.instrument ?? ''}`, known)
  for (const reference of past.references) account.references.add(reference)
}

/** What is kept beside the state and follows from it. */
function restoreBeside(core: Core): void {
  for (const account of core.state.accounts.keys()) feedEverything(core, account)
  for (const order of core.state.orders.values()) {
    const book = core.risk.get(order.spec.account)
    const tradable = core.tradables.get(order.spec.instrument)
    core.contingencies.touched(order.id)
    if (book === undefined || tradable === undefined) continue
    feedOrder(book, order, tradable)
  }
  // What was held for long left after orders that are younger: by the wrong order their times would be taken for a clock that went back.
  const sent = [...core.state.orders.values()].filter(({ sentAt }) => sentAt > 0).sort((a, b) => a.sentAt - b.sentAt)
  for (const { spec, sentAt } of sent) core.risk.get(spec.account)?.countSent(sentAt)
}

/** Keys in alphabetical order, so that how an object was built leaves no trace. What is undefined is not there. */
export const canonicalJson = (value: unknown): string => {
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null'
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  const members = Object.entries(value).filter(([, member]) => member !== undefined).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`).join(',')}}`
}
