/**
 * The face of the special functions: everything with full double accuracy, tails without subtraction. Not a number in,
 * not a number out.
 */
export { erf, erfc, scaledErfc } from './error-function.ts'
export { gamma, logBeta, logGamma, stirlingCorrection } from './gamma-function.ts'
export { deviance } from './deviance.ts'
export { digamma, trigamma } from './polygamma.ts'
export { gammaFactor, gammaTails, inverseGammaP, inverseGammaQ, regularizedGammaP, regularizedGammaQ } from './incomplete-gamma.ts'
export type { Tails } from './incomplete-gamma.ts'
export { betaFactor, betaTails, inverseBetaShare, inverseBetaTail, inverseRegularizedBeta, regularizedBeta } from './incomplete-beta.ts'
export type { Share } from './incomplete-beta.ts'
export { normalCdf, normalLogSurvival, normalPdf, normalQuantile, normalSurvival } from './normal.ts'
export {
  normalTwoSided, studentTCdf, studentTLogPdf, studentTPdf, studentTQuantile, studentTSurvival, studentTTwoSided,
} from './student-t.ts'
export { chiSquareCdf, chiSquarePdf, chiSquareQuantile, chiSquareSurvival } from './chi-square.ts'
export { fCdf, fSurvival } from './fisher-f.ts'
export { kolmogorovCdf, kolmogorovCritical, kolmogorovSurvival } from './kolmogorov.ts'
export { monotoneRoot } from './monotone-root.ts'
export type { RisingFunction } from './monotone-root.ts'
