/** The face of the portfolio methods: weights from returns. All of them are fully invested, and none knows of money or venues. */
export { portfolioEntries } from './portfolio-entries.ts'
export { sampleMoments } from './moments.ts'
export type { Moments } from './moments.ts'
export type { PortfolioConstraints, WeightGroup } from './constraints.ts'
export { linkages } from './hierarchical-clustering.ts'
export type { Linkage } from './hierarchical-clustering.ts'
export { hierarchicalRiskParity, hierarchyDistances } from './hierarchical-risk-parity.ts'
export type { HierarchicalWeights, HierarchyChoice, HierarchyDistance } from './hierarchical-risk-parity.ts'
export { contributionsOf, riskParity } from './risk-parity.ts'
export type { RiskParityWeights } from './risk-parity.ts'
export {
  inverseVolatility, maximumDiversification, maximumSharpe, meanVarianceTarget, minimumVariance,
} from './optimal-weights.ts'
export type { DiversifiedWeights, SharpeChoice, SharpeWeights, TargetChoice, VarianceWeights } from './optimal-weights.ts'
export { minimumCvar } from './minimum-cvar.ts'
export type { CvarChoice, CvarWeights } from './minimum-cvar.ts'
export { blackLitterman } from './black-litterman.ts'
export type { BlackLittermanMeans, BlackLittermanViews } from './black-litterman.ts'
