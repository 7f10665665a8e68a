import { createHmac } from 'node:crypto'
import { readU64, writeU64 } from './u64.ts'

/**
 * One file that holds a journal: a start of 64 bytes, each segment behind an entry of 32, and an end of 128 which counts,
 * hashes and signs all that is before it.
 */
export const startBytes = 64
export const entryBytes = 32
export const endBytes = 128
const startMagic = Buffer.from('BLSTJX01', 'latin1')
const entryMagic = Buffer.from('SEGM', 'latin1')
const endMagic = Buffer.from('HEAD', 'latin1')

export function exportStart(journalIdHash: Buffer): Buffer {
  const bytes = Buffer.alloc(startBytes)
  startMagic.copy(bytes)
  journalIdHash.copy(bytes, 8)
  return bytes
}

export const isExportStart = (bytes: Buffer): boolean =>
  bytes.length === startBytes && bytes.subarray(0, 8).equals(startMagic) && bytes.subarray(40).every((byte) => byte === 0)

export const journalIdHashOfStart = (bytes: Buffer): Buffer => Buffer.from(bytes.subarray(8, 40))

export interface ExportEntry {
  readonly number: number
  readonly length: number
}

export function exportEntry({ number, length }: ExportEntry): Buffer {
  const bytes = Buffer.alloc(entryBytes)
  entryMagic.copy(bytes)
  writeU64(bytes, number, 8)
  writeU64(bytes, length, 16)
  return bytes
}

export function readExportEntry(bytes: Buffer): ExportEntry | undefined {
  if (bytes.length !== entryBytes || !bytes.subarray(0, 4).equals(entryMagic)) return undefined
  const entry = { number: readU64(bytes, 8), length: readU64(bytes, 16) }
  if (!Number.isSafeInteger(entry.number) || !Number.isSafeInteger(entry.length)) return undefined
  return exportEntry(entry).equals(bytes) ? entry : undefined
}

export const isExportEnd = (bytes: Buffer): boolean => bytes.subarray(0, 4).equals(endMagic)

export interface ExportEnd {
  readonly segments: number
  readonly records: number
  /** Of the whole file. */
  readonly bytes: number
  readonly recordsHash: Buffer
  /** SHA-256 over everything before the end. */
  readonly hash: Buffer
}

/** Made anew and compared as a whole, so that no byte of it can be another. */
export function exportEnd({ segments, records, bytes: length, recordsHash, hash }: ExportEnd, key: Buffer): Buffer {
  const bytes = Buffer.alloc(endBytes)
  endMagic.copy(bytes)
  writeU64(bytes, segments, 8)
  writeU64(bytes, records, 16)
  writeU64(bytes, length, 24)
  hash.copy(bytes, 32)
  recordsHash.copy(bytes, 64)
  createHmac('sha256', key).update(bytes.subarray(0, 96)).digest().copy(bytes, 96)
  return bytes
}
