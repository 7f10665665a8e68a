import { create } from 'zustand'
import type { BridgeError, EquityPoint } from '../../src-preload/contract/index.ts'
import type { ScreenBridge } from '../bridge/screen-bridge.ts'
import { createHold } from './market-hold.ts'
import { engineWallMs, useEngineClock } from './engine-clock.ts'

export const equitySpans = ['day', 'week', 'month', 'year'] as const
export type EquitySpan = (typeof equitySpans)[number]

const dayMs = 86_400_000
const spanMs: Readonly<Record<EquitySpan, number>> = { day: dayMs, week: 7 * dayMs, month: 31 * dayMs, year: 366 * dayMs }
/** As many as a plot has pixels. */
const pointsMax = 1_000
/** It is written down once a minute. */
const askEveryMs = 15_000

export interface EquityFacts {
  readonly span: EquitySpan
  readonly asset: string | undefined
  /** Undefined until they have come. */
  readonly points: readonly EquityPoint[] | undefined
  readonly error: BridgeError | undefined
}

export const useEquity = create<EquityFacts>()(() => ({ span: 'day', asset: undefined, points: undefined, error: undefined }))

async function askEquity(bridge: ScreenBridge): Promise<void> {
  const { span } = useEquity.getState()
  const until = engineWallMs(useEngineClock.getState(), performance.now()) ?? Date.now()
  const reply = await bridge.call('trading.equity', { since: Math.max(0, Math.floor(until) - spanMs[span]), until: Math.ceil(until), points: pointsMax })
  // Another span may have been chosen meanwhile.
  if (useEquity.getState().span !== span) return
  if (reply.ok) useEquity.setState({ asset: reply.value.asset, points: reply.value.points, error: undefined })
  else useEquity.setState({ error: reply.error })
}

/** How the equity went, as it is on record, is asked for again and again while somebody looks. */
export const holdEquity = createHold((bridge) => {
  const go = (): void => {
    if (bridge.state === 'open') void askEquity(bridge)
  }
  go()
  const timer = setInterval(go, askEveryMs)
  const endSpans = useEquity.subscribe((facts, before) => {
    if (facts.span !== before.span) go()
  })
  return () => {
    clearInterval(timer)
    endSpans()
    useEquity.setState({ points: undefined, error: undefined })
  }
})

export const chooseEquitySpan = (span: EquitySpan): void => useEquity.setState({ span, points: undefined })
