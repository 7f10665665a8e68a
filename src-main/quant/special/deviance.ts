/**
 * u - ln(1 + u) for u > -1. Near zero the difference would lose half of the digits, and the densities of large samples hang on
 * it: there ln(1 + u) = 2 artanh(r) with r = u / (2 + u), whose first term leaves u·r exactly. Near -1 the caller knows 1 + u
 * better than u can say it.
 */
export function deviance(u: number, onePlusU = 1 + u): number {
  if (Math.abs(u) > 0.4) return u - Math.log(onePlusU)
  const r = u / (2 + u)
  const square = r * r
  let sum = 0
  for (let odd = 27; odd >= 3; odd -= 2) sum = (sum + 1 / odd) * square
  return r * (u - 2 * sum)
}
