import type { BooksTroubleCode, ErrorDetails } from '../../src-preload/contract/index.ts'
import type { JournalOpenTrouble, VaultTrouble } from '../store/index.ts'

/** Why books stay closed, as it crosses the bridge: a code, and what its sentence needs. */
export interface BooksTrouble {
  readonly code: BooksTroubleCode
  readonly details: ErrorDetails
}

const because = (code: BooksTroubleCode, details: ErrorDetails = {}): BooksTrouble => ({ code, details })

export function troubleOfVault(trouble: VaultTrouble): BooksTrouble {
  switch (trouble.kind) {
    case 'keychain-silent':
      return because('keychain-silent', { seconds: Math.round(trouble.waitedMs / 1_000) })
    case 'key-missing':
      return trouble.keychainWas === trouble.keychainIs
        ? because('key-missing')
        : because('keychain-changed', { before: trouble.keychainWas, now: trouble.keychainIs })
    case 'vault-damaged':
      return because('vault-damaged', { reason: trouble.reason })
    case 'folder-unusable':
      return trouble.detail === 'ENOSPC' ? because('disk-full') : because('folder-unusable', { detail: trouble.detail })
    case 'vault-absent':
      return because('vault-missing')
    case 'vault-exists':
    case 'vault-changed':
    case 'not-kept':
    case 'slot-exists':
      return because('failed', { detail: trouble.kind })
    default:
      return because(trouble.kind)
  }
}

export function troubleOfJournal(trouble: JournalOpenTrouble): BooksTrouble {
  switch (trouble.kind) {
    case 'damaged': {
      const { segment, offset, sequence, reason } = trouble
      return because('journal-damaged', { segment, offset, sequence, reason })
    }
    case 'key-missing':
      return because('journal-key-missing', { epoch: trouble.epoch })
    // The vault has just proved its keys: what they do not open is not theirs.
    case 'wrong-key':
    case 'not-ours':
      return because('journal-not-ours')
    case 'folder-unusable':
      return because('folder-unusable', { detail: trouble.detail })
    case 'disk-full':
      return because('disk-full')
    case 'rolled-back':
      return because('rolled-back', { expected: trouble.expected.sequence })
  }
}

/** A failure that nobody foresaw by name; its text may come from a library, so it is cut. */
export const troubleOfFailure = (detail: string): BooksTrouble => because('failed', { detail: detail.slice(0, 200) })
