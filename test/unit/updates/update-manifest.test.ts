import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { describeArtifacts, signManifest, type SignedManifest } from '../../../build/packaging/update-manifest.ts'
import { canonicalManifest, judgeUpdate, manifestBytesMax, signedBytes } from '../../../src-main/updates/index.ts'
import type { UpdateManifest } from '../../../src-main/updates/index.ts'

function makeKeys(): { readonly privateKey: string; readonly publicKey: string } {
  const pair = generateKeyPairSync('ed25519', {
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
  return { privateKey: pair.privateKey, publicKey: pair.publicKey }
}

const keys = makeKeys()
const content: UpdateManifest = {
  version: '1.2.0',
  releasedAt: 1_773_325_927_000,
  artifacts: [{ name: 'Ballast-1.2.0-linux-amd64.deb', sha512: 'ab'.repeat(64), bytes: 96_123_456 }],
}

const judge = ({ manifest, signature }: SignedManifest, currentVersion = '1.1.9', publicKey = keys.publicKey) =>
  judgeUpdate({ manifest, signature, publicKey, currentVersion })

/** Signs any text with the right key: what is left to refuse is the text itself. */
function signText(text: string): SignedManifest {
  const manifest = Buffer.from(text)
  return { manifest, signature: sign(null, signedBytes(manifest), keys.privateKey) }
}

const reasonFor = (signed: SignedManifest, currentVersion?: string): string => {
  const verdict = judge(signed, currentVersion)
  return verdict.kind === 'refused' ? verdict.reason : verdict.kind
}

describe('the judgement of an update', () => {
  it('takes a newer version that the key has signed, and gives the manifest as it was made', () => {
    expect(judge(signManifest(content, keys.privateKey))).toEqual({ kind: 'newer', manifest: content })
  })

  it('compares versions as numbers, not as text', () => {
    expect(reasonFor(signManifest({ ...content, version: '1.10.0' }, keys.privateKey), '1.9.9')).toBe('newer')
    expect(reasonFor(signManifest({ ...content, version: '2.0.0' }, keys.privateKey), '1.99.99')).toBe('newer')
    expect(reasonFor(signManifest({ ...content, version: '1.2.10' }, keys.privateKey), '1.2.9')).toBe('newer')
  })

  it('answers none for the version that runs already', () => {
    expect(judge(signManifest(content, keys.privateKey), '1.2.0')).toEqual({ kind: 'none', version: '1.2.0' })
  })

  it.each(['1.2.1', '1.3.0', '2.0.0'])('refuses to go back from %s, however well signed', (current) => {
    expect(judge(signManifest(content, keys.privateKey), current)).toMatchObject({ kind: 'refused', reason: 'downgrade' })
  })

  it.each([undefined, '', ' \n'])('says that updates are not set up where the build has no key (%j)', (publicKey) => {
    const { manifest, signature } = signManifest(content, keys.privateKey)
    expect(judgeUpdate({ manifest, signature, publicKey, currentVersion: '1.1.9' })).toEqual({
      kind: 'refused',
      reason: 'not-set-up',
      message: 'updates are not set up for this build',
    })
  })

  it('refuses a key that is no Ed25519 key, instead of asking less of it', () => {
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const elliptic = publicKey.export({ type: 'spki', format: 'pem' }).toString()
    expect(judge(signManifest(content, keys.privateKey), '1.1.9', elliptic)).toMatchObject({ reason: 'broken-key' })
    expect(judge(signManifest(content, keys.privateKey), '1.1.9', 'not a key')).toMatchObject({ reason: 'broken-key' })
  })

  it('treats an unreadable version of its own as a bug', () => {
    expect(() => judge(signManifest(content, keys.privateKey), 'dev')).toThrow('no version')
  })
})

describe('the signature of a manifest', () => {
  const signed = signManifest(content, keys.privateKey)
  const flipped = (bytes: Buffer, index: number, bit: number): Buffer => {
    const changed = Buffer.from(bytes)
    changed.writeUInt8(changed.readUInt8(index) ^ bit, index)
    return changed
  }

  it('stops holding when any one byte of the manifest is changed', () => {
    expect(signed.manifest.length).toBeGreaterThan(200)
    for (let index = 0; index < signed.manifest.length; index++) {
      for (const bit of [0x01, 0x20, 0x80]) {
        expect(reasonFor({ ...signed, manifest: flipped(signed.manifest, index, bit) }), `byte ${index}`).toBe('bad-signature')
      }
    }
  })

  it('stops holding when any one byte of the signature is changed', () => {
    for (let index = 0; index < signed.signature.length; index++) {
      expect(reasonFor({ ...signed, signature: flipped(signed.signature, index, 0x01) }), `byte ${index}`).toBe('bad-signature')
    }
  })

  it('stops holding when the manifest or the signature is cut short, grown or empty', () => {
    const { manifest: whole, signature: right } = signed
    for (const manifest of [whole.subarray(0, -1), Buffer.concat([whole, Buffer.from(' ')]), Buffer.alloc(0)]) {
      expect(reasonFor({ ...signed, manifest })).toBe('bad-signature')
    }
    for (const signature of [right.subarray(1), Buffer.concat([right, Buffer.alloc(1)]), Buffer.alloc(0), Buffer.alloc(64)]) {
      expect(reasonFor({ ...signed, signature })).toBe('bad-signature')
    }
  })

  it('must be by the key of this build', () => {
    expect(reasonFor(signManifest(content, makeKeys().privateKey))).toBe('bad-signature')
  })

  it('does not hold over the bare bytes: a signature made for another purpose does not fit', () => {
    const signature = sign(null, signed.manifest, keys.privateKey)
    expect(reasonFor({ manifest: signed.manifest, signature })).toBe('bad-signature')
  })
})

describe('a manifest that is signed and still refused', () => {
  const artifact = { bytes: 1, name: 'a.deb', sha512: 'ab'.repeat(64) }
  const valid = { artifacts: [artifact], releasedAt: 1, version: '9.0.0' }
  const tooMany = Array.from({ length: 65 }, (_, at) => ({ ...artifact, name: `a${at}` }))
  const reasonOf = (value: unknown): string => reasonFor(signText(JSON.stringify(value)))

  it('is what the cases below start from, and is taken as it is', () => {
    expect(reasonOf(valid)).toBe('newer')
  })

  it.each([
    ['a version that is a number', { ...valid, version: 9 }],
    ['a version of two parts', { ...valid, version: '9.0' }],
    ['a version with a leading zero', { ...valid, version: '09.0.0' }],
    ['a pre-release', { ...valid, version: '9.0.0-beta.1' }],
    ['a version too long to be one', { ...valid, version: '9.0.9999999' }],
    ['a time that is text', { ...valid, releasedAt: '1' }],
    ['a time with a fraction', { ...valid, releasedAt: 1.5 }],
    ['a time before 1970', { ...valid, releasedAt: -1 }],
    ['no time', { artifacts: [artifact], version: '9.0.0' }],
    ['no artifacts', { ...valid, artifacts: [] }],
    ['artifacts that are no list', { ...valid, artifacts: { length: 1, 0: artifact } }],
    ['an artifact that is null', { ...valid, artifacts: [null] }],
    ['two artifacts of one name', { ...valid, artifacts: [artifact, { ...artifact, bytes: 2 }] }],
    ['more artifacts than a release has', { ...valid, artifacts: tooMany }],
    ['a name with a path', { ...valid, artifacts: [{ ...artifact, name: '../a.deb' }] }],
    ['a name that hides itself', { ...valid, artifacts: [{ ...artifact, name: '.deb' }] }],
    ['a hash in capitals', { ...valid, artifacts: [{ ...artifact, sha512: 'AB'.repeat(64) }] }],
    ['a hash too short', { ...valid, artifacts: [{ ...artifact, sha512: 'ab'.repeat(32) }] }],
    ['a size of nothing', { ...valid, artifacts: [{ ...artifact, bytes: 0 }] }],
    ['a size that is text', { ...valid, artifacts: [{ ...artifact, bytes: '1' }] }],
    ['an artifact with one field more', { ...valid, artifacts: [{ ...artifact, url: 'https://a.invalid' }] }],
    ['a field of a later format', { ...valid, mustInstall: true }],
    ['a list', [valid]],
    ['null', null],
    ['a text', 'newer'],
  ])('has %s', (_, value) => {
    expect(reasonOf(value)).toBe('malformed')
  })

  it.each([
    ['white space', JSON.stringify(valid, undefined, 1)],
    ['its keys in another order', JSON.stringify({ version: '9.0.0', releasedAt: 1, artifacts: [artifact] })],
    ['a key twice', JSON.stringify(valid).replace('"version":"9.0.0"', '"version":"1.0.0","version":"9.0.0"')],
    ['an escaped letter', JSON.stringify(valid).replace('a.deb', '\\u0061.deb')],
    ['a byte order mark', `\uFEFF${JSON.stringify(valid)}`],
    ['no JSON at all', 'newer'],
    ['nothing', ''],
  ])('is written with %s', (_, text) => {
    expect(reasonFor(signText(text))).toBe('malformed')
  })

  it('is not UTF-8', () => {
    const manifest = Buffer.from([0x22, 0xff, 0x22])
    expect(reasonFor({ manifest, signature: sign(null, signedBytes(manifest), keys.privateKey) })).toBe('malformed')
  })

  it('is larger than is read, which is seen before it is hashed', () => {
    expect(reasonFor(signText('x'.repeat(manifestBytesMax + 1)))).toBe('oversized')
    expect(reasonFor(signText('x'.repeat(manifestBytesMax)))).toBe('malformed')
  })
})

describe('the signing side', () => {
  it('writes a manifest in one way, whatever the order of its fields', () => {
    const artifacts = content.artifacts.map(({ bytes, sha512, name }) => ({ sha512, bytes, name }))
    const { version, releasedAt } = content
    expect(canonicalManifest({ version, artifacts, releasedAt })).toBe(canonicalManifest(content))
    expect(canonicalManifest(content)).toBe(
      `{"artifacts":[{"bytes":96123456,"name":"Ballast-1.2.0-linux-amd64.deb","sha512":"${'ab'.repeat(64)}"}],` +
        '"releasedAt":1773325927000,"version":"1.2.0"}',
    )
  })

  it('refuses to sign what no installed Ballast would take', () => {
    expect(() => signManifest({ ...content, version: '1.2' }, keys.privateKey)).toThrow('would be refused')
    expect(() => signManifest({ ...content, artifacts: [] }, keys.privateKey)).toThrow('would be refused')
  })

  it('describes the installers in a folder and nothing else', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ballast-release-'))
    try {
      const files = ['Ballast-1.2.0-win-x64.exe', 'Ballast-1.2.0-linux-amd64.deb', 'SHA256SUMS', 'sbom.json']
      for (const name of files) writeFileSync(join(folder, name), name)
      expect(await describeArtifacts(folder)).toEqual(
        ['Ballast-1.2.0-linux-amd64.deb', 'Ballast-1.2.0-win-x64.exe'].map((name) => ({
          name,
          sha512: createHash('sha512').update(name).digest('hex'),
          bytes: name.length,
        })),
      )
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})
