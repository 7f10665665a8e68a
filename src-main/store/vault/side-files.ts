import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { isSystemError, replaceFile, systemCode } from './replace-file.ts'
import type { VaultTrouble } from './vault-trouble.ts'

/** The small files beside vault.json, for a vault without a keychain and for the count of wrong tries. */
export type SideFileName = 'vault.anchor' | 'vault.secrets' | 'vault.tries'

export type SideFileReading =
  | { readonly ok: true; readonly text: string | undefined }
  | { readonly ok: false; readonly trouble: Extract<VaultTrouble, { kind: 'folder-unusable' }> }

export async function readSideFile(folder: string, name: SideFileName): Promise<SideFileReading> {
  try {
    return { ok: true, text: await readFile(join(folder, name), 'utf8') }
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return { ok: true, text: undefined }
    return { ok: false, trouble: troubleOf(error) }
  }
}

export async function writeSideFile(folder: string, name: SideFileName, text: string): Promise<SideFileReading> {
  try {
    await replaceFile(join(folder, name), `${text}\n`)
    return { ok: true, text }
  } catch (error) {
    return { ok: false, trouble: troubleOf(error) }
  }
}

export const removeSideFile = (folder: string, name: SideFileName): Promise<void> => rm(join(folder, name), { force: true })

function troubleOf(error: unknown): Extract<VaultTrouble, { kind: 'folder-unusable' }> {
  if (!isSystemError(error)) throw error
  return { kind: 'folder-unusable', detail: systemCode(error) }
}
