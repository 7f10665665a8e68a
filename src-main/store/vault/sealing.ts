import {
  createCipheriv, createDecipheriv, createHmac, createPrivateKey, createPublicKey, diffieHellman, generateKeyPairSync, hkdfSync,
  randomBytes, timingSafeEqual,
} from 'node:crypto'
import type { KeyObject } from 'node:crypto'

/**
 * The few uses of cryptography that the vault and the backups are made of. Every box names in its associated data what it
 * holds and for whom, so that one cannot be put in another's place.
 */
export const keyBytes = 32
const nonceBytes = 12
const tagBytes = 16

const noSalt = Buffer.alloc(0)

export const deriveKey = (from: Buffer, purpose: string, salt: Buffer = noSalt): Buffer =>
  Buffer.from(hkdfSync('sha256', from, salt, `ballast ${purpose}`, keyBytes))

export const authenticate = (key: Buffer, ...parts: readonly (Buffer | string)[]): Buffer => {
  const hmac = createHmac('sha256', key)
  for (const part of parts) {
    const bytes = Buffer.from(part)
    // With its length, so that two different lists of parts are never the same bytes.
    const length = Buffer.alloc(4)
    length.writeUInt32BE(bytes.length)
    hmac.update(length).update(bytes)
  }
  return hmac.digest()
}

export const isSame = (left: Buffer, right: Buffer): boolean => left.length === right.length && timingSafeEqual(left, right)

/** Nonce, ciphertext, tag. */
export function closeBox(key: Buffer, content: Buffer, label: string): Buffer {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(label))
  return Buffer.concat([nonce, cipher.update(content), cipher.final(), cipher.getAuthTag()])
}

export function openBox(key: Buffer, box: Buffer, label: string): Buffer | undefined {
  if (box.length < nonceBytes + tagBytes) return undefined
  const decipher = createDecipheriv('aes-256-gcm', key, box.subarray(0, nonceBytes), { authTagLength: tagBytes })
  decipher.setAAD(Buffer.from(label)).setAuthTag(box.subarray(box.length - tagBytes))
  const content = decipher.update(box.subarray(nonceBytes, box.length - tagBytes))
  try {
    decipher.final()
    return content
  } catch {
    content.fill(0)
    return undefined
  }
}

// RFC 8410: what stands before the 32 bytes of an X25519 key.
const privatePrefix = Buffer.from('302e020100300506032b656e04220420', 'hex')
const publicPrefix = Buffer.from('302a300506032b656e032100', 'hex')

const rawPublic = (key: KeyObject): Buffer => key.export({ format: 'der', type: 'spki' }).subarray(publicPrefix.length)

const privateFrom = (seed: Buffer): KeyObject => {
  const der = Buffer.concat([privatePrefix, seed])
  try {
    return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
  } finally {
    der.fill(0)
  }
}

const publicFrom = (raw: Buffer): KeyObject =>
  createPublicKey({ key: Buffer.concat([publicPrefix, raw]), format: 'der', type: 'spki' })

export const publicKeyOf = (seed: Buffer): Buffer => rawPublic(createPublicKey(privateFrom(seed)))

const sealingKey = (shared: Buffer, ephemeral: Buffer, recipient: Buffer): Buffer => {
  try {
    return deriveKey(shared, 'seal', Buffer.concat([ephemeral, recipient]))
  } finally {
    shared.fill(0)
  }
}

/** Only whoever has the seed behind the public key can open it; making it needs no secret. */
export function sealFor(publicKey: Buffer, content: Buffer, label: string): Buffer {
  const ephemeral = generateKeyPairSync('x25519')
  const ephemeralPublic = rawPublic(ephemeral.publicKey)
  const shared = diffieHellman({ privateKey: ephemeral.privateKey, publicKey: publicFrom(publicKey) })
  const key = sealingKey(shared, ephemeralPublic, publicKey)
  try {
    return Buffer.concat([ephemeralPublic, closeBox(key, content, label)])
  } finally {
    key.fill(0)
  }
}

export function openSealed(seed: Buffer, sealed: Buffer, label: string): Buffer | undefined {
  if (sealed.length < keyBytes) return undefined
  const ephemeralPublic = sealed.subarray(0, keyBytes)
  let shared: Buffer
  try {
    shared = diffieHellman({ privateKey: privateFrom(seed), publicKey: publicFrom(ephemeralPublic) })
  } catch {
    // A point of small order: nobody who follows the format makes one.
    return undefined
  }
  const key = sealingKey(shared, ephemeralPublic, publicKeyOf(seed))
  try {
    return openBox(key, sealed.subarray(keyBytes), label)
  } finally {
    key.fill(0)
  }
}
