/**
 * Judges what an update check brought back. It must never call anything newer that the holder of the update key did not
 * sign, nor anything that is not newer. It only judges: it fetches nothing, installs nothing, and knows no clock.
 *
 * 1. The signature is checked over the bytes as they came, before anything reads them.
 * 2. There is one way to write a manifest (canonical JSON); signed bytes that are written otherwise are refused.
 * 3. Every field is known and of its type; a field from a later format is refused, not ignored.
 */
import { createPublicKey, verify, type KeyObject } from 'node:crypto'

export interface UpdateArtifact {
  readonly name: string
  /** Lower-case hexadecimal. */
  readonly sha512: string
  readonly bytes: number
}

export interface UpdateManifest {
  readonly version: string
  /** Milliseconds UTC. */
  readonly releasedAt: number
  readonly artifacts: readonly UpdateArtifact[]
}

export type UpdateRefusal = 'not-set-up' | 'broken-key' | 'oversized' | 'bad-signature' | 'malformed' | 'downgrade'

export type UpdateVerdict =
  | { readonly kind: 'newer'; readonly manifest: UpdateManifest }
  | { readonly kind: 'none'; readonly version: string }
  | { readonly kind: 'refused'; readonly reason: UpdateRefusal; readonly message: string }

export interface UpdateCheck {
  readonly manifest: Uint8Array
  /** Detached: the 64 bytes of an Ed25519 signature. */
  readonly signature: Uint8Array
  /** The text of resources/update-public-key.pem; undefined or blank in a build without one. */
  readonly publicKey: string | undefined
  readonly currentVersion: string
}

/** Far above any real manifest, and little enough to hash and parse without a thought. */
export const manifestBytesMax = 64 * 1024
const artifactsMax = 64
// More than any installer, and an integer that JSON carries exactly.
const artifactBytesMax = 4 * 1024 ** 3

const signatureContext = 'ballast update manifest 1\n'

/** What the key signs: the manifest behind a line that says what it is, so that no signature made for something else fits. */
export const signedBytes = (manifest: Uint8Array): Uint8Array => Buffer.concat([Buffer.from(signatureContext), manifest])

/** The one way to write a manifest: keys in alphabetical order, no white space. */
export function canonicalManifest({ version, releasedAt, artifacts }: UpdateManifest): string {
  return JSON.stringify({ artifacts: artifacts.map(({ name, sha512, bytes }) => ({ bytes, name, sha512 })), releasedAt, version })
}

const refused = (reason: UpdateRefusal, message: string): UpdateVerdict => ({ kind: 'refused', reason, message })

export function judgeUpdate({ manifest, signature, publicKey, currentVersion }: UpdateCheck): UpdateVerdict {
  const current = parseVersion(currentVersion)
  if (current === undefined) throw new Error(`This build's own version is no version: ${currentVersion}`)
  if (publicKey === undefined || publicKey.trim() === '') return refused('not-set-up', 'updates are not set up for this build')
  const key = readKey(publicKey)
  if (key === undefined) return refused('broken-key', 'the update key of this build is not an Ed25519 public key')
  if (manifest.byteLength > manifestBytesMax) {
    return refused('oversized', `the manifest has ${manifest.byteLength} bytes, at most ${manifestBytesMax} are read`)
  }
  if (signature.byteLength !== 64 || !verify(null, signedBytes(manifest), key, signature)) {
    return refused('bad-signature', 'the manifest is not signed by the update key of this build')
  }
  const parsed = parseManifest(manifest)
  const offered = parsed === undefined ? undefined : parseVersion(parsed.version)
  if (parsed === undefined || offered === undefined) {
    return refused('malformed', 'the manifest is signed, but not written as this version reads it')
  }
  const order = compareVersions(offered, current)
  if (order < 0) return refused('downgrade', `the manifest offers ${parsed.version}, which is older than ${currentVersion}`)
  return order === 0 ? { kind: 'none', version: parsed.version } : { kind: 'newer', manifest: parsed }
}

function readKey(pem: string): KeyObject | undefined {
  try {
    const key = createPublicKey(pem)
    return key.asymmetricKeyType === 'ed25519' ? key : undefined
  } catch {
    return undefined
  }
}

type Version = readonly [major: number, minor: number, patch: number]

function parseVersion(text: string): Version | undefined {
  const [, major, minor, patch] = /^(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})$/.exec(text) ?? []
  if (major === undefined || minor === undefined || patch === undefined) return undefined
  return [Number(major), Number(minor), Number(patch)]
}

const compareVersions = (one: Version, other: Version): number => one[0] - other[0] || one[1] - other[1] || one[2] - other[2]

/** Exported for the signing side, which refuses to sign what this would refuse to read. */
export function parseManifest(bytes: Uint8Array): UpdateManifest | undefined {
  // Bytes that are no UTF-8 become a letter that no field may hold.
  const text = Buffer.from(bytes).toString('utf8')
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  // Written again from the fields we know, it must come out the same: this is what finds a field too many.
  return isManifest(value) && canonicalManifest(value) === text ? value : undefined
}

function isManifest(value: unknown): value is UpdateManifest {
  if (!hasAll(value, ['artifacts', 'releasedAt', 'version'])) return false
  const { artifacts, releasedAt, version } = value
  if (typeof version !== 'string' || parseVersion(version) === undefined) return false
  if (typeof releasedAt !== 'number' || !Number.isSafeInteger(releasedAt) || releasedAt <= 0) return false
  if (!Array.isArray(artifacts) || artifacts.length === 0 || artifacts.length > artifactsMax) return false
  if (!artifacts.every(isArtifact)) return false
  return new Set(artifacts.map(({ name }) => name)).size === artifacts.length
}

function isArtifact(value: unknown): value is UpdateArtifact {
  if (!hasAll(value, ['bytes', 'name', 'sha512'])) return false
  const { bytes, name, sha512 } = value
  // A plain file name: it may come to stand in a path or an address.
  if (typeof name !== 'string' || !/^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/.test(name)) return false
  if (typeof sha512 !== 'string' || !/^[0-9a-f]{128}$/.test(sha512)) return false
  return typeof bytes === 'number' && Number.isInteger(bytes) && bytes > 0 && bytes <= artifactBytesMax
}

function hasAll<Key extends string>(value: unknown, keys: readonly Key[]): value is Record<Key, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  return keys.every((key) => Object.hasOwn(value, key))
}
