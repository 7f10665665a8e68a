import type { CandleWindow } from '../../src-preload/contract/index.ts'
import type { ScreenBridge } from '../bridge/screen-bridge.ts'
import { createHold } from './market-hold.ts'
import { useInstrumentFacts } from './market-instruments.ts'

/** The closes of the last 24 hours of each instrument, oldest first, in ticks. */
const sparks = new Map<string, readonly number[]>()
const listeners = new Set<(instrument: string) => void>()

const dayMs = 86_400_000
/** 24 hours of quarters: more than a line of 60 pixels can show. */
const question = { timeframe: '15m', limit: 96 } as const
const renewMs = 60_000
const retryMs = 2_000

export const sparkOf = (instrument: string): readonly number[] | undefined => sparks.get(instrument)

export function onSparks(listener: (instrument: string) => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Only what lies within 24 hours of the newest: an equity has a night in between, and fewer of them. */
export function dayCloses({ time, close }: Pick<CandleWindow, 'time' | 'close'>): readonly number[] {
  const newest = time.at(-1) ?? 0
  return close.filter((_, nth) => newest - (time[nth] ?? 0) < dayMs)
}

/** Asked for one after the other, and anew each minute, while somebody holds them. */
export const holdSparks = createHold((bridge) => {
  let isOver = false
  let timer: ReturnType<typeof setTimeout> | undefined
  const round = async (): Promise<void> => {
    const isComplete = await askAll(bridge, () => isOver)
    if (!isOver) timer = setTimeout(() => void round(), isComplete ? renewMs : retryMs)
  }
  void round()
  return () => {
    isOver = true
    clearTimeout(timer)
    sparks.clear()
  }
})

async function askAll(bridge: ScreenBridge, isOver: () => boolean): Promise<boolean> {
  const { list } = useInstrumentFacts.getState()
  let answered = 0
  for (const { id } of list) {
    if (isOver() || bridge.state !== 'open') return false
    const reply = await bridge.call('market.candles', { instrument: id, ...question })
    if (isOver()) return false
    // A spark that is not there is a line less; the prices beside it are what counts.
    if (!reply.ok) continue
    sparks.set(id, dayCloses(reply.value))
    answered += 1
    for (const each of listeners) each(id)
  }
  return list.length > 0 && answered === list.length
}
