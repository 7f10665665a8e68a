/**
 * Which demo market the venue follows, and how that market's time goes with the wall's: whoever shows the market may let it stand
 * still or run faster. The exchange's own time, with all latencies and deadlines, stays the wall's.
 */
export interface MarketPace {
  readonly seed: number
  /** As the demo market takes it; absent: each instrument at its own. */
  readonly intensity?: number
  readonly anchorWall: number
  readonly anchorMarket: number
  /** 0 stands still. */
  readonly speed: number
}

export const marketTimeAt = ({ anchorWall, anchorMarket, speed }: MarketPace, wall: number): number =>
  Math.floor(anchorMarket + (wall - anchorWall) * speed)
