import { randomBytes } from 'node:crypto'
import { DataKeys } from './data-keys.ts'
import type { KeychainBackEnd } from './keychain.ts'
import { passphraseSeed, saltBytes, scryptCost } from './passphrase-seed.ts'
import { readRecoveryCode, recoverySeed } from './recovery-code.ts'
import { authenticate, closeBox, deriveKey, isSame, openBox, openSealed, publicKeyOf, sealFor } from './sealing.ts'
import type { Secret } from './secret.ts'
import type { KeychainSlot, PassphraseSlot, PublicSlot, RecoverySlot, SecretSlot, Slot } from './vault-file.ts'
import type { SecretSlotKind, VaultTrouble } from './vault-trouble.ts'

/** Slots are ways to the data keys. Each wraps every epoch's key, and says in the wrapping which vault, slot and epoch it is. */
const keychainLabel = (vaultId: string, keyId: string, epoch: number): string => `ballast vault ${vaultId} keychain ${keyId} epoch ${epoch}`
const secretLabel = (vaultId: string, kind: SecretSlotKind, epoch: number): string => `ballast vault ${vaultId} ${kind} epoch ${epoch}`

export interface KeychainSlotParts {
  readonly keyId: string
  readonly backEnd: KeychainBackEnd
  readonly masterKey: Buffer
}

export const makeKeychainSlot = (vaultId: string, { keyId, backEnd, masterKey }: KeychainSlotParts, keys: DataKeys): KeychainSlot => ({
  kind: 'keychain',
  keyId,
  backEnd,
  wrapped: keys.all().map((key, index) => closeBox(masterKey, key, keychainLabel(vaultId, keyId, index + 1))),
})

export function openKeychainSlot(vaultId: string, slot: KeychainSlot, masterKey: Buffer): DataKeys | undefined {
  if (masterKey.length !== 32) return undefined
  return allOrNone(slot.wrapped.map((box, index) => openBox(masterKey, box, keychainLabel(vaultId, slot.keyId, index + 1))))
}

export async function makePassphraseSlot(vaultId: string, passphrase: Secret, keys: DataKeys): Promise<PassphraseSlot> {
  const kdf = { name: 'scrypt' as const, n: scryptCost, salt: randomBytes(saltBytes) }
  const seed = await passphraseSeed(passphrase, kdf)
  try {
    return { kind: 'passphrase', kdf, ...sealedUnder(vaultId, 'passphrase', seed, keys) }
  } finally {
    seed.fill(0)
  }
}

export function makeRecoverySlot(vaultId: string, canonicalCode: string, keys: DataKeys): RecoverySlot {
  const seed = recoverySeed(canonicalCode)
  try {
    return { kind: 'recovery', ...sealedUnder(vaultId, 'recovery', seed, keys) }
  } finally {
    seed.fill(0)
  }
}

function sealedUnder(vaultId: string, kind: SecretSlotKind, seed: Buffer, keys: DataKeys): Pick<SecretSlot, 'publicKey' | 'rootMac' | 'sealed'> {
  const publicKey = publicKeyOf(seed)
  return { publicKey, rootMac: rootMacOf(vaultId, seed, keys.ofEpoch(1)), sealed: sealEach(vaultId, kind, publicKey, keys) }
}

const sealEach = (vaultId: string, kind: SecretSlotKind, publicKey: Buffer, keys: DataKeys): Buffer[] =>
  keys.all().map((key, index) => sealFor(publicKey, key, secretLabel(vaultId, kind, index + 1)))

/**
 * Anybody can seal keys of his own to a public key. This can only be made with the secret at hand, so whoever opens by it
 * knows that the first data key is the vault's.
 */
export const rootMacOf = (vaultId: string, seed: Buffer, firstKey: Buffer): Buffer => {
  const key = deriveKey(seed, 'first data key')
  try {
    return authenticate(key, vaultId, firstKey)
  } finally {
    key.fill(0)
  }
}

/** The same slot with the keys of another epoch more; needs no secret. */
export const resealed = <Held extends SecretSlot>(vaultId: string, slot: Held, keys: DataKeys): Held => ({
  ...slot, sealed: sealEach(vaultId, slot.kind, slot.publicKey, keys),
})

export const isSecretSlot = (slot: Slot): slot is SecretSlot => slot.kind !== 'keychain'
export const isKeychainSlot = (slot: Slot): slot is KeychainSlot => slot.kind === 'keychain'

export type SeedReading<Held> =
  | { readonly ok: true; readonly slot: Held; readonly seed: Buffer }
  | { readonly ok: false; readonly trouble: Extract<VaultTrouble, { kind: 'secret-wrong' }> }

/** Which slot a secret belongs to, with the seed behind its public key. The caller wipes the seed. */
export async function seedFor<Held extends PublicSlot>(secret: Secret, slots: readonly Held[]): Promise<SeedReading<Held>> {
  const reading = readRecoveryCode(secret)
  // A code costs nothing to try; a passphrase that looks like one is still tried after it.
  const cheapFirst = [...slots].sort((left, right) => Number(left.kind === 'passphrase') - Number(right.kind === 'passphrase'))
  for (const slot of cheapFirst) {
    const seed = await seedOfSlot(secret, reading.kind === 'code' ? reading.canonical : undefined, slot)
    if (seed === undefined) continue
    if (isSame(publicKeyOf(seed), slot.publicKey)) return { ok: true, slot, seed }
    seed.fill(0)
  }
  const isMistyped = reading.kind === 'mistyped' && slots.some((slot) => slot.kind === 'recovery')
  return { ok: false, trouble: { kind: 'secret-wrong', ...(isMistyped ? { hint: 'mistyped-code' } : {}) } }
}

async function seedOfSlot(secret: Secret, canonicalCode: string | undefined, slot: PublicSlot): Promise<Buffer | undefined> {
  if (slot.kind === 'passphrase') return passphraseSeed(secret, slot.kdf)
  return canonicalCode === undefined ? undefined : recoverySeed(canonicalCode)
}

export type SlotOpening = { readonly ok: true; readonly keys: DataKeys } | { readonly ok: false; readonly trouble: VaultTrouble }

export function openSecretSlot(vaultId: string, slot: SecretSlot, seed: Buffer): SlotOpening {
  const keys = allOrNone(slot.sealed.map((sealed, index) => openSealed(seed, sealed, secretLabel(vaultId, slot.kind, index + 1))))
  if (keys === undefined) return { ok: false, trouble: { kind: 'vault-damaged', reason: 'wrapped-key' } }
  if (isSame(rootMacOf(vaultId, seed, keys.ofEpoch(1)), slot.rootMac)) return { ok: true, keys }
  keys.dispose()
  return { ok: false, trouble: { kind: 'vault-damaged', reason: 'foreign-key' } }
}

function allOrNone(keys: readonly (Buffer | undefined)[]): DataKeys | undefined {
  const opened = keys.filter((key) => key !== undefined)
  if (opened.length === keys.length) return new DataKeys(opened)
  for (const key of opened) key.fill(0)
  return undefined
}
