import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { noKeychain, openVault, Secret } from '../../../../src-main/store/vault/index.ts'
import type { Vault } from '../../../../src-main/store/vault/index.ts'
import { MemoryKeychain } from './memory-keychain.ts'
import { newFolder, opened, passphrase, textOfSecret, troubleOf } from './vault-folder.ts'
import { byKeychain, byPassphrase, addCode, head } from './vault-desk.ts'

/** Each key that is derived takes its time, on purpose; the way over the passphrase goes through all that the other does. */
const kindsTried = process.env['BALLAST_DEEP'] === undefined ? (['passphrase'] as const) : (['passphrase', 'keychain'] as const)

describe('what lies beside the vault', () => {
  test.each(kindsTried)('says of one with a %s that an older vault.json was put back, and goes on saying so', async (kind) => {
    const [folder, keychain] = [newFolder(), new MemoryKeychain()]
    const path = join(folder, 'vault.json')
    const made = await byPassphrase(folder)
    const vault = kind === 'passphrase' ? made : opened(await openVault({ folder, keychain, secret: passphrase() }))
    if (kind === 'keychain') await vault.moveToKeychain()
    await vault.keepAnchor(head)
    const old = readFileSync(path)
    const to = Secret.fromText('another passphrase altogether')
    expect(await vault.changePassphrase({ from: passphrase(), to })).toEqual({ ok: true })
    expect(opened(await openVault({ folder, keychain, secret: to })).notes).toEqual([])
    writeFileSync(path, old)
    for (const _each of [1, 2]) {
      const again = opened(await openVault({ folder, keychain, secret: passphrase() }))
      expect(again.notes).toEqual([{ kind: 'vault-rolled-back' }])
      expect(await again.keepAnchor({ ...head, sequence: 8 })).toEqual({ ok: true })
      expect(await again.readAnchor()).toMatchObject({ ok: true, head: { sequence: 8 } })
    }
  })

  test('says so too after a rotation', async () => {
    const folder = newFolder()
    const vault = await byPassphrase(folder)
    await vault.keepAnchor(head)
    const old = readFileSync(join(folder, 'vault.json'))
    expect(await vault.rotate()).toMatchObject({ ok: true })
    writeFileSync(join(folder, 'vault.json'), old)
    expect(opened(await openVault({ folder, keychain: noKeychain, secret: passphrase() })).notes).toEqual([{ kind: 'vault-rolled-back' }])
  })

  test('keeps an anchor that nobody can put up, and names one that is damaged', async () => {
    const folder = newFolder()
    const vault = await byPassphrase(folder)
    expect(await vault.readAnchor()).toEqual({ ok: true, head: undefined, from: 'file' })
    await vault.keepAnchor(head)
    expect(await vault.readAnchor()).toEqual({ ok: true, head, from: 'file' })
    const path = join(folder, 'vault.anchor')
    writeFileSync(path, readFileSync(path, 'utf8').replace('"sequence":7', '"sequence":6'))
    expect(await vault.readAnchor()).toEqual({ ok: false, trouble: { kind: 'anchor-damaged' } })
    writeFileSync(path, '{')
    expect(await vault.readAnchor()).toEqual({ ok: false, trouble: { kind: 'anchor-damaged' } })
  })

  test('keeps a token until it is dropped, in a keychain and in a file', async () => {
    for (const vault of [await byKeychain(newFolder(), new MemoryKeychain()), await byPassphrase(newFolder())]) {
      expect(await vault.appSecret('telegram')).toEqual({ ok: true, secret: undefined })
      await vault.keepSecret('telegram', Secret.fromText('first'))
      await vault.keepSecret('telegram', Secret.fromText('second'))
      const read = await vault.appSecret('telegram')
      expect(read.ok && read.secret && textOfSecret(read.secret)).toBe('second')
      expect(await vault.dropSecret('telegram')).toEqual({ ok: true })
      expect(await vault.appSecret('telegram')).toEqual({ ok: true, secret: undefined })
    }
  })

  test('slows wrong tries down, over a restart too, and forgets them after a right one', async () => {
    const folder = newFolder()
    await byPassphrase(folder)
    let at = 1_000_000
    const open = async (): Promise<Vault> => opened(await openVault({ folder, keychain: noKeychain, secret: passphrase(), now: () => at }))
    const vault = await open()
    const wrong = Secret.fromText('0000-0000-0000')
    const waits: unknown[] = []
    for (let tries = 0; tries < 3; tries += 1) waits.push(await vault.verifySecret(wrong))
    expect(waits.map((verdict) => (verdict as { refusal: { waitMs: number } }).refusal.waitMs)).toEqual([0, 0, 1_000])
    const again = await open()
    expect(await again.verifySecret(passphrase())).toEqual({ ok: false, refusal: { kind: 'too-soon', waitMs: 1_000 } })
    at += 999
    expect(await again.verifySecret(passphrase())).toEqual({ ok: false, refusal: { kind: 'too-soon', waitMs: 1 } })
    at += 1
    expect(await again.verifySecret(wrong)).toEqual({ ok: false, refusal: { kind: 'secret-wrong', waitMs: 2_000 } })
    at += 2_000
    expect(await again.verifySecret(passphrase())).toEqual({ ok: true, slot: 'passphrase' })
    expect(await again.verifySecret(wrong)).toEqual({ ok: false, refusal: { kind: 'secret-wrong', waitMs: 0 } })
  })
})

