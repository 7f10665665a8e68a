/** The largest magnitude of a number of which the difference to another one can still be written. */
export const varintMax = 2 ** 51

/** Whole numbers in as few bytes as they need: seven bits in each, the lowest first. Grows as it is written to. */
export class VarintWriter {
  #bytes: Uint8Array
  #at = 0

  constructor(capacity: number) {
    this.#bytes = new Uint8Array(capacity)
  }

  get length(): number {
    return this.#at
  }

  clear(): void {
    this.#at = 0
  }

  byte(value: number): void {
    this.#room(1)
    this.#bytes[this.#at++] = value
  }

  /** From 0 to 2^53 - 1. */
  unsigned(value: number): void {
    this.#room(8)
    let rest = value
    // Bit operators see 31 bits only; larger numbers are rare.
    while (rest > 0x7f_ff_ff_ff) {
      this.#bytes[this.#at++] = (rest % 128) | 128
      rest = Math.floor(rest / 128)
    }
    while (rest > 127) {
      this.#bytes[this.#at++] = (rest & 127) | 128
      rest >>>= 7
    }
    this.#bytes[this.#at++] = rest
  }

  /** From -2^52 to 2^52 - 1: small numbers of either sign stay small. */
  signed(value: number): void {
    this.unsigned(value >= 0 ? value * 2 : -value * 2 - 1)
  }

  text(value: string): void {
    const encoded = new TextEncoder().encode(value)
    this.unsigned(encoded.length)
    this.#room(encoded.length)
    this.#bytes.set(encoded, this.#at)
    this.#at += encoded.length
  }

  /** A copy of what was written. */
  taken(): Uint8Array {
    return this.#bytes.slice(0, this.#at)
  }

  #room(needed: number): void {
    if (this.#at + needed <= this.#bytes.length) return
    const grown = new Uint8Array(Math.max(this.#bytes.length * 2, this.#at + needed))
    grown.set(this.#bytes)
    this.#bytes = grown
  }
}

/** Reads what the writer wrote. It never throws: what cannot be read is 0, and `isBroken` from then on. */
export class VarintReader {
  readonly #bytes: Uint8Array
  #at = 0
  #isBroken = false

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  get isBroken(): boolean {
    return this.#isBroken
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#bytes.length
  }

  byte(): number {
    const value = this.#bytes[this.#at]
    if (value === undefined) return this.#broken()
    this.#at++
    return value
  }

  unsigned(): number {
    const first = this.#bytes[this.#at]
    if (first === undefined) return this.#broken()
    this.#at++
    return first < 128 ? first : this.#longer(first & 127)
  }

  signed(): number {
    const zigzag = this.unsigned()
    return zigzag % 2 === 0 ? zigzag / 2 : -(zigzag + 1) / 2
  }

  text(): string {
    const length = this.unsigned()
    if (this.#at + length > this.#bytes.length) return String(this.#broken())
    this.#at += length
    return new TextDecoder().decode(this.#bytes.subarray(this.#at - length, this.#at))
  }

  #longer(first: number): number {
    let value = first
    for (let scale = 128; scale <= 2 ** 49; scale *= 128) {
      const next = this.#bytes[this.#at]
      if (next === undefined) return this.#broken()
      this.#at++
      value += (next & 127) * scale
      if (next < 128) return value <= Number.MAX_SAFE_INTEGER ? value : this.#broken()
    }
    return this.#broken()
  }

  #broken(): number {
    this.#isBroken = true
    this.#at = this.#bytes.length
    return 0
  }
}
