/** The face of the policy's files: what the trader asks for, what is in force, and how the one follows the other. */
export { inForcePath, lookAtPolicy, riskPolicyPath } from './policy-file.ts'
export type { PolicyLook } from './policy-file.ts'
export { openRiskPolicy } from './open-risk-policy.ts'
export type { ApprovedPolicy, OpenedRiskPolicy, OpenRiskPolicyOptions, RiskPolicyEvent } from './open-risk-policy.ts'
