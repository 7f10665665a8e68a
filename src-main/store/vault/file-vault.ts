import { assert } from '../../base/index.ts'
import { isSecretSlot, makePassphraseSlot, makeRecoverySlot, seedFor } from './key-slots.ts'
import { keepAnchorOf, placeOf, readKeptAnchor } from './kept-anchor.ts'
import { installMasterKey, proveNewestKey, removeOldKeys } from './keychain-key.ts'
import { passphraseFault } from './passphrase-seed.ts'
import { makeRecoveryCode, readRecoveryCode } from './recovery-code.ts'
import { rotateKeys } from './rotate-keys.ts'
import type { Secret } from './secret.ts'
import { fileShelf, keychainShelf, namesOnFileShelf, secretNamePattern } from './secret-shelf.ts'
import type { SecretShelf } from './secret-shelf.ts'
import { removeSideFile } from './side-files.ts'
import { isSame } from './sealing.ts'
import { createTryLimit } from './try-limit.ts'
import type { VaultCore } from './vault-core.ts'
import type {
  AnchorHead, AnchorReading, AppSecretReading, JournalKeys, RecoveryCodeMade, RecoveryCodeOffer, SecretVerdict, Vault, VaultChange, VaultNote,
  VaultProtection, VaultRotation,
} from './vault-face.ts'
import type { PublicSlot } from './vault-file.ts'
import type { SlotKind } from './vault-trouble.ts'

/** The vault of a folder. Changes queue up, so that none sees another's half. */
export class FileVault implements Vault {
  readonly notes: readonly VaultNote[]
  readonly #core: VaultCore
  #turn: Promise<unknown> = Promise.resolve()
  #underWay = 0
  #isDisposed = false

  constructor(core: VaultCore, notes: readonly VaultNote[]) {
    this.#core = core
    this.notes = notes
  }

  get vaultId(): string {
    return this.#core.body.vaultId
  }

  get instanceId(): string {
    return this.#core.body.instanceId
  }

  get protection(): VaultProtection {
    return this.#core.hasKeychainSlot ? 'keychain' : 'passphrase'
  }

  get slots(): readonly SlotKind[] {
    return [...(this.#core.hasKeychainSlot ? ['keychain' as const] : []), ...this.#core.secretKinds]
  }

  get epochs(): number {
    return this.#core.keys.newestEpoch
  }

  get anchorKey(): Buffer {
    return this.#keys().derive(1, 'anchor')
  }

  journalKeys(): JournalKeys {
    return this.#keys().journalKeys()
  }

  booksKey(): Buffer {
    return this.#keys().derive(this.epochs, 'books')
  }

  formerBooksKeys(): readonly Buffer[] {
    return Array.from({ length: this.epochs - 1 }, (_each, index) => this.#keys().derive(index + 1, 'books'))
  }

  exportDataKeys(): readonly Buffer[] {
    return this.#keys().all().map((key) => Buffer.from(key))
  }

  publicSlots(): readonly PublicSlot[] {
    return this.#core.secretSlots().map(({ sealed: _sealed, ...open }) => open)
  }

  addPassphrase(passphrase: Secret): Promise<VaultChange> {
    return this.#inTurn(async () => {
      if (this.#core.secretKinds.includes('passphrase')) return { ok: false, trouble: { kind: 'slot-exists' } }
      return this.#setPassphrase(passphrase)
    })
  }

  changePassphrase({ from, to }: { readonly from: Secret; readonly to: Secret }): Promise<VaultChange> {
    return this.#inTurn(async () => {
      const found = await seedFor(from, this.#core.secretSlots())
      if (!found.ok) return found
      found.seed.fill(0)
      return this.#setPassphrase(to)
    })
  }

  offerRecoveryCode(): RecoveryCodeOffer {
    const code = makeRecoveryCode()
    const reading = readRecoveryCode(code)
    assert(reading.kind === 'code', 'expected a code that was just made to be readable')
    return {
      code,
      isSame: (typed) => {
        const read = readRecoveryCode(typed)
        return read.kind === 'code' && isSame(Buffer.from(read.canonical), Buffer.from(reading.canonical))
      },
      keep: () => this.#inTurn(() => this.#keepRecoverySlot(reading.canonical)),
    }
  }

  async addRecoveryCode(): Promise<RecoveryCodeMade> {
    const { code, keep } = this.offerRecoveryCode()
    const kept = await keep()
    if (kept.ok) return { ok: true, code }
    code.dispose()
    return kept
  }

  verifySecret(secret: Secret): Promise<SecretVerdict> {
    return this.#inTurn(async () => {
      const slots = this.#core.body.slots.filter(isSecretSlot)
      if (slots.length === 0) return { ok: false, refusal: { kind: 'no-secret-slot' } }
      const limit = createTryLimit(this.#core.folder, this.#core.now)
      const begun = await limit.begin()
      if (!begun.ok) return begun
      const found = await seedFor(secret, slots)
      if (!found.ok) return { ok: false, refusal: { ...found.trouble, waitMs: begun.waitMs } }
      found.seed.fill(0)
      await limit.forget()
      return { ok: true, slot: found.slot.kind }
    })
  }

