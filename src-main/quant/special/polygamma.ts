/** B₂ₖ for k = 1, 2, ... */
const bernoulli = Float64Array.of(1 / 6, -1 / 30, 1 / 42, -1 / 30, 5 / 66, -691 / 2730, 7 / 6, -3617 / 510, 43867 / 798)
const asymptoticFrom = 12

/** d/dx ln Γ(x); not a number at the poles. */
export function digamma(x: number): number {
  if (x <= 0) {
    if (Number.isInteger(x) || x === -Infinity) return Number.NaN
    return digamma(1 - x) - Math.PI / Math.tan(Math.PI * (x - Math.round(x)))
  }
  let sum = 0
  let at = x
  while (at < asymptoticFrom) {
    sum -= 1 / at
    at += 1
  }
  const square = 1 / (at * at)
  let series = 0
  for (let k = bernoulli.length; k >= 1; k -= 1) series = (series + (bernoulli[k - 1] as number) / (2 * k)) * square
  return sum + Math.log(at) - 1 / (2 * at) - series
}

/** d²/dx² ln Γ(x); infinite at the poles. */
export function trigamma(x: number): number {
  if (x <= 0) {
    if (Number.isInteger(x) || x === -Infinity) return Infinity
    const sine = Math.sin(Math.PI * (x - Math.round(x)))
    return (Math.PI / sine) ** 2 - trigamma(1 - x)
  }
  let sum = 0
  let at = x
  while (at < asymptoticFrom) {
    sum += 1 / (at * at)
    at += 1
  }
  const square = 1 / (at * at)
  let series = 0
  for (let k = bernoulli.length; k >= 1; k -= 1) series = (series + (bernoulli[k - 1] as number)) * square
  return sum + (1 + 0.5 / at + series) / at
}
