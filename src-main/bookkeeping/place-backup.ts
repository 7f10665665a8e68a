import { constants, copyFile, link, rm } from 'node:fs/promises'
import type { BackupMaking } from '../store/index.ts'

/** Under the name that was asked for; whatever has it meanwhile stays. */
export async function place(making: Extract<BackupMaking, { ok: true }>, out: string): Promise<BackupMaking> {
  const { file } = making.backup
  try {
    await link(file, out)
    await rm(file)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    // Somebody was quicker: the backup stays under its own name, and it is said so.
    if (code === 'EEXIST') return { ok: false, trouble: { kind: 'into-unusable', detail: `${code}; the backup is ${file}` } }
    // Some file systems know no second name for a file.
    const copied = await copyFile(file, out, constants.COPYFILE_EXCL).then(() => undefined, (reason: unknown) => String(reason))
    if (copied !== undefined) return { ok: false, trouble: { kind: 'into-unusable', detail: `${code}; the backup is ${file}` } }
    await rm(file)
  }
  return { ok: true, backup: { ...making.backup, file: out } }
}
