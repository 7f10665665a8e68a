import type { EpochReported, ModeState, ProgramStarted } from '../domain/index.ts'
import { cancelOrder } from './cancels.ts'
import { accountWatch, ask, decide, orderWatch } from './core.ts'
import type { Core } from './core.ts'
import { beginDoubt, doubtClock } from './doubts.ts'
import { askEpoch, wantEpoch } from './epochs.ts'
import { proveKill } from './kill-proof.ts'
import { cancelLeftovers, cancelRisk } from './halting.ts'
import type { EngineInput } from './mode-machine.ts'
import { countOf, runStartOf } from './order-ids.ts'
import { isFull } from './our-order.ts'
import type { OurOrder } from './our-order.ts'
import { isKill, isStill } from './mode-transitions.ts'
import type { ResumeWish } from './watch.ts'

/**
 * A start, a crash and a resume are one path: nothing is let go before the venue's word has been compared with the books.
 * Invariants: 1 what was in flight when the program ended is unknown, never sent again; 2 a start leaves `starting` by itself only after a clean round for every
 * account, and a resume from `halted` waits for one that was asked since; 3 what was stopped stays stopped.
 */
export function start(core: Core, input: ProgramStarted): void {
  const left = stillerOf(input.left, core.state.mode, core.watch.accounts.size > 0)
  const lost = lostCommands(core)
  const { left: _given, ...rest } = input
  judgeMode(core, left === undefined ? rest : { ...rest, left })
  for (const commandId of lost) decide(core, { kind: 'command-lost', commandId, detail: 'The program ended before anything came of it.' })
  doubtClock(core)
  for (const order of [...core.state.live.values()]) recoverOrder(core, order)
  // A cancel needs no record, so that of the stop itself may be all that is left of it.
  cancelLeftovers(core)
  for (const account of core.watch.accounts.keys()) askEpoch(core, account, 'the program started')
}

/**
 * The latch may not have reached the disk, or the journal not: whichever says that it was stopped is believed. But that a kill is proven only the
 * journal can say: without its word the proof begins anew.
 */
const stillerOf = (left: ModeState | undefined, replayed: ModeState, hasAccounts: boolean): ModeState | undefined => {
  if (isKill(replayed.mode)) return replayed
  if (left !== undefined && isKill(left.mode)) return hasAccounts ? { ...left, mode: 'killing' } : left
  return left === undefined && isStill(replayed.mode) ? replayed : left
}

/** Those whose answer names orders of the last run that were never intended: their ids are past the last one that was. */
function lostCommands({ state }: Core): readonly string[] {
  const lost: string[] = []
  for (const { commandId, orders } of state.commands.answers()) {
    if (orders.some((id) => runStartOf(id) === state.runStartedAt && countOf(id) >= state.idsMade)) lost.push(commandId)
  }
  return lost
}

function recoverOrder(core: Core, order: OurOrder): void {
  if (order.status === 'intent') {
    // Its sending was not durable, so nothing of it left.
    decide(core, { kind: 'order-canceled', order: order.id, by: 'engine', why: 'the program ended before anything left for it' })
    return
  }
  if (order.status === 'sending') beginDoubt(core, order, 'the program ended while it was in flight')
  if (order.cancel === 'sending') decide(core, { kind: 'cancel-changed', order: order.id, to: 'unknown', detail: 'the program ended while it was in flight' })
  if (order.amend === 'sending') {
    decide(core, { kind: 'amend-changed', order: order.id, to: 'unknown', amendment: order.amendment, detail: 'the program ended while it was in flight' })
  }
  // Since when it waits is not on record: it may still be on its way for as long as if it had just left.
  if (order.amend !== 'none') orderWatch(core, order).changeSince = core.at
  if (order.status === 'held' && isFull(order)) {
    // The record of its end was lost behind that of the last fill.
    decide(core, { kind: 'order-completed', order: order.id })
    return
  }
  // The record of its end may have been lost after that of the last piece.
  if (order.status === 'held' && order.isCancelWanted) cancelOrder(core, order, { by: 'engine', why: 'it was being canceled when the program ended' })
  if (order.status !== 'held') orderWatch(core, order).isCurious = true
}

/** What an input makes of the mode, with what follows from it. */
export function judgeMode(core: Core, input: EngineInput): void {
  const before = core.state.mode.mode
  const { decisions, requests } = core.modes.judge(core.state.mode, input)
  for (const decision of decisions) decide(core, decision)
  const after = core.state.mode.mode
  if (after !== before && isStill(after) && input.kind !== 'program-started') {
    core.watch.resume = undefined
    core.watch.isStopping = true
    cancelRisk(core, isKill(after) ? 'trading was killed' : 'trading was halted')
    for (const account of core.watch.accounts.keys()) wantEpoch(core, account, `trading is ${after}`)
  }
  for (const request of requests) ask(core, request)
}

/** Resuming from where nothing is sent needs the venue's word first. */
export function resume(core: Core, input: ResumeWish): void {
  const { mode } = core.state.mode
  const isWaiting = mode === 'starting' || mode === 'halted'
  if (!isWaiting || core.watch.accounts.size === 0 || !core.modes.mayResume(core.state.mode, input.to)) return judgeMode(core, input)
  core.watch.resume = { since: mode === 'halted' ? core.state.mode.since : 0, input }
  if (!arriveIfKnown(core)) for (const account of core.watch.accounts.keys()) wantEpoch(core, account, 'trading is to be resumed')
}

export function noteWholeEpoch(core: Core, epoch: EpochReported, isClean: boolean): void {
  const { account, askedAt } = epoch
  const watched = accountWatch(core, account)
  watched.toldAt = askedAt
  if (isClean) {
    watched.cleanAt = askedAt
    watched.isClockUnsure = false
  }
  proveKill(core, epoch, isClean)
  arriveIfKnown(core)
}

function arriveIfKnown(core: Core): boolean {
  const { resume: wish, accounts } = core.watch
  const { mode } = core.state.mode
  if (wish === undefined && mode !== 'starting') return false
  const since = wish?.since ?? 0
  // Instruments with a difference may only reduce in any case, so a person may go on beside them; a start by itself may not.
  for (const { cleanAt, toldAt } of accounts.values()) {
    if ((wish === undefined ? cleanAt : toldAt) <= since) return false
  }
  core.watch.resume = undefined
  if (wish === undefined) arriveFromStart(core)
  else judgeMode(core, { ...wish.input, at: core.at })
  return true
}

function arriveFromStart(core: Core): void {
  const wanted = core.setup.afterCleanStart === 'previous' ? core.state.modeBefore : 'reducing'
  const to = core.modes.mayResume(core.state.mode, wanted) ? wanted : 'reducing'
  if (!core.modes.mayResume(core.state.mode, to)) return
  decide(core, { kind: 'mode-changed', from: 'starting', to, reason: 'the start was clean', actor: 'engine' })
}

/** A resume that waited too long for the venue is refused, and somebody has to ask again. */
const resumePatienceMs = 120_000

export function lookAtResume(core: Core): void {
  const wish = core.watch.resume
  if (wish === undefined || core.at < wish.input.at + resumePatienceMs) return
  core.watch.resume = undefined
  decide(core, { kind: 'mode-refused', mode: core.state.mode.mode, wanted: wish.input.to, actor: wish.input.actor })
}
