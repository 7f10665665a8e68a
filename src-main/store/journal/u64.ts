import { assert } from '../../base/index.ts'

/** 64-bit numbers in two halves: a BigInt for each would be garbage on the path of every record. */
const half = 2 ** 32

export function writeU64(buffer: Buffer, value: number, offset: number): void {
  assert(Number.isSafeInteger(value) && value >= 0, 'expected a safe integer to write')
  buffer.writeUInt32LE(value % half, offset)
  buffer.writeUInt32LE(Math.floor(value / half), offset + 4)
}

/** More than a safe integer for bytes that no writer of ours has written. */
export const readU64 = (buffer: Buffer, offset: number): number =>
  buffer.readUInt32LE(offset) + buffer.readUInt32LE(offset + 4) * half
