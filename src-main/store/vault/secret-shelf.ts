import { z } from 'zod'
import type { DataKeys } from './data-keys.ts'
import type { Keychain } from './keychain.ts'
import { closeBox, openBox } from './sealing.ts'
import { Secret } from './secret.ts'
import { readSideFile, removeSideFile, writeSideFile } from './side-files.ts'
import { appAccount } from './vault-core.ts'
import type { AppSecretReading, VaultChange } from './vault-face.ts'
import type { VaultBody } from './vault-file.ts'

/** Where named secrets of the application lie: in the keychain, or encrypted in a file where there is none. */
export interface SecretShelf {
  read(name: string): Promise<AppSecretReading>
  keep(name: string, secret: Secret): Promise<VaultChange>
  drop(name: string): Promise<VaultChange>
}

export const secretNamePattern = /^[a-z0-9][a-z0-9-]{0,39}$/

export function keychainShelf(keychain: Keychain, body: VaultBody): SecretShelf {
  return {
    read: async (name) => {
      const read = await keychain.read(appAccount(body, name))
      if (!read.ok) return read
      const secret = read.value === undefined ? undefined : Secret.fromBytes(read.value)
      read.value?.fill(0)
      return { ok: true, secret }
    },
    keep: async (name, secret) => {
      const copy = secret.withBytes((bytes) => Buffer.from(bytes))
      const written = await keychain.write(appAccount(body, name), copy)
      copy.fill(0)
      return written.ok ? { ok: true } : written
    },
    drop: async (name) => {
      const removed = await keychain.remove(appAccount(body, name))
      return removed.ok ? { ok: true } : removed
    },
  }
}

const shelfSchema = z.strictObject({
  format: z.literal(1),
  secrets: z.record(z.string().regex(secretNamePattern), z.strictObject({ epoch: z.int().min(1), box: z.base64() })),
})
type ShelfContent = z.infer<typeof shelfSchema>

/** Under a key of the newest epoch at the time of keeping. */
export function fileShelf(folder: string, vaultId: string, keys: () => DataKeys): SecretShelf {
  const label = (name: string): string => `ballast vault ${vaultId} secret ${name}`
  const change = async (edit: (content: ShelfContent['secrets']) => ShelfContent['secrets']): Promise<VaultChange> => {
    const content = await readShelf(folder)
    if (!content.ok) return content
    const secrets = edit(content.secrets)
    if (Object.keys(secrets).length === 0) {
      await removeSideFile(folder, 'vault.secrets')
      return { ok: true }
    }
    const written = await writeSideFile(folder, 'vault.secrets', JSON.stringify({ format: 1, secrets }))
    return written.ok ? { ok: true } : written
  }
  return {
    read: async (name) => {
      const content = await readShelf(folder)
      if (!content.ok) return content
      const kept = content.secrets[name]
      if (kept === undefined) return { ok: true, secret: undefined }
      const box = Buffer.from(kept.box, 'base64')
      const bytes = kept.epoch <= keys().newestEpoch ? openBox(keys().derive(kept.epoch, 'app secrets'), box, label(name)) : undefined
      if (bytes === undefined) return { ok: false, trouble: { kind: 'vault-damaged', reason: 'changed' } }
      const secret = Secret.fromBytes(bytes)
      bytes.fill(0)
      return { ok: true, secret }
    },
    keep: (name, secret) => {
      const epoch = keys().newestEpoch
      const box = secret.withBytes((bytes) => closeBox(keys().derive(epoch, 'app secrets'), bytes, label(name)).toString('base64'))
      return change((secrets) => ({ ...secrets, [name]: { epoch, box } }))
    },
    drop: (name) => change((secrets) => Object.fromEntries(Object.entries(secrets).filter(([held]) => held !== name))),
  }
}

type ShelfReading = { readonly ok: true; readonly secrets: ShelfContent['secrets'] } | (VaultChange & { readonly ok: false })

async function readShelf(folder: string): Promise<ShelfReading> {
  const read = await readSideFile(folder, 'vault.secrets')
  if (!read.ok) return read
  if (read.text === undefined) return { ok: true, secrets: {} }
  try {
    const parsed = shelfSchema.safeParse(JSON.parse(read.text))
    if (parsed.success) return { ok: true, secrets: parsed.data.secrets }
  } catch {
    // Said below.
  }
  return { ok: false, trouble: { kind: 'vault-damaged', reason: 'shape' } }
}

/** The names on the file's shelf, for moving them. */
export async function namesOnFileShelf(folder: string): Promise<readonly string[]> {
  const read = await readShelf(folder)
  return read.ok ? Object.keys(read.secrets) : []
}
