import { useEffect } from 'react'
import { create } from 'zustand'
import type { BridgeError, InstrumentView } from '../../src-preload/contract/index.ts'
import type { ScreenBridge } from '../bridge/screen-bridge.ts'
import { useScreen } from '../ui/screen-context.tsx'

export interface InstrumentFacts {
  /** `asking` until the engine has named them. */
  readonly state: 'asking' | 'known' | 'failed'
  readonly list: readonly InstrumentView[]
  readonly byId: ReadonlyMap<string, InstrumentView>
  readonly error: BridgeError | undefined
}

const nothingKnown: InstrumentFacts = { state: 'asking', list: [], byId: new Map(), error: undefined }

export const useInstrumentFacts = create<InstrumentFacts>()(() => nothingKnown)

export const instrumentOf = (id: string): InstrumentView | undefined => useInstrumentFacts.getState().byId.get(id)

/** What is known of them, and how to ask again. They are asked for when the first panel wants them, and on each new line. */
export function useInstruments(): InstrumentFacts {
  const { bridge } = useScreen()
  useEffect(() => followInstruments(bridge), [bridge])
  return useInstrumentFacts()
}

export function useInstrument(id: string | undefined): InstrumentView | undefined {
  const { bridge } = useScreen()
  useEffect(() => followInstruments(bridge), [bridge])
  return useInstrumentFacts((facts) => (id === undefined ? undefined : facts.byId.get(id)))
}

const followed = new WeakSet<ScreenBridge>()

/** They belong to the screen, not to a panel: once asked for, they are kept and followed. */
export function followInstruments(bridge: ScreenBridge): void {
  if (followed.has(bridge)) return
  followed.add(bridge)
  bridge.onState((state) => {
    if (state === 'open') void askInstruments(bridge)
  })
}

export async function askInstruments(bridge: ScreenBridge): Promise<void> {
  const reply = await bridge.call('market.instruments', {})
  if (reply.ok) return takeInstruments(reply.value.instruments)
  // Those of an earlier answer stay: instruments do not change because a line broke.
  if (useInstrumentFacts.getState().state !== 'known') useInstrumentFacts.setState({ state: 'failed', error: reply.error })
}

export const takeInstruments = (list: readonly InstrumentView[]): void =>
  useInstrumentFacts.setState({ state: 'known', list, byId: new Map(list.map((each) => [each.id, each])), error: undefined })

export const forgetInstruments = (): void => useInstrumentFacts.setState(nothingKnown)
