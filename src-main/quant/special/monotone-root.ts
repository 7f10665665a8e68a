export interface RisingFunction {
  /** Rises with x. */
  readonly valueAt: (x: number) => number
  readonly slopeAt: (x: number) => number
}

/**
 * The x with `valueAt(x) = 0` between two bounds: Newton's step where it stays inside of the bracket and shrinks it, halving
 * where it does not. The bracket is kept, so the search cannot run away. Not a number when the function has none on the way.
 */
export function monotoneRoot(rising: RisingFunction, bounds: readonly [number, number], start: number): number {
  let [low, high] = bounds
  let x = start > low && start < high ? start : (low + high) / 2
  let before = Infinity
  for (let step = 0; step < 200; step += 1) {
    const value = rising.valueAt(x)
    if (value === 0 || Number.isNaN(value)) return value === 0 ? x : Number.NaN
    if (value < 0) low = x
    else high = x
    const newton = x - value / rising.slopeAt(x)
    const next = newton > low && newton < high ? newton : (low + high) / 2
    if (Math.abs(next - x) <= 2 ** -52 * Math.abs(next) || next === low || next === high) return next
    // Newton's steps fall quadratically near a simple root: after one this small the next is below the last bit.
    if (next === newton && Math.abs(next - x) <= Math.min(1e-10 * Math.abs(next), 1e-3 * before)) return next
    before = Math.abs(next - x)
    x = next
  }
  return x
}
