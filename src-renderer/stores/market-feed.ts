import { create } from 'zustand'
import type { BridgeError, FeedView } from '../../src-preload/contract/index.ts'
import { createHold } from './market-hold.ts'

export interface FeedFacts {
  /** Undefined until the engine has said how its feed is. */
  readonly view: FeedView | undefined
  /** The page's monotonic milliseconds when it said so. */
  readonly heardAt: number
  readonly error: BridgeError | undefined
}

const nothingHeard: FeedFacts = { view: undefined, heardAt: 0, error: undefined }

export const useFeed = create<FeedFacts>()(() => nothingHeard)

/** The feed is told while somebody holds it. */
export const holdFeed = createHold((bridge) => {
  const hear = (view: FeedView): void => takeFeed(view, performance.now())
  const end = bridge.watch('market.feed', {}, {
    snapshot: hear,
    delta: hear,
    ended: (error) => useFeed.setState({ error }),
  })
  return () => {
    end()
    useFeed.setState(nothingHeard)
  }
})

export const takeFeed = (view: FeedView, now: number): void => useFeed.setState({ view, heardAt: now, error: undefined })

/** How much faster than ours the market's clock runs; 1 where it is not the demo market, or is not known. */
export const marketSpeed = (view: FeedView | undefined): number => {
  const speed = view?.demo?.speed ?? 1
  return speed > 0 ? speed : 1
}

/** How long its clock is carried on between two words of it, rather than go on by guess. */
const carriedMs = 2_000

/** The market's clock now: carried on from the last word while it runs. */
export function marketClock({ view, heardAt }: Pick<FeedFacts, 'view' | 'heardAt'>, now: number): number | undefined {
  if (view === undefined) return undefined
  if (view.state !== 'live') return view.at
  return view.at + Math.min(now - heardAt, carriedMs) * (view.demo?.speed ?? 1)
}
