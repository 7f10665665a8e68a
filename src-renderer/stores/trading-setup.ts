import { create } from 'zustand'
import type { BridgeError, TradableView, TradingSetupView } from '../../src-preload/contract/index.ts'
import type { ScreenBridge } from '../bridge/screen-bridge.ts'
import type { PriceStep } from '../format/price.ts'

export interface TradingSetupFacts {
  /** What can be traded, on which accounts, within which limits; undefined until the engine has said it. */
  readonly setup: TradingSetupView | undefined
  readonly error: BridgeError | undefined
}

export const useTradingSetup = create<TradingSetupFacts>()(() => ({ setup: undefined, error: undefined }))

export async function askTradingSetup(bridge: ScreenBridge): Promise<void> {
  const reply = await bridge.call('trading.setup', {})
  if (reply.ok) useTradingSetup.setState({ setup: reply.value, error: undefined })
  // One of an earlier answer stays: what can be traded does not change because a line broke.
  else if (useTradingSetup.getState().setup === undefined) useTradingSetup.setState({ error: reply.error })
}

const followed = new WeakSet<ScreenBridge>()

/** Asked for once it is wanted, and on each new line: another engine may have other limits. */
export function followTradingSetup(bridge: ScreenBridge): void {
  if (followed.has(bridge)) return
  followed.add(bridge)
  bridge.onState((state) => {
    if (state === 'open') void askTradingSetup(bridge)
  })
}

export const tradableIn = (setup: TradingSetupView | undefined, instrument: string): TradableView | undefined =>
  setup?.tradables.find((each) => each.instrument === instrument)

/** What one minor unit of an asset is worth. */
export function unitOf(setup: TradingSetupView | undefined, asset: string | null): PriceStep | undefined {
  const found = setup?.assets.find(({ id }) => id === asset)
  return found === undefined ? undefined : { units: 1, decimals: found.decimals }
}
