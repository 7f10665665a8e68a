import { randomBytes } from 'node:crypto'
import { rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { defaultLimits } from '../journal/index.ts'
import type { JournalHead } from '../journal/index.ts'
import type { Secret, Vault } from '../vault/index.ts'
import { unlockBySecret, unlockByVault } from './backup-header.ts'
import type { BackupOwner } from './backup-names.ts'
import { BackupUnreadable } from './backup-trouble.ts'
import type { RestoreTrouble } from './backup-trouble.ts'
import { hasRoomFor } from './free-room.ts'
import { listBackups } from './list-backups.ts'
import { removeOldScratch } from './old-scratch.ts'
import { restoreTroubleOf, stageBooks, withBackup } from './restore-backup.ts'

/** A drill restores the newest backup for good, into a folder that is removed again, so that it is known to work before it has to. */
export interface DrillOptions {
  readonly vault: Pick<Vault, 'vaultId' | 'instanceId' | 'exportDataKeys'>
  /** Where the backups lie. */
  readonly backups: string
  /** The newest one, when it was put somewhere else. */
  readonly newest?: string
  /** Where there is room for one profile more. */
  readonly scratch: string
  /** With it, the way is drilled that a person would go; without it, the vault opens its own backup. */
  readonly secret?: Secret
  readonly now: () => number
  readonly signal?: AbortSignal
}

export type Drill =
  | {
      readonly ok: true
      readonly from: string
      /** When the backup was made. */
      readonly backupAt: number
      readonly at: number
      readonly restoreMs: number
      readonly records: number
      readonly head: JournalHead
    }
  | { readonly ok: false; readonly from?: string; readonly at: number; readonly trouble: RestoreTrouble | { readonly kind: 'no-backup' } }

const scratchPrefix = '.ballast-drill-'

export async function drillRestore(options: DrillOptions): Promise<Drill> {
  const { vault, backups, scratch, secret, now, signal } = options
  const at = now()
  const newest = options.newest === undefined ? await newestBackup(vault, backups) : { from: options.newest, trouble: undefined }
  if (newest.trouble !== undefined) return { ok: false, at, trouble: newest.trouble }
  const { from } = newest
  const staging = join(scratch, scratchPrefix + randomBytes(4).toString('hex'))
  const begun = performance.now()
  try {
    await removeOldScratch(scratch, scratchPrefix, at)
    await expectRoom(from, scratch)
    const staged = await withBackup(from, (file) => stageBooks({
      from, file, staging, now: at, ...(signal === undefined ? {} : { signal }),
      unlock: (head) => (secret === undefined ? unlockByVault(head, vault) : unlockBySecret(head, secret)),
    }))
    const restoreMs = Math.round(performance.now() - begun)
    return { ok: true, from, backupAt: staged.backupAt, at, restoreMs, records: staged.records, head: staged.backupHead }
  } catch (error) {
    return { ok: false, from, at, trouble: restoreTroubleOf(error) }
  } finally {
    await rm(staging, { recursive: true, force: true })
  }
}

/** A backup is as large as the part of the journal that is used; the restored books begin a segment of the usual size. */
async function expectRoom(from: string, scratch: string): Promise<void> {
  // One that is not there is told of by who opens it.
  const bytes = await stat(from).then(({ size }) => size, () => 0)
  if (!(await hasRoomFor(scratch, bytes, defaultLimits.segmentBytes))) throw new BackupUnreadable({ kind: 'disk-full' })
}

type Newest = { readonly from: string; readonly trouble?: undefined } | { readonly from?: undefined; readonly trouble: RestoreTrouble | { readonly kind: 'no-backup' } }

async function newestBackup(owner: BackupOwner, backups: string): Promise<Newest> {
  try {
    const newest = (await listBackups(owner, backups)).at(-1)
    return newest === undefined ? { trouble: { kind: 'no-backup' } } : { from: join(backups, newest.name) }
  } catch (error) {
    return { trouble: restoreTroubleOf(error) }
  }
}
