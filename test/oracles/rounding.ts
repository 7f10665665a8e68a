/** Half to even, on bigints: the sign is taken off first, so that both directions round alike. */
export const divideHalfEven = (numerator: bigint, denominator: bigint): bigint => {
  if (denominator < 0n) return divideHalfEven(-numerator, -denominator)
  if (numerator < 0n) return -divideHalfEven(-numerator, denominator)
  const doubled = 2n * numerator
  const candidate = (doubled + denominator) / (2n * denominator)
  const isTie = (doubled + denominator) % (2n * denominator) === 0n
  return isTie && candidate % 2n === 1n ? candidate - 1n : candidate
}
