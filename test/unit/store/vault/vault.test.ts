import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  createVault, lookAtVault, noKeychain, openEphemeralVault, openVault, Secret,
} from '../../../../src-main/store/vault/index.ts'
import { MemoryKeychain } from './memory-keychain.ts'
import { everythingIn, newFolder, opened, passphrase, passphraseText, textOfSecret, troubleOf } from './vault-folder.ts'
import { byKeychain, byPassphrase, addCode, keysOf, head } from './vault-desk.ts'

describe('a vault in the keychain', () => {
  test('opens again with the same keys, and without a secret', async () => {
    const [folder, keychain] = [newFolder(), new MemoryKeychain()]
    const made = await byKeychain(folder, keychain)
    const again = opened(await openVault({ folder, keychain }))
    expect(keysOf(again)).toEqual(keysOf(made))
    expect(again.vaultId).toBe(made.vaultId)
    expect(again.protection).toBe('keychain')
    expect(again.slots).toEqual(['keychain'])
    expect(again.booksKey()).toEqual(made.booksKey())
    expect(again.journalKeys().keyOf(1)).toEqual(made.journalKeys().keyOf(1))
    expect(again.journalKeys().keyOf(2)).toBeUndefined()
  })

  test('gives each purpose a key of its own', async () => {
    const vault = await byKeychain(newFolder(), new MemoryKeychain())
    const keys = [...keysOf(vault), vault.booksKey().toString('hex'), vault.anchorKey.toString('hex'), vault.journalKeys().keyOf(1)?.toString('hex')]
    expect(new Set(keys).size).toBe(4)
  })

  test('is a file that only its owner can read, and in which no key is', async () => {
    const [folder, keychain] = [newFolder(), new MemoryKeychain()]
    const vault = await byKeychain(folder, keychain)
    const code = await addCode(vault)
    expect(statSync(join(folder, 'vault.json')).mode & 0o777).toBe(0o600)
    const text = everythingIn(folder)
    for (const secret of [...vault.exportDataKeys(), ...keychain.entries.values()]) {
      expect(text).not.toContain(secret.toString('base64'))
      expect(text).not.toContain(secret.toString('hex'))
    }
    expect(text).not.toContain(code)
    expect(text).not.toContain(code.replaceAll('-', ''))
  })

  test('says that the key is missing and which keychains these are, and does not change a byte', async () => {
    const [folder, keychain] = [newFolder(), new MemoryKeychain()]
    await addCode(await byKeychain(folder, keychain))
    const before = readFileSync(join(folder, 'vault.json'))
    const other = new MemoryKeychain()
    other.backEnd = 'kwallet'
    expect(troubleOf(await openVault({ folder, keychain: other }))).toEqual({
      kind: 'key-missing', keychainWas: 'secret-service', keychainIs: 'kwallet', accepts: ['recovery'],
    })
    expect(readFileSync(join(folder, 'vault.json'))).toEqual(before)
    expect(other.entries.size).toBe(0)
  })

  test('is opened by a recovery code when the keychain lost the key, which gets one again', async () => {
    const [folder, keychain] = [newFolder(), new MemoryKeychain()]
    const made = await byKeychain(folder, keychain)
    const code = await addCode(made)
    keychain.entries.clear()
    keychain.backEnd = 'kwallet'
    const mended = opened(await openVault({ folder, keychain, secret: Secret.fromText(code) }))
    expect(mended.notes).toEqual([{ kind: 'keychain-mended' }])
    expect(keysOf(mended)).toEqual(keysOf(made))
    expect(keychain.entries.size).toBe(1)
    const again = opened(await openVault({ folder, keychain }))
    expect(keysOf(again)).toEqual(keysOf(made))
    expect(again.notes).toEqual([])
  })

  test('opens by a secret although the keychain is locked, and leaves the keychain as it is', async () => {
    const [folder, keychain] = [newFolder(), new MemoryKeychain()]
    const code = await addCode(await byKeychain(folder, keychain))
    const before = readFileSync(join(folder, 'vault.json'))
    keychain.trouble = { kind: 'keychain-locked', detail: 'dismissed' }
    const vault = opened(await openVault({ folder, keychain, secret: Secret.fromText(code) }))
    expect(vault.notes).toEqual([{ kind: 'keychain-not-mended', trouble: keychain.trouble }])
    expect(readFileSync(join(folder, 'vault.json'))).toEqual(before)
  })

  test('takes another key in its entry for wrong, not for missing', async () => {
    const [folder, keychain] = [newFolder(), new MemoryKeychain()]
    await byKeychain(folder, keychain)
    for (const account of keychain.entries.keys()) keychain.entries.set(account, Buffer.alloc(32, 1))
    expect(troubleOf(await openVault({ folder, keychain }))).toEqual({ kind: 'key-wrong', accepts: [] })
    for (const account of keychain.entries.keys()) keychain.entries.set(account, Buffer.alloc(5, 1))
    expect(troubleOf(await openVault({ folder, keychain }))).toEqual({ kind: 'key-wrong', accepts: [] })
  })

  test.each([
    { kind: 'keychain-absent', detail: '' }, { kind: 'keychain-locked', detail: '' },
    { kind: 'keychain-denied', detail: '' }, { kind: 'keychain-silent', waitedMs: 5 },
  ] as const)('is not made and leaves nothing when the keychain says $kind', async (trouble) => {
    const [folder, keychain] = [newFolder(), new MemoryKeychain()]
    keychain.trouble = trouble
    expect(troubleOf(await createVault({ folder, keychain, protection: { kind: 'keychain' } }))).toEqual(trouble)
    keychain.trouble = undefined
    await byKeychain(folder, keychain)
    expect(keychain.entries.size).toBe(1)
  })

  test('is not made when the keychain gives back another key than it was given', async () => {
    const [folder, keychain] = [newFolder(), new MemoryKeychain()]
    const write = keychain.write.bind(keychain)
    keychain.write = (account) => write(account, Buffer.alloc(32, 3))
    expect(troubleOf(await createVault({ folder, keychain, protection: { kind: 'keychain' } })).kind).toBe('keychain-denied')
    expect(keychain.entries.size).toBe(0)
    expect(existsSync(join(folder, 'vault.json'))).toBe(false)
  })

  test('is never made over another one, nor over books whose vault is lost', async () => {
    const [folder, keychain] = [newFolder(), new MemoryKeychain()]
    await byKeychain(folder, keychain)
    const before = readFileSync(join(folder, 'vault.json'))
    expect(troubleOf(await createVault({ folder, keychain, protection: { kind: 'keychain' } }))).toEqual({ kind: 'vault-exists' })
    expect(readFileSync(join(folder, 'vault.json'))).toEqual(before)
    const { mkdirSync } = await import('node:fs')
    const lost = newFolder()
    mkdirSync(join(lost, 'journal'))
    writeFileSync(join(lost, 'journal', '00000001.seg'), 'x')
    expect(troubleOf(await createVault({ folder: lost, keychain, protection: { kind: 'keychain' } }))).toEqual({ kind: 'folder-unusable', detail: 'books-without-vault' })
  })
})

