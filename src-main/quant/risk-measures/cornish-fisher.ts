import { excessKurtosisOf, skewOf, type SampleMoments } from '../numeric/index.ts'

/** The normal quantile bent by skewness and excess kurtosis (Cornish and Fisher 1938), to the order that risk figures use. */
export function cornishFisherQuantile(z: number, moments: SampleMoments): number {
  const skew = skewOf(moments)
  const square = z * z
  return z + ((square - 1) * skew) / 6 + ((square - 3) * z * excessKurtosisOf(moments)) / 24
    - ((2 * square - 5) * z * skew * skew) / 36
}

/**
 * Whether that quantile rises everywhere (Maillard 2012). Outside of this domain a higher level can give a smaller loss, so the
 * figure is not to be trusted and the historical one has to take its place.
 */
export function isCornishFisherMonotone(moments: SampleMoments): boolean {
  const skew = skewOf(moments)
  const kurtosis = excessKurtosisOf(moments)
  const bend = kurtosis / 8 - (skew * skew) / 6
  const base = 1 - kurtosis / 8 + (5 * skew * skew) / 36
  return bend >= 0 && base >= 0 && (skew * skew) / 9 <= 4 * bend * base
}
