import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { noKeychain, openVault, Secret } from '../../../../src-main/store/vault/index.ts'
import { MemoryKeychain } from './memory-keychain.ts'
import { newFolder, opened, passphrase, textOfSecret } from './vault-folder.ts'
import { byKeychain, byPassphrase, addCode, keysOf } from './vault-desk.ts'

describe('rotation', () => {
  test('adds an epoch, replaces the keychain entry, and every way in opens all epochs', async () => {
    const [folder, keychain] = [newFolder(), new MemoryKeychain()]
    const vault = await byKeychain(folder, keychain)
    const code = await addCode(vault)
    await vault.addPassphrase(passphrase())
    const [oldBooks, oldAccounts, oldJournal] = [Buffer.from(vault.booksKey()), [...keychain.entries.keys()], vault.journalKeys()]
    expect(await vault.rotate()).toEqual({ ok: true, epoch: 2, readableEpochs: [1], isOldKeyRemoved: true })
    expect(vault.epochs).toBe(2)
    expect(vault.booksKey()).not.toEqual(oldBooks)
    expect(vault.formerBooksKeys()).toEqual([oldBooks])
    expect([...keychain.entries.keys()]).not.toEqual(oldAccounts)
    expect(keychain.entries.size).toBe(1)
    expect(oldJournal.keyOf(1)).toEqual(vault.journalKeys().keyOf(1))
    for (const secret of [undefined, passphrase(), Secret.fromText(code)]) {
      const again = opened(await openVault({ folder, keychain, ...(secret === undefined ? {} : { secret }) }))
      expect(keysOf(again)).toEqual(keysOf(vault))
      expect(again.notes).toEqual([])
    }
    expect(await vault.rotate()).toMatchObject({ ok: true, epoch: 3, readableEpochs: [1, 2] })
    opened(await openVault({ folder, keychain, secret: Secret.fromText(code) }))
  })

  test('needs no secret where only a passphrase opens the vault, and takes the tokens along', async () => {
    const folder = newFolder()
    const vault = await byPassphrase(folder)
    await vault.keepSecret('telegram', Secret.fromText('a token'))
    expect(await vault.rotate()).toMatchObject({ ok: true, epoch: 2 })
    expect(JSON.parse(readFileSync(join(folder, 'vault.secrets'), 'utf8'))).toMatchObject({ secrets: { telegram: { epoch: 2 } } })
    const again = opened(await openVault({ folder, keychain: noKeychain, secret: passphrase() }))
    expect(keysOf(again)).toEqual(keysOf(vault))
    const read = await again.appSecret('telegram')
    expect(read.ok && read.secret && textOfSecret(read.secret)).toBe('a token')
  })

  const steps = ['announce-key', 'write-key', 'read-key-back', 'replace-vault', 'check-vault', 'remove-old-key', 'forget-old-slot'] as const

  test.each(steps)('leaves a vault that opens by the keychain and by the code when it breaks before %s, and its leftovers go', async (at) => {
    const [folder, keychain] = [newFolder(), new MemoryKeychain()]
    const made = await byKeychain(folder, keychain)
    const code = await addCode(made)
    const [first] = keysOf(made)
    const breaking = opened(await openVault({ folder, keychain, onStep: (step) => {
      if (step === at) throw new Error(`broken at ${step}`)
    } }))
    await expect(breaking.rotate()).rejects.toThrow(`broken at ${at}`)
    opened(await openVault({ folder, keychain, secret: Secret.fromText(code), mendKeychain: false }))
    const after = opened(await openVault({ folder, keychain }))
    expect(keysOf(after)[0]).toBe(first)
    const again = opened(await openVault({ folder, keychain }))
    expect(again.notes).toEqual([])
    expect(keychain.entries.size).toBe(1)
    expect(await again.rotate()).toMatchObject({ ok: true, isOldKeyRemoved: true })
    expect(keychain.entries.size).toBe(1)
  })

  test.each(['read', 'write', 'remove'] as const)('with a keychain that refuses to %s, leaves a vault that opens', async (call) => {
    const [folder, keychain] = [newFolder(), new MemoryKeychain()]
    const vault = await byKeychain(folder, keychain)
    keychain.trouble = { kind: 'keychain-denied', detail: 'no' }
    keychain.troubled = new Set([call])
    const rotated = await vault.rotate()
    expect(rotated).toMatchObject(call === 'remove' ? { ok: true, isOldKeyRemoved: false } : { ok: false, trouble: keychain.trouble })
    keychain.trouble = undefined
    const again = opened(await openVault({ folder, keychain }))
    expect(keysOf(again)).toEqual(keysOf(vault))
    opened(await openVault({ folder, keychain }))
    expect(keychain.entries.size).toBe(1)
  })
})

test.each([
  ['the new entry is gone from the keychain', (keychain: MemoryKeychain) => {
    const newest = [...keychain.entries.keys()].at(-1) ?? ''
    keychain.entries.delete(newest)
  }],
  ['the new entry is another by now', (keychain: MemoryKeychain) => {
    const newest = [...keychain.entries.keys()].at(-1) ?? ''
    keychain.entries.set(newest, Buffer.alloc(32, 9))
  }],
  ['the file on the disk is another', (_keychain: MemoryKeychain, folder: string, before: string) => writeFileSync(join(folder, 'vault.json'), before)],
] as const)('the old entry of a keychain stays when %s, and still opens the books', async (_what, harm) => {
  const [folder, keychain] = [newFolder(), new MemoryKeychain()]
  await byKeychain(folder, keychain)
  const before = readFileSync(join(folder, 'vault.json'), 'utf8')
  const [oldEntry] = [...keychain.entries.keys()]
  const vault = opened(await openVault({ folder, keychain, onStep: (step) => {
    if (step === 'check-vault') harm(keychain, folder, before)
  } }))
  const [first] = keysOf(vault)
  expect(await vault.rotate()).toMatchObject({ ok: true, isOldKeyRemoved: false })
  expect(keychain.removed).not.toContain(oldEntry)
  expect(keychain.entries.has(oldEntry ?? '')).toBe(true)
  expect(keysOf(opened(await openVault({ folder, keychain, mendKeychain: false })))[0]).toBe(first)
})