describe('a vault under a passphrase', () => {
  test('asks for it, refuses a wrong one, opens by the right one', async () => {
    const folder = newFolder()
    const made = await byPassphrase(folder)
    expect(troubleOf(await openVault({ folder, keychain: noKeychain }))).toEqual({ kind: 'passphrase-needed', accepts: ['passphrase'] })
    expect(troubleOf(await openVault({ folder, keychain: noKeychain, secret: Secret.fromText('nine lives of a lodger') }))).toEqual({ kind: 'secret-wrong' })
    const again = opened(await openVault({ folder, keychain: noKeychain, secret: passphrase() }))
    expect(keysOf(again)).toEqual(keysOf(made))
    expect(again.protection).toBe('passphrase')
  })

  test('opens by its recovery code in any way of writing it, and an older code opens nothing', async () => {
    const folder = newFolder()
    const vault = await byPassphrase(folder)
    const first = await addCode(vault)
    const second = await addCode(vault)
    expect(second).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){6}[0-9A-HJKMNP-TV-Z]{4}$/)
    const sloppy = ` ${second.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l')} `
    opened(await openVault({ folder, keychain: noKeychain, secret: Secret.fromText(sloppy) }))
    expect(troubleOf(await openVault({ folder, keychain: noKeychain, secret: Secret.fromText(first) }))).toEqual({ kind: 'secret-wrong' })
  })

  test('says that a recovery code was mistyped', async () => {
    const folder = newFolder()
    const code = await addCode(await byPassphrase(folder))
    const wrong = code.replace(/^./, (character) => (character === '7' ? '8' : '7'))
    expect(troubleOf(await openVault({ folder, keychain: noKeychain, secret: Secret.fromText(wrong) }))).toEqual({ kind: 'secret-wrong', hint: 'mistyped-code' })
  })

  test('changes its passphrase only for somebody who knows a secret', async () => {
    const folder = newFolder()
    const vault = await byPassphrase(folder)
    const to = Secret.fromText('another long passphrase')
    expect(troubleOf(await vault.addPassphrase(to))).toEqual({ kind: 'slot-exists' })
    expect(troubleOf(await vault.changePassphrase({ from: Secret.fromText('not the passphrase'), to }))).toEqual({ kind: 'secret-wrong' })
    expect((await vault.changePassphrase({ from: passphrase(), to })).ok).toBe(true)
    expect(troubleOf(await openVault({ folder, keychain: noKeychain, secret: passphrase() }))).toEqual({ kind: 'secret-wrong' })
    opened(await openVault({ folder, keychain: noKeychain, secret: to }))
  })

  test('moves into a keychain with its anchor and its tokens, and the passphrase stays', async () => {
    const [folder, keychain] = [newFolder(), new MemoryKeychain()]
    await byPassphrase(folder)
    const vault = opened(await openVault({ folder, keychain, secret: passphrase() }))
    await vault.keepAnchor(head)
    await vault.keepSecret('telegram', Secret.fromText('12345:token-of-a-bot'))
    expect(existsSync(join(folder, 'vault.secrets'))).toBe(true)
    expect(everythingIn(folder)).not.toContain('token-of-a-bot')
    expect((await vault.moveToKeychain()).ok).toBe(true)
    expect(existsSync(join(folder, 'vault.secrets'))).toBe(false)
    expect(existsSync(join(folder, 'vault.anchor'))).toBe(false)
    const again = opened(await openVault({ folder, keychain }))
    expect(again.slots).toEqual(['keychain', 'passphrase'])
    expect(await again.readAnchor()).toEqual({ ok: true, head, from: 'keychain' })
    const read = await again.appSecret('telegram')
    expect(read.ok && read.secret && textOfSecret(read.secret)).toBe('12345:token-of-a-bot')
  })
})

