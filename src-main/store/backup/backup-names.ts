import type { Vault } from '../vault/index.ts'

/**
 * `ballast-2026-11-21T13-45-00Z-1a2b3c4d-5e6f7a8b.backup`: when, of which books, and of which copy of them. Restored books
 * have the id of the first, and both may put their backups into one folder: neither may judge by, or remove, the other's.
 */
const pattern = /^ballast-(\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ)-([0-9a-f]{8})-([0-9a-f]{8})\.backup$/

export interface NamedBackup {
  readonly name: string
  /** Milliseconds UTC, to the second. */
  readonly at: number
  readonly vault: string
}

export type BackupOwner = Pick<Vault, 'vaultId' | 'instanceId'>

export const backupName = ({ vaultId, instanceId }: BackupOwner, at: number): string =>
  `ballast-${new Date(at).toISOString().slice(0, 19).replaceAll(':', '-')}Z-${vaultId.slice(0, 8)}-${instanceId.slice(0, 8)}.backup`

/**
 * The backups of one copy of the books among the names of a folder, oldest first; of all copies for the id of a vault alone.
 * Whatever else lies there is not ours to judge.
 */
export function backupsOf(owner: BackupOwner | string, names: readonly string[]): readonly NamedBackup[] {
  const { vaultId, instanceId } = typeof owner === 'string' ? { vaultId: owner, instanceId: undefined } : owner
  return names.flatMap((name) => {
    const [, time, vault, instance] = pattern.exec(name) ?? []
    if (time === undefined || vault === undefined || vault !== vaultId.slice(0, 8)) return []
    if (instanceId !== undefined && instance !== instanceId.slice(0, 8)) return []
    const at = Date.parse(`${time.slice(0, 10)}T${time.slice(11, 19).replaceAll('-', ':')}Z`)
    return Number.isNaN(at) ? [] : [{ name, at, vault }]
  }).sort((left, right) => left.at - right.at)
}
