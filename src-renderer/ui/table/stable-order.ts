/** Digits of sixteen bits: four passes order any number, and those in which all digits are the same are left out. */
const digitBits = 16
const digits = 1 << digitBits

/**
 * The places of the keys in their order; equal ones keep theirs, and what is not a number comes last either way. A hundred thousand
 * comparisons would take longer than a person waits, so the bits of the numbers are counted instead.
 */
export function stableOrder(keys: Float64Array, isDescending: boolean): Uint32Array {
  const { length } = keys
  const [high, low] = orderedBits(keys, isDescending)
  let places = new Uint32Array(length)
  for (let nth = 0; nth < length; nth += 1) places[nth] = nth
  let spare = new Uint32Array(length)
  const counts = new Uint32Array(digits)
  for (const { words, shift } of [{ words: low, shift: 0 }, { words: low, shift: digitBits }, { words: high, shift: 0 }, { words: high, shift: digitBits }]) {
    counts.fill(0)
    for (let nth = 0; nth < length; nth += 1) {
      const digit = ((words[nth] ?? 0) >>> shift) & (digits - 1)
      counts[digit] = (counts[digit] ?? 0) + 1
    }
    if (length === 0 || counts[((words[0] ?? 0) >>> shift) & (digits - 1)] === length) continue
    let before = 0
    for (let digit = 0; digit < digits; digit += 1) {
      const count = counts[digit] ?? 0
      counts[digit] = before
      before += count
    }
    for (let nth = 0; nth < length; nth += 1) {
      const place = places[nth] ?? 0
      const digit = ((words[place] ?? 0) >>> shift) & (digits - 1)
      const to = counts[digit] ?? 0
      spare[to] = place
      counts[digit] = to + 1
    }
    ;[places, spare] = [spare, places]
  }
  return places
}

/** The two halves of each number, turned so that they are ordered as whole numbers without a sign. */
function orderedBits(keys: Float64Array, isDescending: boolean): readonly [high: Uint32Array, low: Uint32Array] {
  const { length } = keys
  const [high, low] = [new Uint32Array(length), new Uint32Array(length)]
  const view = new DataView(new ArrayBuffer(8))
  for (let nth = 0; nth < length; nth += 1) {
    const key = keys[nth] ?? Number.NaN
    if (Number.isNaN(key)) {
      high[nth] = 0xffff_ffff
      low[nth] = 0xffff_ffff
      continue
    }
    // Nothing below zero is the same as nothing.
    view.setFloat64(0, key === 0 ? 0 : key)
    const isTurned = view.getUint32(0) >>> 31 === 1
    const [first, second] = [view.getUint32(0), view.getUint32(4)]
    const up = isTurned ? ~first : first | 0x8000_0000
    const rest = isTurned ? ~second : second
    high[nth] = isDescending ? ~up : up
    low[nth] = isDescending ? ~rest : rest
  }
  return [high, low]
}
