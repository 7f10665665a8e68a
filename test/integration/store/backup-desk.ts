import { makeBackup } from '../../../src-main/store/backup/index.ts'
import type { BackupMaking, MadeBackup, RestoreTrouble, Restoring } from '../../../src-main/store/backup/index.ts'
import { noKeychain, openVault } from '../../../src-main/store/vault/index.ts'
import type { Vault } from '../../../src-main/store/vault/index.ts'
import { passphrase } from './books-folder.ts'
import type { Books } from './books-folder.ts'

export const now = Date.UTC(2026, 10, 21, 13, 45, 0)

export const backedUp = (making: BackupMaking): MadeBackup => {
  if (!making.ok) throw new Error(`expected a backup, but ${JSON.stringify(making.trouble)}`)
  return making.backup
}

export const restored = (restoring: Restoring): Extract<Restoring, { ok: true }>['restored'] => {
  if (!restoring.ok) throw new Error(`expected books, but ${JSON.stringify(restoring.trouble)}`)
  return restoring.restored
}

export const troubleOf = (restoring: Restoring): RestoreTrouble => {
  if (restoring.ok) throw new Error('expected a refusal')
  return restoring.trouble
}
export const backUp = ({ folder, backups, vault }: Books): Promise<BackupMaking> => makeBackup({ vault, folder, into: backups, now })

export async function withRestored<Done>(into: string, use: (vault: Vault) => Promise<Done>): Promise<Done> {
  const opened = await openVault({ folder: into, keychain: noKeychain, secret: passphrase() })
  if (!opened.ok) throw new Error(`expected the restored vault to open, but ${opened.trouble.kind}`)
  try {
    return await use(opened.vault)
  } finally {
    opened.vault.dispose()
  }
}