test('a look at a vault names its ways in without opening it', async () => {
  const [folder, keychain] = [newFolder(), new MemoryKeychain()]
  expect(await lookAtVault(folder)).toEqual({ ok: false, trouble: { kind: 'vault-absent' } })
  const vault = await byKeychain(folder, keychain)
  await addCode(vault)
  await vault.rotate()
  expect(await lookAtVault(folder)).toEqual({ ok: true, vaultId: vault.vaultId, slots: ['keychain', 'recovery'], epochs: 2, keychain: 'secret-service' })
})

describe('an ephemeral vault', () => {
  test('is the same for the same root, and nobody else’s', () => {
    const [one, same, other] = [Buffer.alloc(32, 1), Buffer.alloc(32, 1), Buffer.alloc(32, 2)].map(openEphemeralVault)
    expect(one?.vaultId).toBe(same?.vaultId)
    expect(one?.journalKeys().keyOf(1)).toEqual(same?.journalKeys().keyOf(1))
    expect(one?.vaultId).not.toBe(other?.vaultId)
    expect(one?.booksKey()).not.toEqual(other?.booksKey())
    expect(one?.protection).toBe('ephemeral')
  })

  test('keeps what it is given in memory, and refuses to be changed', async () => {
    const vault = openEphemeralVault(Buffer.alloc(32, 1))
    await vault.keepAnchor(head)
    expect(await vault.readAnchor()).toEqual({ ok: true, head, from: 'memory' })
    expect(await vault.rotate()).toEqual({ ok: false, trouble: { kind: 'not-kept' } })
  })
})

test('a vault that is closed has wiped its keys', async () => {
  const vault = await byKeychain(newFolder(), new MemoryKeychain())
  const lent = [vault.booksKey(), vault.anchorKey, vault.journalKeys().keyOf(1)]
  expect(lent.every((key) => key?.some((byte) => byte !== 0))).toBe(true)
  vault.dispose()
  expect(lent.every((key) => key?.every((byte) => byte === 0))).toBe(true)
  expect(() => vault.booksKey()).toThrow('closed')
})

test('no trouble, no vault and no secret shows a secret when it is printed', async () => {
  const { inspect } = await import('node:util')
  const [folder, keychain] = [newFolder(), new MemoryKeychain()]
  await byPassphrase(folder)
  const vault = opened(await openVault({ folder, keychain, secret: passphrase() }))
  const key = vault.booksKey()
  const shown = [
    inspect(vault, { depth: 9, showHidden: true }), JSON.stringify(vault), inspect(passphrase(), { depth: 9, showHidden: true }),
    JSON.stringify({ at: passphrase() }), `${passphrase()}`, inspect(await openVault({ folder, keychain, secret: Secret.fromText('wrong wrong wrong') })),
  ].join('\n')
  expect(shown).toContain('[secret]')
  for (const secret of [passphraseText, 'wrong wrong', key.toString('hex'), key.toString('base64'), key.toString('hex').replace(/(..)/g, '$1 ').slice(0, 60)]) {
    expect(shown).not.toContain(secret)
  }
})
