import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { scryptCost, scryptCostMax } from './passphrase-seed.ts'
import { authenticate, isSame } from './sealing.ts'
import { isSystemError, replaceFile, systemCode } from './replace-file.ts'
import type { VaultTrouble } from './vault-trouble.ts'

/**
 * vault.json: who can open the books. Nothing in it is secret, and all of it is authenticated under the newest data key.
 * Bytes are base64, ids hex. The order of the fields is the schema's, which makes the authenticated text canonical.
 */
export const vaultFormat = 1
const epochsMax = 1_000

const id = z.string().regex(/^[0-9a-f]{32}$/)
const bytes = (from: number, to = from): z.ZodType<Buffer, string> =>
  z.base64().max(2_000).transform((text) => Buffer.from(text, 'base64')).refine((raw) => raw.length >= from && raw.length <= to)
const box = bytes(60)
const sealed = bytes(92)
const epochList = <Item extends z.ZodType>(item: Item) => z.array(item).min(1).max(epochsMax)

const keychainSlot = z.strictObject({
  kind: z.literal('keychain'),
  keyId: id,
  backEnd: z.enum(['secret-service', 'kwallet', 'macos', 'windows', 'none']),
  wrapped: epochList(box),
})
const publicPassphraseFields = {
  kind: z.literal('passphrase'),
  kdf: z.strictObject({ name: z.literal('scrypt'), n: z.int().min(scryptCost).max(scryptCostMax).refine((n) => Number.isInteger(Math.log2(n))), salt: bytes(16) }),
  publicKey: bytes(32),
  rootMac: bytes(32),
}
const publicRecoveryFields = { kind: z.literal('recovery'), publicKey: bytes(32), rootMac: bytes(32) }
const passphraseSlot = z.strictObject({ ...publicPassphraseFields, sealed: epochList(sealed) })
const recoverySlot = z.strictObject({ ...publicRecoveryFields, sealed: epochList(sealed) })

/** A slot as a backup needs it: how a secret becomes its key, and what proves the vault's first data key; no keys. */
export const publicSlotSchema = z.discriminatedUnion('kind', [z.strictObject(publicPassphraseFields), z.strictObject(publicRecoveryFields)])

const vaultBody = z.strictObject({
  format: z.literal(vaultFormat),
  vaultId: id,
  /** This copy of the books: a restored one beside the first must not share its anchor and tokens. */
  instanceId: id,
  createdAt: z.int().min(0),
  /** Counts the changes of this file. */
  revision: z.int().min(1),
  links: z.array(bytes(32)).max(epochsMax),
  /** The newest keychain slot first; an older one is only there while a rotation is not finished. None: a making that was interrupted. */
  slots: z.array(z.discriminatedUnion('kind', [keychainSlot, passphraseSlot, recoverySlot])).max(8),
  /** A keychain entry that was announced and belongs to no slot yet. */
  pendingKeyId: id.optional(),
})
const vaultDocument = z.strictObject({ vault: vaultBody, mac: bytes(32) })
const anyFormat = z.looseObject({ vault: z.looseObject({ format: z.int() }) })

export type KeychainSlot = z.infer<typeof keychainSlot>
export type PassphraseSlot = z.infer<typeof passphraseSlot>
export type RecoverySlot = z.infer<typeof recoverySlot>
export type SecretSlot = PassphraseSlot | RecoverySlot
export type Slot = KeychainSlot | SecretSlot
export type PublicSlot = z.infer<typeof publicSlotSchema>
export type VaultBody = z.infer<typeof vaultBody>

export interface VaultDocument {
  readonly body: VaultBody
  readonly mac: Buffer
}

export type VaultFileReading = { readonly ok: true; readonly document: VaultDocument } | { readonly ok: false; readonly trouble: VaultTrouble }

export const vaultPath = (folder: string): string => join(folder, 'vault.json')

/** Buffers as base64, everywhere in a document. */
export const textOf = (value: unknown): string =>
  JSON.stringify(value, (_name, held: unknown) => {
    // Buffers have a toJSON of their own, which has run by now.
    if (typeof held === 'object' && held !== null && 'type' in held && held.type === 'Buffer' && 'data' in held) {
      return Buffer.from(held.data as number[]).toString('base64')
    }
    return held
  }, 1)

export async function readVaultFile(folder: string): Promise<VaultFileReading> {
  let text: string
  try {
    text = await readFile(vaultPath(folder), 'utf8')
  } catch (error) {
    if (!isSystemError(error)) throw error
    const code = systemCode(error)
    return { ok: false, trouble: code === 'ENOENT' ? { kind: 'vault-absent' } : { kind: 'folder-unusable', detail: code } }
  }
  return parseVaultDocument(text)
}

export function parseVaultDocument(text: string): VaultFileReading {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { ok: false, trouble: { kind: 'vault-damaged', reason: 'not-json' } }
  }
  const format = anyFormat.safeParse(value)
  if (format.success && format.data.vault.format > vaultFormat) {
    return { ok: false, trouble: { kind: 'vault-newer', format: format.data.vault.format } }
  }
  const parsed = vaultDocument.safeParse(value)
  if (!parsed.success || !isConsistent(parsed.data.vault)) return { ok: false, trouble: { kind: 'vault-damaged', reason: 'shape' } }
  return { ok: true, document: { body: parsed.data.vault, mac: parsed.data.mac } }
}

/** Every slot holds every epoch, and there is one slot of each kind of secret at most. */
function isConsistent({ slots, links }: VaultBody): boolean {
  const epochs = links.length + 1
  const kinds = slots.map((slot) => slot.kind).filter((kind) => kind !== 'keychain')
  if (new Set(kinds).size !== kinds.length) return false
  return slots.every((slot) => (slot.kind === 'keychain' ? slot.wrapped : slot.sealed).length === epochs)
}

/** Field by field in the schema's order, so that reading and authenticating again gives the same text. */
const canonical = (body: VaultBody): string => textOf(vaultBody.parse(JSON.parse(textOf(body))))

export const macOf = (key: Buffer, body: VaultBody): Buffer => authenticate(key, 'vault.json', canonical(body))

export const isAuthentic = (key: Buffer, { body, mac }: VaultDocument): boolean => isSame(macOf(key, body), mac)

export async function writeVaultFile(folder: string, document: VaultDocument): Promise<VaultTrouble | undefined> {
  try {
    await replaceFile(vaultPath(folder), `${textOf({ vault: document.body, mac: document.mac })}\n`)
    return undefined
  } catch (error) {
    if (!isSystemError(error)) throw error
    return { kind: 'folder-unusable', detail: systemCode(error) }
  }
}
