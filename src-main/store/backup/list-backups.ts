import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { assert } from '../../base/index.ts'
import { systemCode } from '../vault/index.ts'
import { backupsOf } from './backup-names.ts'
import type { BackupOwner, NamedBackup } from './backup-names.ts'

/** The backups of one copy of the books in a folder, oldest first. A folder that is not there holds none. */
export async function listBackups(owner: BackupOwner | string, folder: string): Promise<readonly NamedBackup[]> {
  try {
    return backupsOf(owner, await readdir(folder))
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return []
    throw error
  }
}

/** Only what has a backup's name of this owner. */
export async function removeBackup(owner: BackupOwner | string, folder: string, name: string): Promise<void> {
  assert(backupsOf(owner, [name]).length === 1, 'expected the name of a backup of this owner')
  await rm(join(folder, name), { force: true })
}
