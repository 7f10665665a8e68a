/** What belongs to the format: a reader of another day must assume the same, so these are no options. */
export const headerBytes = 256
export const frameHeaderBytes = 64
export const tagBytes = 16
/** One write to the disk. At most one frame can be torn, so more unreadable bytes than this were not left by a crash. */
export const frameBytesMax = 256 * 1024
export const groupRecordsMax = 64
export const recordBytesMax = 64 * 1024
export const segmentBytesMin = 128 * 1024
export const segmentBytesMax = 1024 * 1024 * 1024
/** Nothing that we wrote is longer, so such a file is not even looked into. */
export const isTooLong = (fileBytes: number): boolean => fileBytes > segmentBytesMax + headerBytes
/** Frames begin at multiples of this; what lies between is zero. */
export const alignment = 16

export const aligned = (bytes: number): number => Math.ceil(bytes / alignment) * alignment

export interface JournalLimits {
  /** The size of one segment, taken from the disk before it is used. */
  readonly segmentBytes: number
  /** From this share on the next segment is prepared. */
  readonly prepareAtShare: number
  /** What waits for the disk at most; a power of two. */
  readonly ringBytes: number
  /** How long the thread looks for the next record before it sleeps; sleeping costs the next record some 30 us. */
  readonly spinUs: number
  /** How often a full disk is tried again. */
  readonly retryMs: number
  /** Which sealed segments are moved to the folder `archive`; none without it. */
  readonly archive?: ArchiveLimits
}

export interface ArchiveLimits {
  /** Sealed longer ago than this. */
  readonly olderThanMs?: number
  /** The oldest ones, as long as more bytes than this are in the folder itself. */
  readonly beyondBytes?: number
}

export const defaultLimits: JournalLimits = {
  segmentBytes: 16 * 1024 * 1024,
  prepareAtShare: 0.75,
  ringBytes: 8 * 1024 * 1024,
  spinUs: 250,
  retryMs: 3_000,
}

export type LimitFault = 'segmentBytes' | 'prepareAtShare' | 'ringBytes' | 'spinUs' | 'retryMs'

/** Limits come from the settings file, so a wrong one is expected. */
export function completeLimits(
  given: Partial<JournalLimits> = {},
): { readonly ok: true; readonly limits: JournalLimits } | { readonly ok: false; readonly limit: LimitFault } {
  const limits: JournalLimits = { ...defaultLimits, ...given }
  const isWhole = (value: number, from: number, to: number): boolean => Number.isSafeInteger(value) && value >= from && value <= to
  const checks: Readonly<Record<LimitFault, boolean>> = {
    segmentBytes: isWhole(limits.segmentBytes, segmentBytesMin, segmentBytesMax) && limits.segmentBytes % alignment === 0,
    prepareAtShare: limits.prepareAtShare >= 0 && limits.prepareAtShare <= 1,
    ringBytes: isWhole(limits.ringBytes, 4 * recordBytesMax, 2 ** 29) && Number.isInteger(Math.log2(limits.ringBytes)),
    spinUs: isWhole(limits.spinUs, 0, 10_000),
    retryMs: isWhole(limits.retryMs, 10, 3_600_000),
  }
  const wrong = (Object.keys(checks) as LimitFault[]).find((limit) => !checks[limit])
  return wrong === undefined ? { ok: true, limits } : { ok: false, limit: wrong }
}
