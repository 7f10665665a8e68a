import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'

/** What lies where in a profile's folder. */
export const journalFolder = (folder: string): string => join(folder, 'journal')

/** Says that what lies beside it was never meant to be kept. */
export const ephemeralMark = (folder: string): string => join(folder, 'not-kept.mark')

export const hasVault = (folder: string): boolean => existsSync(join(folder, 'vault.json'))

/** Only ever of the demo: its books are not kept. */
export async function wipeEphemeralBooks(folder: string): Promise<void> {
  await rm(journalFolder(folder), { recursive: true, force: true })
  for (const end of ['', '-wal', '-shm']) await rm(join(folder, `books.db${end}`), { force: true })
  await rm(ephemeralMark(folder), { force: true })
}
