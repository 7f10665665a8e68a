/** The face of the house's robots: fixed strategies as pure functions of prices, their own orders and what is held. They only ask. */
export { quoteBothSides } from './market-maker.ts'
export type { MakerSettings } from './market-maker.ts'
export { followTrend, trendBefore } from './trend-follower.ts'
export type { Trend, TrendSettings } from './trend-follower.ts'
export type { OwnOrder, RobotSight, RobotWish } from './robot.ts'
