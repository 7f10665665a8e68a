import { ensureDefined } from '../../base/index.ts'
import type { DataKeys } from './data-keys.ts'
import { isKeychainSlot, isSecretSlot } from './key-slots.ts'
import type { Keychain } from './keychain.ts'
import { isSame } from './sealing.ts'
import { macOf, readVaultFile, writeVaultFile } from './vault-file.ts'
import type { SecretSlot, VaultBody } from './vault-file.ts'
import type { StepListener, VaultChange } from './vault-face.ts'
import type { SecretSlotKind, VaultTrouble } from './vault-trouble.ts'

/** An opened vault.json with its keys: what every change of the keys works on. One change at a time. */
export class VaultCore {
  readonly folder: string
  readonly keychain: Keychain
  readonly now: () => number
  readonly tellStep: StepListener
  /** The highest revision of vault.json that the anchor knew at the opening. */
  revisionKnown = 0
  #body: VaultBody
  #mac: Buffer | undefined
  #keys: DataKeys

  constructor(parts: VaultCoreParts) {
    this.folder = parts.folder
    this.keychain = parts.keychain
    this.now = parts.now ?? Date.now
    this.tellStep = parts.onStep ?? ((): void => undefined)
    this.#body = parts.body
    this.#mac = parts.mac
    this.#keys = parts.keys
  }

  get body(): VaultBody {
    return this.#body
  }

  get keys(): DataKeys {
    return this.#keys
  }

  get secretKinds(): readonly SecretSlotKind[] {
    return this.#body.slots.filter(isSecretSlot).map((slot) => slot.kind)
  }

  get hasKeychainSlot(): boolean {
    return this.#body.slots.some(isKeychainSlot)
  }

  /**
   * Replaces vault.json. Two programs that both changed it from the same state would undo each other's change, so it must
   * still be the file that was read.
   */
  async commit(change: Partial<VaultBody>, keys: DataKeys = this.#keys): Promise<VaultChange> {
    const trouble = await this.#otherHand()
    if (trouble !== undefined) return { ok: false, trouble }
    const body: VaultBody = { ...this.#body, ...change, revision: this.#body.revision + 1, links: [...keys.links(this.#body.vaultId)] }
    const mac = macOf(keys.derive(keys.newestEpoch, 'vault.json'), body)
    const failed = await writeVaultFile(this.folder, { body, mac })
    if (failed !== undefined) return { ok: false, trouble: failed }
    this.#body = body
    this.#mac = mac
    if (keys !== this.#keys) {
      // Whoever was lent the old ones, the journal's writer for one, goes on using them until it is told: they stay.
      this.#retired.push(this.#keys)
      this.#keys = keys
    }
    return { ok: true }
  }

  readonly #retired: DataKeys[] = []

  async #otherHand(): Promise<VaultTrouble | undefined> {
    const found = await readVaultFile(this.folder)
    if (this.#mac === undefined) return !found.ok && found.trouble.kind === 'vault-absent' ? undefined : { kind: 'vault-exists' }
    if (!found.ok) return found.trouble
    return isSame(found.document.mac, this.#mac) ? undefined : { kind: 'vault-changed' }
  }

  withSecretSlot(slot: SecretSlot): VaultBody['slots'] {
    return [...this.#body.slots.filter((held) => held.kind !== slot.kind), slot]
  }

  secretSlots(): readonly SecretSlot[] {
    return this.#body.slots.filter(isSecretSlot)
  }

  newestKeychainSlot(): Extract<VaultBody['slots'][number], { kind: 'keychain' }> {
    return ensureDefined(this.#body.slots.find(isKeychainSlot), 'a keychain slot')
  }

  dispose(): void {
    for (const keys of [...this.#retired, this.#keys]) keys.dispose()
  }
}

export interface VaultCoreParts {
  readonly folder: string
  readonly keychain: Keychain
  readonly body: VaultBody
  /** Of the file that the body was read from; undefined when there is none yet. */
  readonly mac: Buffer | undefined
  readonly keys: DataKeys
  readonly now?: (() => number) | undefined
  readonly onStep?: StepListener | undefined
}

export const masterAccount = (vaultId: string, keyId: string): string => `${vaultId}/${keyId}`
export const anchorAccount = ({ vaultId, instanceId }: VaultBody): string => `${vaultId}/${instanceId}/anchor`
export const appAccount = ({ vaultId, instanceId }: VaultBody, name: string): string => `${vaultId}/${instanceId}/app/${name}`
