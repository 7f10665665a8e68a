import type { BridgeError, TradeView } from '../../src-preload/contract/index.ts'
import { createHolds } from './market-hold.ts'

/** How many trades of one instrument this page remembers. */
export const tradesKept = 1_000

/** The last trades of an instrument, newest last, in a ring: the oldest make room. The same object as long as it is held. */
export interface HeardTrades {
  readonly ring: TradeView[]
  /** Where the next one goes, once the ring is full. */
  next: number
  /** All that came since it is held, kept or not. */
  count: number
  hasSnapshot: boolean
  error: BridgeError | undefined
}

const tapes = new Map<string, HeardTrades>()
const listeners = new Set<(instrument: string) => void>()

export const heardTrades = (instrument: string): HeardTrades | undefined => tapes.get(instrument)
export const noTrades = (): HeardTrades => ({ ring: [], next: 0, count: 0, hasSnapshot: false, error: undefined })

export function onTrades(listener: (instrument: string) => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

const tell = (instrument: string): void => {
  for (const each of listeners) each(instrument)
}

/** The trades of an instrument are followed while somebody holds them. */
export const tradesHold = createHolds((bridge, instrument) => {
  const heard = noTrades()
  tapes.set(instrument, heard)
  const end = bridge.watch('market.trades', { instrument }, {
    snapshot: ({ trades }) => {
      startTrades(heard, trades)
      tell(instrument)
    },
    delta: ({ trades }) => {
      addTrades(heard, trades)
      tell(instrument)
    },
    ended: (error) => {
      heard.error = error
      tell(instrument)
    },
  })
  return () => {
    end()
    tapes.delete(instrument)
  }
})

/** The state anew: what was kept may have holes before it, so it goes. */
export function startTrades(heard: HeardTrades, trades: readonly TradeView[]): void {
  heard.ring.length = 0
  heard.next = 0
  heard.hasSnapshot = true
  heard.error = undefined
  addTrades(heard, trades)
}

export function addTrades(heard: HeardTrades, trades: readonly TradeView[]): void {
  for (const trade of trades) {
    if (heard.ring.length < tradesKept) heard.ring.push(trade)
    else {
      heard.ring[heard.next] = trade
      heard.next = (heard.next + 1) % tradesKept
    }
  }
  heard.count += trades.length
}

/** The nth newest, from 0; undefined past the oldest that is kept. */
export function tradeBack({ ring, next }: Pick<HeardTrades, 'ring' | 'next'>, back: number): TradeView | undefined {
  if (back >= ring.length) return undefined
  return ring[(next - 1 - back + 2 * ring.length) % ring.length]
}
