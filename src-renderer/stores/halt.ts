import { create } from 'zustand'
import {
  bridgeError, type BridgeError, type ConnectionState, type ModeState, type Reply,
} from '../../src-preload/contract/index.ts'
import { isRecord, jsonOf, keep, type KeptPlace } from './kept-text.ts'

/**
 * The halt as this screen asked for it. Invariants: 1 a press is never lost: without a line it waits for one, and it
 * outlives a reload of the page; 2 only the engine's word ends the asking; 3 a screen that can get no line at all says so
 * at once, because then nothing waits.
 */
export type HaltAsking =
  | { readonly kind: 'rest' }
  /** Pressed at `since` (wall clock), not answered yet. */
  | { readonly kind: 'asked'; readonly since: number }
  | { readonly kind: 'failed'; readonly error: BridgeError }

export const useHalt = create<{ readonly asking: HaltAsking }>()(() => ({ asking: { kind: 'rest' } }))

export const pendingHaltKey = 'ballast.pending-halt'

/** Longer than anybody waits: a halt that is no longer wanted is a closed tab. */
const haltPatienceMs = 24 * 60 * 60 * 1_000

/** A finger that trembles is one press; a second press after that is somebody who wants it sent again. */
const repeatMs = 1_000

export type HaltActor = 'hand' | 'hotkey'

export interface HaltWish {
  readonly key: string
  readonly reason: string
  readonly actor: HaltActor
  readonly since: number
}

export interface HaltParts {
  readonly send: (wish: HaltWish, timeoutMs: number) => Promise<Reply<ModeState>>
  readonly lineState: () => ConnectionState
  readonly place: KeptPlace
  readonly newKey: () => string
  readonly now: () => number
  readonly reason: () => string
  readonly halted: (state: ModeState) => void
}

export interface HaltControl {
  press(actor: HaltActor): void
  /** Takes up what was pressed before the page was loaded anew. */
  takeUp(): void
  dismissFailure(): void
}

export function createHaltControl(parts: HaltParts): HaltControl {
  const ask = async (wish: HaltWish): Promise<void> => {
    keep(parts.place, pendingHaltKey, JSON.stringify(wish))
    useHalt.setState({ asking: { kind: 'asked', since: wish.since } })
    const reply = await parts.send(wish, haltPatienceMs)
    if (reply.ok) parts.halted(reply.value)
    // A second press may still be on its way: the first answer speaks for both, a late failure for none.
    if (useHalt.getState().asking.kind !== 'asked') return
    parts.place.removeItem(pendingHaltKey)
    useHalt.setState({ asking: reply.ok ? { kind: 'rest' } : { kind: 'failed', error: reply.error } })
  }

  return {
    press(actor) {
      const { asking } = useHalt.getState()
      const line = parts.lineState()
      if (hasNoWayBack(line)) return useHalt.setState({ asking: { kind: 'failed', error: bridgeError('bridge.disconnected') } })
      if (asking.kind === 'asked' && (line !== 'open' || parts.now() - asking.since < repeatMs)) return
      void ask({ key: parts.newKey(), reason: parts.reason(), actor, since: parts.now() })
    },
    takeUp() {
      const text = parts.place.getItem(pendingHaltKey)
      const wish = text === null ? undefined : parseWish(jsonOf(text))
      if (wish === undefined) parts.place.removeItem(pendingHaltKey)
      else void ask(wish)
    },
    dismissFailure() {
      if (useHalt.getState().asking.kind === 'failed') useHalt.setState({ asking: { kind: 'rest' } })
    },
  }
}

/** A wrong token or a foreign version is not mended by waiting. */
export const hasNoWayBack = (line: ConnectionState): boolean => line === 'refused' || line === 'incompatible'

function parseWish(json: unknown): HaltWish | undefined {
  if (!isRecord(json)) return undefined
  const { key, reason, actor, since } = json
  if (typeof key !== 'string' || key.length < 8 || typeof reason !== 'string' || reason === '') return undefined
  return typeof since === 'number' && (actor === 'hand' || actor === 'hotkey') ? { key, reason, actor, since } : undefined
}
