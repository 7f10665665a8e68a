import { open, stat } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { systemCode } from '../vault/index.ts'
import { BackupRefused } from './backup-trouble.ts'

/** One file that goes into a backup. */
export interface SourceFile {
  readonly name: string
  readonly path: string
  readonly size: number
  readonly bytes: number
}

/** What a person wrote himself; books.db is not among them, because it is made from the journal. */
const filesBesideTheJournal = ['settings.yaml', 'risk_policy.yaml'] as const
const settingsBytesMax = 4 * 1024 * 1024

export async function presentFiles(folder: string): Promise<readonly { readonly name: string; readonly path: string }[]> {
  const names: { readonly name: string; readonly path: string }[] = []
  for (const name of filesBesideTheJournal) {
    const path = join(folder, name)
    const found = await stat(path).catch((error: unknown) => {
      if (systemCode(error) === 'ENOENT') return undefined
      throw new BackupRefused({ kind: 'file-unreadable', name, detail: systemCode(error) })
    })
    if (found === undefined) continue
    if (!found.isFile() || found.size > settingsBytesMax) throw new BackupRefused({ kind: 'file-unreadable', name, detail: 'it is no file of settings' })
    names.push({ name, path })
  }
  return names
}

const readAtOnce = 256 * 1024

export async function readSome(file: FileHandle, at: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(Math.min(length, readAtOnce))
  const { bytesRead } = await file.read(bytes, 0, bytes.length, at)
  return bytes.subarray(0, bytesRead)
}

/** How much of a file stands before its last zeros: a segment that is not full ends with millions of them. */
export async function measure(name: string, path: string): Promise<SourceFile> {
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    let end = size
    while (end > 0) {
      const from = Math.max(end - readAtOnce, 0)
      const part = await readSome(file, from, end - from)
      const last = part.findLastIndex((byte) => byte !== 0)
      if (last >= 0) return { name, path, size, bytes: from + last + 1 }
      end = from
    }
    return { name, path, size, bytes: 0 }
  } finally {
    await file.close()
  }
}