describe('vault.json that somebody changed', () => {
  test('is refused wherever a field was changed', async () => {
    const [folder, keychain] = [newFolder(), new MemoryKeychain()]
    const vault = await byKeychain(folder, keychain)
    await addCode(vault)
    const path = join(folder, 'vault.json')
    const text = readFileSync(path, 'utf8')
    const foreign = await byKeychain(newFolder(), new MemoryKeychain())
    const strange = foreign.publicSlots()
    expect(strange).toEqual([])
    const changes: readonly (readonly [string, string])[] = [
      [text.replace(/"createdAt": \d+/, '"createdAt": 5'), 'vault-damaged'],
      [text.replace(/"publicKey": "(.)/, (_all, first: string) => `"publicKey": "${first === 'A' ? 'B' : 'A'}`), 'vault-damaged'],
      [text.replace('"revision": 3', '"revision": 2'), 'vault-damaged'],
      [text.replace('"format": 1', '"format": 2'), 'vault-newer'],
      [text.replace('"format": 1', '"format": 0'), 'vault-damaged'],
      [text.replace('"kind": "recovery"', '"kind": "recovery", "more": 1'), 'vault-damaged'],
      [text.slice(0, -9), 'vault-damaged'],
      ['', 'vault-damaged'],
    ]
    for (const [changed, kind] of changes) {
      expect(changed).not.toBe(text)
      writeFileSync(path, changed)
      expect(troubleOf(await openVault({ folder, keychain })).kind).toBe(kind)
    }
    writeFileSync(path, text)
    opened(await openVault({ folder, keychain }))
  })

  test('is not overwritten when another program changed it meanwhile', async () => {
    const [folder, keychain] = [newFolder(), new MemoryKeychain()]
    const vault = await byKeychain(folder, keychain)
    const other = opened(await openVault({ folder, keychain }))
    await addCode(other)
    const before = readFileSync(join(folder, 'vault.json'))
    expect(troubleOf(await vault.addPassphrase(passphrase()))).toEqual({ kind: 'vault-changed' })
    expect(readFileSync(join(folder, 'vault.json'))).toEqual(before)
  })

  test('cannot bring data keys that somebody else sealed to the passphrase', async () => {
    const { sealFor } = await import('../../../../src-main/store/vault/index.ts')
    const folder = newFolder()
    const vault = await byPassphrase(folder)
    const path = join(folder, 'vault.json')
    const document = JSON.parse(readFileSync(path, 'utf8')) as { vault: { slots: { publicKey: string; sealed: string[] }[] } }
    const [slot] = document.vault.slots
    if (slot === undefined) throw new Error('expected a slot')
    slot.sealed = [sealFor(Buffer.from(slot.publicKey, 'base64'), Buffer.alloc(32, 9), `ballast vault ${vault.vaultId} passphrase epoch 1`).toString('base64')]
    writeFileSync(path, JSON.stringify(document))
    expect(troubleOf(await openVault({ folder, keychain: noKeychain, secret: passphrase() }))).toEqual({ kind: 'vault-damaged', reason: 'foreign-key' })
  })
})
