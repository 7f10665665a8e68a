import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach } from 'vitest'
import { openJournalTool, readJournal } from '../../../src-main/store/journal/index.ts'
import type { JournalKeys } from '../../../src-main/store/journal/index.ts'
import { createVault, noKeychain, Secret } from '../../../src-main/store/vault/index.ts'
import type { Vault } from '../../../src-main/store/vault/index.ts'
import { MemoryKeychain } from '../../unit/store/vault/memory-keychain.ts'

export const passphraseText = 'nine lives of a ledger'
export const passphrase = (): Secret => Secret.fromText(passphraseText)
/** Segments so small that a few hundred records fill several. */
export const limits = { segmentBytes: 128 * 1024 }

const folders: string[] = []
const vaults: Vault[] = []

export function newFolder(under = tmpdir()): string {
  const folder = mkdtempSync(join(under, 'ballast-books-'))
  folders.push(folder)
  return folder
}

afterEach(() => {
  for (const vault of vaults.splice(0)) vault.dispose()
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

export interface Books {
  readonly folder: string
  readonly backups: string
  readonly vault: Vault
}

export async function newBooks(records: number, folder = newFolder()): Promise<Books> {
  const made = await createVault({ folder, keychain: noKeychain, protection: { kind: 'passphrase', passphrase: passphrase() } })
  if (!made.ok) throw new Error(`expected a vault, but ${made.trouble.kind}`)
  vaults.push(made.vault)
  writeFileSync(join(folder, 'settings.yaml'), '# of my own\nbase: EUR\n')
  await append({ folder, vault: made.vault }, records)
  return { folder, vault: made.vault, backups: newFolder() }
}

/** Opened by a recovery code only, which is quick to try: for tests that try hundreds of times. */
export async function codeBooks(records: number): Promise<{ readonly books: Books; readonly code: string }> {
  const folder = newFolder()
  const made = await createVault({ folder, keychain: new MemoryKeychain(), protection: { kind: 'keychain' } })
  if (!made.ok) throw new Error(`expected a vault, but ${made.trouble.kind}`)
  vaults.push(made.vault)
  const code = await made.vault.addRecoveryCode()
  if (!code.ok) throw new Error('expected a recovery code')
  await append({ folder, vault: made.vault }, records)
  return { books: { folder, vault: made.vault, backups: newFolder() }, code: code.code.withBytes((bytes) => bytes.toString('utf8')) }
}

export async function append({ folder, vault }: Pick<Books, 'folder' | 'vault'>, records: number, note = 'x'.repeat(300)): Promise<void> {
  const opened = await openJournalTool({ folder: join(folder, 'journal'), keys: vault.journalKeys(), journalId: vault.vaultId, limits })
  if (!opened.ok) throw new Error(`expected a journal, but ${opened.trouble.kind}`)
  for (let number = 0; number < records; number += 1) {
    const appended = opened.tool.append([{ kind: 'command.taken', at: number, body: { number, note } }])
    if (!appended.ok) throw new Error(`expected a record to be taken, but ${appended.reason}`)
  }
  opened.tool.close()
}

export async function recordsIn(folder: string, keys: JournalKeys, journalId: string): Promise<readonly string[]> {
  const texts: string[] = []
  for await (const record of readJournal({ folder: join(folder, 'journal'), keys, journalId })) texts.push(JSON.stringify(record))
  return texts
}
