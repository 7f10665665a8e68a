import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'
import { ensureDefined } from '../../base/index.ts'
import type { JournalHead } from './journal-trouble.ts'
import { writeU64 } from './u64.ts'

/** The data keys of the vault: 32 bytes for each epoch from 1 to the newest. */
export interface JournalKeys {
  readonly newestEpoch: number
  keyOf(epoch: number): Buffer | undefined
}

/** What one segment is encrypted and its header authenticated with: no two segments share a key. */
export interface SegmentKeys {
  readonly frames: Buffer
  readonly header: Buffer
}

const derive = (dataKey: Buffer, salt: Buffer, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', dataKey, salt, `ballast journal ${purpose}`, 32))

const noSalt = Buffer.alloc(0)

export const segmentKeys = (dataKey: Buffer, salt: Buffer): SegmentKeys => ({
  frames: derive(dataKey, salt, 'frames'),
  header: derive(dataKey, salt, 'header'),
})

export const keyCheckBytes = 16

/** Tells a wrong key from a damaged header, so it rests on nothing else of the header; says nothing about the key itself. */
export const keyCheck = (dataKey: Buffer): Buffer => derive(dataKey, noSalt, 'key check').subarray(0, keyCheckBytes)

/** Heads outlive the change of keys, so they always rest on the first. */
export function anchorKey(keys: JournalKeys): Buffer {
  return derive(ensureDefined(keys.keyOf(1), 'the data key of epoch 1'), noSalt, 'anchor')
}

export const exportKey = (keys: JournalKeys): Buffer =>
  derive(ensureDefined(keys.keyOf(1), 'the data key of epoch 1'), noSalt, 'export')

export function headOf(key: Buffer, sequence: number, hash: Uint8Array): JournalHead {
  const number = Buffer.alloc(8)
  writeU64(number, sequence, 0)
  return { sequence, mac: createHmac('sha256', key).update(number).update(hash).digest('hex') }
}

export function isSameMac(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left, 'hex'), Buffer.from(right, 'hex')]
  return a.length === 32 && b.length === 32 && timingSafeEqual(a, b)
}

/** Across a thread's border, where a function cannot go. Copied, for a small Buffer brings the whole pool it lies in. */
export const keysAsList = (keys: JournalKeys): readonly (Uint8Array | undefined)[] =>
  Array.from({ length: keys.newestEpoch }, (_each, index) => {
    const key = keys.keyOf(index + 1)
    return key === undefined ? undefined : new Uint8Array(key)
  })

export const keysFromList = (list: readonly (Uint8Array | undefined)[]): JournalKeys => ({
  newestEpoch: list.length,
  keyOf: (epoch) => {
    const key = list[epoch - 1]
    return key === undefined ? undefined : Buffer.from(key.buffer, key.byteOffset, key.byteLength)
  },
})
