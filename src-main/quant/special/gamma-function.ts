/** (ζ(k) - 1) / k for k = 2, 3, ...: the series of ln Γ(2 + w). */
const zetaCoefficients = Float64Array.of(
  0.3224670334241132, 0.06735230105319809, 0.020580808427784546, 0.007385551028673986, 0.0028905103307415234,
  0.001192753911703261, 0.0005096695247430425, 0.00022315475845357939, 0.00009945751278180853, 0.00004492623673813314,
  0.00002050721277567069, 0.000009439488275268397, 0.000004374866789907488, 0.000002039215753801366, 9.55141213040742e-7,
  4.492469198764566e-7, 2.1207184805554667e-7, 1.00432248239681e-7, 4.7698101693639804e-8, 2.2711094608943164e-8,
  1.0838659214896955e-8, 5.183475041970047e-9, 2.4836745438024785e-9, 1.1921401405860912e-9, 5.731367241678862e-10,
  2.7595228851242334e-10, 1.330476437424449e-10, 6.4229645638381e-11, 3.1044247747322276e-11, 1.5021384080754142e-11,
)
/** B₂ₖ / (2k (2k - 1)): the correction of Stirling's formula. */
const stirlingCoefficients = Float64Array.of(
  1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156, -3617 / 122400, 43867 / 244188,
)
const eulerGamma = 0.5772156649015329
const stirlingFrom = 12
const halfLogOfTwoPi = 0.9189385332046728

/** ln |Γ(x)|; infinite at the poles 0, -1, -2, ... */
export function logGamma(x: number): number {
  if (Number.isNaN(x)) return Number.NaN
  if (x <= 0) return Number.isInteger(x) || x === -Infinity ? Infinity : reflectedLogGamma(x)
  if (x === Infinity) return Infinity
  if (x < 0.5) return logGammaNearTwo(x + 1) - Math.log(x)
  if (x < 2.5) return logGammaNearTwo(x)
  if (x >= stirlingFrom) return (x - 0.5) * Math.log(x) - x + halfLogOfTwoPi + stirlingCorrection(x)
  let product = 1
  let at = x
  while (at >= 2.5) {
    at -= 1
    product *= at
  }
  return Math.log(product) + logGammaNearTwo(at)
}

/** Γ(x): not a number at its poles, infinite above 171.6. */
export function gamma(x: number): number {
  if (x < 0.5) {
    if (Number.isInteger(x)) return Number.NaN
    return Math.PI / (sineOfPi(x) * gamma(1 - x))
  }
  if (x > 171.63) return Infinity
  let product = 1
  let at = x
  while (at >= 1.5) {
    at -= 1
    product *= at
  }
  return product * Math.exp(logGammaNearTwo(at))
}

/** ln Γ(x) - ((x - 1/2) ln x - x + ln(2π) / 2), for x > 0. */
export function stirlingCorrection(x: number): number {
  if (x < stirlingFrom) return logGamma(x) - ((x - 0.5) * Math.log(x) - x + halfLogOfTwoPi)
  const square = 1 / (x * x)
  let sum = 0
  for (let at = stirlingCoefficients.length - 1; at >= 0; at -= 1) sum = sum * square + (stirlingCoefficients[at] as number)
  return sum / x
}

/** ln B(a, b) = ln Γ(a) + ln Γ(b) - ln Γ(a + b), without the cancellation between large arguments. */
export function logBeta(a: number, b: number): number {
  const small = Math.min(a, b)
  const large = Math.max(a, b)
  if (!(small > 0)) return small === 0 ? Infinity : Number.NaN
  if (large < stirlingFrom) return logGamma(small) + logGamma(large) - logGamma(small + large)
  const correction = stirlingCorrection(large) - stirlingCorrection(small + large)
  if (small < stirlingFrom) {
    return logGamma(small) + correction + small - small * Math.log(small + large) - (large - 0.5) * Math.log1p(small / large)
  }
  const share = small / (small + large)
  return -0.5 * Math.log(large) + halfLogOfTwoPi + stirlingCorrection(small) + correction
    + (small - 0.5) * Math.log(share) + large * Math.log1p(-share)
}

/** sin(πx) that is exact about the whole numbers, where x times a rounded π is not. */
function sineOfPi(x: number): number {
  const whole = Math.round(x)
  const sine = Math.sin(Math.PI * (x - whole))
  return whole % 2 === 0 ? sine : -sine
}

function reflectedLogGamma(x: number): number {
  return Math.log(Math.PI / Math.abs(sineOfPi(x))) - logGamma(1 - x)
}

/** For x from 0.5 to 2.5, exact about both zeros of the function. */
function logGammaNearTwo(x: number): number {
  const isNearOne = x < 1.5
  const w = isNearOne ? x - 1 : x - 2
  let sum = 0
  for (let at = zetaCoefficients.length - 1; at >= 0; at -= 1) sum = (zetaCoefficients[at] as number) - w * sum
  const fromTwo = w * (1 - eulerGamma) + w * w * sum
  return isNearOne ? fromTwo - Math.log1p(w) : fromTwo
}
