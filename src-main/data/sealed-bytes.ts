import { createHash } from 'node:crypto'

/** The numbers of a header, each at its place. */
export interface PlacedNumbers {
  /** Of 32 bits, without a sign. */
  readonly whole: readonly (readonly [place: number, value: number])[]
  readonly double: readonly (readonly [place: number, value: number])[]
}

export function putNumbers(bytes: Buffer, { whole, double }: PlacedNumbers): void {
  for (const [place, value] of whole) bytes.writeUInt32LE(value, place)
  for (const [place, value] of double) bytes.writeDoubleLE(value, place)
}

export const sha256 = (...parts: readonly Uint8Array[]): Buffer => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}
