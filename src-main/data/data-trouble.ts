/** What can be wrong with data on the disk. The codes are keys of sentences: `data.trouble.CODE`. */
export type DataTroubleCode =
  | 'disk'
  | 'not-a-series'
  | 'other-series'
  | 'block-damaged'
  | 'blocks-missing'
  | 'tail-damaged'
  | 'candle-columns'
  | 'candle-grid'
  | 'candle-order'
  | 'candle-number'
  | 'candle-range'
  | 'candle-volume'
  | 'candle-too-early'
  | 'candle-contradicts'
  | 'not-a-recording'
  | 'recording-damaged'
  | 'file-exists'

export interface DataTrouble {
  readonly code: DataTroubleCode
  /** What fills the placeholders of the sentence. */
  readonly details: Readonly<Record<string, string | number>>
}

export const dataTrouble = (code: DataTroubleCode, details: DataTrouble['details']): DataTrouble => ({ code, details })

/** Of a call to the file system: the system's own short word, such as ENOSPC. Everything else is a bug and goes on. */
export function diskTrouble(error: unknown, file: string): DataTrouble {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string' && 'syscall' in error) {
    return dataTrouble('disk', { detail: error.code, file })
  }
  throw error
}

/** When a time is named in a sentence, it is the same in every language. */
export const timeText = (timeMs: number): string => (Number.isFinite(timeMs) ? new Date(timeMs).toISOString() : '?')
