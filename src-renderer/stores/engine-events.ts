import { create } from 'zustand'
import type { EngineEventView } from '../../src-preload/contract/index.ts'
import { appended } from './bounded.ts'

export const eventsKept = 1_000

export interface EventFacts {
  /** Oldest first. Undefined until the engine has said what it keeps. */
  readonly events: readonly EngineEventView[] | undefined
}

export const useEngineEvents = create<EventFacts>()(() => ({ events: undefined }))

/** Numbers go on from start to start, but books that are not kept begin anew; a number at a time does not repeat. */
export const eventKey = (event: EngineEventView): string => `${event.at}-${event.sequence}-${event.kind}`

export const takeEvent = (event: EngineEventView): void =>
  useEngineEvents.setState((facts) => ({ events: appended(facts.events ?? [], event, eventsKept) }))

export const takeEvents = (snapshot: readonly EngineEventView[]): void =>
  useEngineEvents.setState((facts) => ({ events: joinedEvents(facts.events ?? [], snapshot) }))

/**
 * A snapshot comes after every reconnection. Where it overlaps what is known, it wins; what only this page still knows -
 * the engine that crashed had decided it - stays in front.
 */
export function joinedEvents(
  known: readonly EngineEventView[], snapshot: readonly EngineEventView[],
): readonly EngineEventView[] {
  const inSnapshot = new Set(snapshot.map(eventKey))
  return [...known.filter((event) => !inSnapshot.has(eventKey(event))), ...snapshot].slice(-eventsKept)
}

/** Whether the engine was started anew between these two. */
export const isFirstOfEngine = (event: EngineEventView, before: EngineEventView | undefined): boolean =>
  before !== undefined && (event.kind === 'engine-started' || event.sequence <= before.sequence)