  moveToKeychain(): Promise<VaultChange> {
    return this.#inTurn(async () => {
      const installed = await installMasterKey(this.#core, this.#keys())
      if (!installed.ok) return installed
      const proved = await proveNewestKey(this.#core)
      if (!proved.ok) return proved
      const removed = await removeOldKeys(this.#core)
      return removed.ok ? this.#moveSideFiles() : removed
    })
  }

  rotate(): Promise<VaultRotation> {
    return this.#inTurn(async () => {
      const rotation = await rotateKeys(this.#core)
      if (rotation.ok) await this.#anchorAnew()
      return rotation
    })
  }

  keepAnchor(head: AnchorHead): Promise<VaultChange> {
    return this.#inTurn(() => keepAnchorOf(this.#core, head))
  }

  readAnchor(): Promise<AnchorReading> {
    return this.#inTurn(async () => {
      const from = placeOf(this.#core)
      const read = await readKeptAnchor(this.#core, from)
      return read.ok ? { ok: true, head: read.anchored?.head, from } : read
    })
  }

  appSecret(name: string): Promise<AppSecretReading> {
    return this.#inTurn(() => this.#shelf(name).read(name))
  }

  keepSecret(name: string, secret: Secret): Promise<VaultChange> {
    return this.#inTurn(() => this.#shelf(name).keep(name, secret))
  }

  dropSecret(name: string): Promise<VaultChange> {
    return this.#inTurn(() => this.#shelf(name).drop(name))
  }

  /** A change that is under way ends before the keys are wiped. */
  dispose(): void {
    if (this.#isDisposed) return
    this.#isDisposed = true
    if (this.#underWay === 0) this.#core.dispose()
    else void this.#turn.finally(() => this.#core.dispose())
  }

  /** Made only now: the keys may be others than when the code was offered. */
  async #keepRecoverySlot(canonical: string): Promise<VaultChange> {
    const slot = makeRecoverySlot(this.vaultId, canonical, this.#keys())
    const kept = await this.#core.commit({ slots: this.#core.withSecretSlot(slot) })
    if (kept.ok) await this.#anchorAnew()
    return kept
  }

  async #setPassphrase(passphrase: Secret): Promise<VaultChange> {
    assert(passphraseFault(passphrase) === undefined, 'expected a passphrase of fitting length')
    const slot = await makePassphraseSlot(this.vaultId, passphrase, this.#keys())
    const kept = await this.#core.commit({ slots: this.#core.withSecretSlot(slot) })
    if (kept.ok) await this.#anchorAnew()
    return kept
  }

  /** So that the anchor knows of the change. Where that fails the change is made all the same, and the next anchor tells of it. */
  async #anchorAnew(): Promise<void> {
    const read = await readKeptAnchor(this.#core, placeOf(this.#core))
    if (read.ok && read.anchored !== undefined) await keepAnchorOf(this.#core, read.anchored.head)
  }

  /** A file goes only when what it holds is in the keychain. */
  async #moveSideFiles(): Promise<VaultChange> {
    const { folder, keychain } = this.#core
    const read = await readKeptAnchor(this.#core, 'file')
    if (read.ok && read.anchored !== undefined) {
      const written = await keepAnchorOf(this.#core, read.anchored.head)
      if (!written.ok) return written
      await removeSideFile(folder, 'vault.anchor')
    }
    const [file, shelf] = [fileShelf(folder, this.vaultId, () => this.#core.keys), keychainShelf(keychain, this.#core.body)]
    for (const name of await namesOnFileShelf(folder)) {
      const read = await file.read(name)
      if (!read.ok) return read
      if (read.secret === undefined) continue
      const kept = await shelf.keep(name, read.secret)
      read.secret.dispose()
      if (!kept.ok) return kept
      await file.drop(name)
    }
    return { ok: true }
  }

  #shelf(name: string): SecretShelf {
    assert(secretNamePattern.test(name), 'expected a secret named in small letters, digits and dashes')
    const { folder, keychain, hasKeychainSlot } = this.#core
    return hasKeychainSlot ? keychainShelf(keychain, this.#core.body) : fileShelf(folder, this.vaultId, () => this.#core.keys)
  }

  /** A step that was begun before `dispose` still has them: they are wiped after it. */
  #keys(): VaultCore['keys'] {
    assert(!this.#isDisposed || this.#underWay > 0, 'expected a vault that has not been closed')
    return this.#core.keys
  }

  #inTurn<Value>(step: () => Promise<Value>): Promise<Value> {
    assert(!this.#isDisposed, 'expected a vault that has not been closed')
    this.#underWay += 1
    const done = this.#turn.then(step).finally(() => {
      this.#underWay -= 1
    })
    // A step that throws is its caller's matter; the next one begins all the same.
    this.#turn = done.then(() => undefined, () => undefined)
    return done
  }
}
