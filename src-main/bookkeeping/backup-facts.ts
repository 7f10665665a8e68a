import type { BackupFact, DrillFact } from '../../src-preload/contract/index.ts'
import type { BackupTrouble } from '../store/index.ts'

/** What is said of a backup or a drill: why there is none, and what the journal says of those that were. */
export function wordsOf(trouble: BackupTrouble): string {
  switch (trouble.kind) {
    case 'disk-full':
      return 'the disk is full'
    case 'into-unusable':
      return `the folder cannot be written (${trouble.detail})`
    case 'file-unreadable':
      return `${trouble.name} cannot be read (${trouble.detail})`
    case 'journal-unreadable':
      return `the journal cannot be read (${trouble.trouble.kind})`
    case 'not-verified':
      return `what was written did not verify (${trouble.reason})`
    case 'stopped':
    case 'no-recovery-slot':
      return trouble.kind
  }
}

// Both were written by the desk itself.
export const factOf = (at: number, body: object): BackupFact => {
  const { name, bytes, sha256, head, verified } = body as { name: string; bytes: number; sha256: string; head: BackupFact['head']; verified: boolean }
  return { file: name, bytes, sha256, head, verified, at }
}

export const drillOf = (at: number, body: object): DrillFact => {
  const { from, restoreMs, records, head } = body as { from: string; restoreMs: number; records: number; head: DrillFact['head'] }
  return { ok: true, from, restoreMs, records, head, at }
}
