import { add, isMore, lotsFromRaw, subtract } from '../base/index.ts'
import type { CommandRefused, CommandTaken, EngineStarted, EpochClosed, ModeChanged } from '../domain/index.ts'
import { applyFill, applySuperseded } from './apply-size.ts'
import { applyAdoption, applyIntent, applyToOrder } from './apply-to-order.ts'
import { breakKey } from './engine-state.ts'
import type { AnyEvent, EngineState } from './engine-state.ts'
import { noteReference } from './forgetting.ts'
import { nextRunStart } from './order-ids.ts'
import { accountIn } from './state-lookups.ts'

/**
 * The fold: what an event makes of the state. It must never decide, and never look at anything but state and event.
 * Invariants: 1 journaled state is changed here, and in what this calls, and nowhere else; 2 the same events lead to the same state, byte for byte; 3 filled is the sum of
 * the fills that stand; 4 an order that ended stays ended, but for fills and for a correction that says so.
 */
export function apply(state: EngineState, event: AnyEvent): void {
  switch (event.kind) {
    case 'engine-started': return applyStart(state, event)
    case 'mode-changed': return applyMode(state, event)
    case 'clock-jumped': {
      state.clockAheadMs += event.byMs
      // What was done before is told in the times of the clock that is now in force.
      for (const account of event.byMs < 0 ? state.accounts.values() : []) {
        account.cleanAt = Math.max(0, account.cleanAt + event.byMs)
        // Of these two only what lies ahead of the new time was taken down in the old one.
        if (account.forgottenUpTo > event.at) account.forgottenUpTo = Math.max(0, account.forgottenUpTo + event.byMs)
        if (account.openedUpTo > event.at) account.openedUpTo = Math.max(account.openedAtLeast, account.openedUpTo + event.byMs)
      }
      shortenWaits(state, event.at)
      return
    }
    case 'mode-refused': case 'journal-troubled': case 'journal-recovered': return
    case 'command-taken': case 'command-refused': return applyCommand(state, event)
    case 'command-lost': {
      state.commands.lose(event.commandId, { rule: 'order.not-found', detail: event.detail })
      return
    }
    case 'order-intended': return applyIntent(state, event)
    case 'external-adopted': return applyAdoption(state, event)
    case 'order-filled': return applyFill(state, event)
    case 'fill-superseded': return applySuperseded(state, event)
    case 'trade-conflicted': return markConflict(state, event)
    case 'money-posted': {
      const account = accountIn(state, event.account)
      noteReference(account.references, event.posting.reference)
      account.books.applyPosting(event.posting, event.at)
      return
    }
    case 'position-split': {
      const account = accountIn(state, event.account)
      const { reference: id, ...split } = event.split
      noteReference(account.references, id)
      account.books.applySplit({ ...split, id }, event.at)
      return
    }
    case 'opening-taken': {
      const account = accountIn(state, event.account)
      account.hasOpening = true
      account.openedUpTo = event.upTo ?? event.at
      account.openedAtLeast = event.newest ?? 0
      account.books.takeOpening(event, event.at)
      return
    }
    case 'break-seen': {
      const { instrument, what, detail, at } = event
      accountIn(state, event.account).breaks.set(breakKey(what, instrument), { instrument, what, detail, since: at })
      return
    }
    case 'break-healed': {
      accountIn(state, event.account).breaks.delete(breakKey(event.what, event.instrument))
      return
    }
    case 'epoch-asked': {
      accountIn(state, event.account).epoch = event.epoch
      return
    }
    case 'epoch-closed': return applyEpoch(state, event)
    case 'group-ended': {
      state.endedGroups.add(event.group)
      noteGroupEnd(state, event.group)
      return
    }
    case 'self-trade-prevented': case 'kill-delayed': return
    default: return applyToOrder(state, event)
  }
}

function applyStart(state: EngineState, event: EngineStarted): void {
  state.runStartedAt = nextRunStart(state.runStartedAt, event.at)
  // The clock may have gone back while nobody looked.
  shortenWaits(state, event.at)
  state.idsMade = 0
  const { mode, reason, left } = event
  state.mode = { mode, since: left?.since ?? event.at, reason, actor: left?.actor ?? 'engine' }
}

/** A clock that went back must not make what is in doubt wait for as long as it went: from the jump on, the window is counted anew. */
function shortenWaits(state: EngineState, at: number): void {
  for (const order of state.live.values()) {
    if (order.sentAt <= at) continue
    order.validUntil = Math.min(order.validUntil, at + order.validUntil - order.sentAt)
    order.sentAt = at
    order.unknownSince = Math.min(order.unknownSince, at)
    order.changedAt = Math.min(order.changedAt, at)
  }
}

function applyMode(state: EngineState, { at, to, reason, actor }: ModeChanged): void {
  state.mode = { mode: to, since: at, reason, actor }
  if (to === 'active' || to === 'reducing') state.modeBefore = to
  else state.sendEpoch += 1
}

function applyCommand(state: EngineState, event: CommandTaken | CommandRefused): void {
  const { commandId, command, at } = event
  if (event.kind === 'command-taken') state.commands.keep({ commandId, command, at, orders: event.orders })
  else state.commands.keep({ commandId, command, at, orders: [], refusal: event.refusal })
}

function markConflict(state: EngineState, { trade: key }: Extract<AnyEvent, { readonly kind: 'trade-conflicted' }>): void {
  const known = state.trades.get(key)
  if (known !== undefined) known.isConflicted = true
}

function applyEpoch(state: EngineState, event: EpochClosed): void {
  const account = accountIn(state, event.account)
  // Rounds follow each other, so a clean one that seems older than the last was asked by a clock that went back.
  if (event.outcome === 'clean') account.cleanAt = event.askedAt ?? event.at
}

/** What was closed past the legs of a group that ended is not theirs to close again. */
function noteGroupEnd(state: EngineState, group: string): void {
  const members = (state.groups.get(group) ?? []).flatMap((id) => state.orders.get(id) ?? [])
  const entry = members.find(({ link }) => link?.role === 'parent')
  if (entry === undefined) return
  const traded = members.reduce((sum, { link, filled }) => (link?.role === 'child' ? add(sum, filled) : sum), lotsFromRaw(0))
  entry.leftAtGroupEnd = isMore(entry.filled, traded) ? subtract(entry.filled, traded) : lotsFromRaw(0)
}
