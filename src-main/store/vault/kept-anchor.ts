import { anchorText, parseAnchor, type Anchored } from './anchor.ts'
import { readSideFile, writeSideFile } from './side-files.ts'
import { anchorAccount } from './vault-core.ts'
import type { VaultCore } from './vault-core.ts'
import type { AnchorHead, AnchorReading, VaultChange } from './vault-face.ts'

export type AnchoredReading =
  | { readonly ok: true; readonly anchored: Anchored | undefined }
  | Extract<AnchorReading, { readonly ok: false }>

export type AnchorPlace = 'keychain' | 'file'

export const placeOf = (core: VaultCore): AnchorPlace => (core.hasKeychainSlot ? 'keychain' : 'file')

export async function readKeptAnchor(core: VaultCore, from: AnchorPlace): Promise<AnchoredReading> {
  const read = await textIn(core, from)
  if (!read.ok) return read
  if (read.text === undefined) return { ok: true, anchored: undefined }
  const anchored = parseAnchor(keyOf(core), core.body.vaultId, read.text)
  return anchored === undefined ? { ok: false, trouble: { kind: 'anchor-damaged' } } : { ok: true, anchored }
}

/** The revision never falls: a vault.json that was put back must not become the newest by being used. */
export async function keepAnchorOf(core: VaultCore, head: AnchorHead): Promise<VaultChange> {
  const text = anchorText(keyOf(core), core.body.vaultId, { head, revision: Math.max(core.body.revision, core.revisionKnown) })
  const written = core.hasKeychainSlot
    ? await core.keychain.write(anchorAccount(core.body), Buffer.from(text))
    : await writeSideFile(core.folder, 'vault.anchor', text)
  return written.ok ? { ok: true } : written
}

type TextReading = { readonly ok: true; readonly text: string | undefined } | Extract<VaultChange, { readonly ok: false }>

async function textIn(core: VaultCore, from: AnchorPlace): Promise<TextReading> {
  if (from === 'file') return readSideFile(core.folder, 'vault.anchor')
  const read = await core.keychain.read(anchorAccount(core.body))
  return read.ok ? { ok: true, text: read.value?.toString('utf8') } : read
}

const keyOf = (core: VaultCore): Buffer => core.keys.derive(1, 'anchor')
