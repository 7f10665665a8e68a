/**
 * Makes and signs the manifest by which Ballast's manual update check knows a release. Run by the release workflow:
 *
 *   node build/packaging/update-manifest.ts FOLDER
 *
 * writes FOLDER/update-manifest.json and, beside it, update-manifest.json.sig. The key comes from BALLAST_UPDATE_KEY alone:
 * an Ed25519 private key in PEM, as `openssl genpkey -algorithm ed25519` makes one. Its public half (`openssl pkey -pubout`)
 * belongs into resources/update-public-key.pem; while that file is absent no build offers updates.
 */
import { createHash, createPrivateKey, createPublicKey, sign, type KeyObject } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { canonicalManifest, parseManifest, signedBytes } from '../../src-main/updates/index.ts'
import type { UpdateArtifact, UpdateManifest } from '../../src-main/updates/index.ts'

export interface SignedManifest {
  readonly manifest: Buffer
  readonly signature: Buffer
}

/** What somebody would install; checksums, SBOM and logs in the same folder are not. */
const installerPattern = /\.(AppImage|deb|exe|dmg|zip)$/

export async function describeArtifacts(folder: string): Promise<readonly UpdateArtifact[]> {
  const names = (await readdir(folder)).filter((name) => installerPattern.test(name)).sort()
  const artifacts: UpdateArtifact[] = []
  for (const name of names) {
    const path = join(folder, name)
    artifacts.push({ name, sha512: await sha512Of(path), bytes: (await stat(path)).size })
  }
  return artifacts
}

async function sha512Of(path: string): Promise<string> {
  const hash = createHash('sha512')
  for await (const chunk of createReadStream(path)) hash.update(chunk)
  return hash.digest('hex')
}

export function signManifest(content: UpdateManifest, privateKeyPem: string): SignedManifest {
  const manifest = Buffer.from(canonicalManifest(content))
  // Better no release than one that every installed Ballast refuses.
  if (parseManifest(manifest) === undefined) throw new Error('The manifest would be refused by the check it is made for')
  return { manifest, signature: sign(null, signedBytes(manifest), ed25519Key(privateKeyPem)) }
}

function ed25519Key(pem: string): KeyObject {
  const key = createPrivateKey(pem)
  if (key.asymmetricKeyType !== 'ed25519') throw new Error('BALLAST_UPDATE_KEY is not an Ed25519 private key')
  return key
}

const spki = (key: KeyObject): string => key.export({ type: 'spki', format: 'pem' }).toString()

async function signFolder(folder: string): Promise<void> {
  const root = join(import.meta.dirname, '../..')
  const pem = process.env['BALLAST_UPDATE_KEY'] ?? ''
  if (pem === '') throw new Error('BALLAST_UPDATE_KEY is not set')
  const shippedKey = join(root, 'resources/update-public-key.pem')
  const signingKey = createPublicKey(ed25519Key(pem))
  if (existsSync(shippedKey) && spki(createPublicKey(await readFile(shippedKey))) !== spki(signingKey)) {
    throw new Error('BALLAST_UPDATE_KEY does not belong to resources/update-public-key.pem')
  }
  // Our own package.json.
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { readonly version: string }
  const artifacts = await describeArtifacts(folder)
  const { manifest, signature } = signManifest({ version, releasedAt: Date.now(), artifacts }, pem)
  await writeFile(join(folder, 'update-manifest.json'), manifest)
  await writeFile(join(folder, 'update-manifest.json.sig'), signature)
}

if (import.meta.main) {
  const [folder] = process.argv.slice(2)
  if (folder === undefined) {
    console.error('Name the folder with the installers.')
    process.exit(2)
  }
  await signFolder(folder)
}
