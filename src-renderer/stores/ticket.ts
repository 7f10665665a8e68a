import { create } from 'zustand'
import type { ScreenBridge } from '../bridge/screen-bridge.ts'
import { emptyDraft, type TicketDraft } from './ticket-draft.ts'
import type { TicketWish } from './ticket-wish.ts'
import { askTrade, isUncertain, newClientKey, type HandActor, type HandAnswer } from './trading-hand.ts'

/**
 * The ticket. It must never turn two presses into two orders.
 * Invariants: 1 a draft has one key, and every press for it carries that one, until it was answered or changed; 2 while an answer is awaited, no press
 * asks; 3 what was answered stays in sight until the next draft begins.
 */
export interface Sent {
  /** The order in full, as the button said it. */
  readonly sentence: string
  readonly instrument: string
  readonly at: number
  /** Undefined while it is awaited. */
  readonly answer: HandAnswer | undefined
}

export interface TicketFacts {
  /** One for each instrument: prices and sizes of one mean nothing for another. */
  readonly drafts: ReadonlyMap<string, TicketDraft>
  /** Of the draft as it is; undefined before its first press. */
  readonly clientKey: string | undefined
  readonly sent: Sent | undefined
  /** The draft was answered: the next press begins another, and is asked for by its own word. */
  readonly isDone: boolean
}

const atRest: TicketFacts = { drafts: new Map(), clientKey: undefined, sent: undefined, isDone: false }

export const useTicket = create<TicketFacts>()(() => atRest)

export const resetTicket = (): void => useTicket.setState(atRest)

export const draftOf = ({ drafts }: Pick<TicketFacts, 'drafts'>, instrument: string): TicketDraft => drafts.get(instrument) ?? emptyDraft

/** Another draft from here on: it has no key yet. While an answer is awaited what was sent stays as it is. */
export function changeDraft(instrument: string, change: Partial<TicketDraft>): void {
  useTicket.setState((facts) => {
    const drafts = new Map(facts.drafts)
    drafts.set(instrument, { ...draftOf(facts, instrument), ...change })
    const isAwaited = facts.sent !== undefined && facts.sent.answer === undefined
    return isAwaited ? { drafts } : { drafts, clientKey: undefined, isDone: false }
  })
}

/** The same once more, as an order of its own. */
export const beginAnew = (): void => useTicket.setState({ clientKey: undefined, sent: undefined, isDone: false })

export const isAwaited = ({ sent }: TicketFacts): boolean => sent !== undefined && sent.answer === undefined

/** What is done for one instrument says nothing of the draft for another. */
export const isDoneFor = ({ isDone, sent }: Pick<TicketFacts, 'isDone' | 'sent'>, instrument: string): boolean => isDone && sent?.instrument === instrument

/** A press. False where it asked for nothing: an answer is awaited, or this draft was answered already. */
export async function sendTicket(
  bridge: ScreenBridge, { wish, sentence, instrument, actor }: { readonly wish: TicketWish; readonly sentence: string; readonly instrument: string; readonly actor: HandActor },
  now: number,
): Promise<boolean> {
  const facts = useTicket.getState()
  if (isAwaited(facts) || isDoneFor(facts, instrument)) return false
  const draft = draftOf(facts, instrument)
  const clientKey = (facts.sent?.instrument === instrument ? facts.clientKey : undefined) ?? newClientKey()
  const sent: Sent = { sentence, instrument, at: now, answer: undefined }
  useTicket.setState({ clientKey, sent })
  const answer = wish.of === 'place'
    ? await askTrade(bridge, 'trading.place', { order: wish.order }, clientKey, actor)
    : await askTrade(bridge, 'trading.place-group', { group: wish.group, orders: wish.orders }, clientKey, actor)
  const isSameDraft = draftOf(useTicket.getState(), instrument) === draft
  // What is not known to have been decided keeps its key: asked again, it is the same order.
  const keepsKey = isSameDraft && isUncertain(answer)
  useTicket.setState({ sent: { ...sent, answer }, isDone: isSameDraft && answer.ok && answer.value.verdict.ok, clientKey: keepsKey ? clientKey : undefined })
  return true
}
