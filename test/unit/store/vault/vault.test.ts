import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createVault, lookAtVault, noKeychain, openEphemeralVault, openVault, Secret } from '../../../../src-main/store/vault/index.ts'
import type { Keychain, Vault } from '../../../../src-main/store/vault/index.ts'
import { MemoryKeychain } from './memory-keychain.ts'
import { everythingIn, newFolder, opened, passphrase, passphraseText, textOfSecret, troubleOf } from './vault-folder.ts'

const byKeychain = async (folder: string, keychain: Keychain): Promise<Vault> =>
  opened(await createVault({ folder, keychain, protection: { kind: 'keychain' } }))

const byPassphrase = async (folder: string): Promise<Vault> =>
  opened(await createVault({ folder, keychain: noKeychain, protection: { kind: 'passphrase', passphrase: passphrase() } }))

const addCode = async (vault: Vault): Promise<string> => {
  const made = await vault.addRecoveryCode()
  if (!made.ok) throw new Error('expected a recovery code')
  return textOfSecret(made.code)
}

const keysOf = (vault: Vault): readonly string[] => vault.exportDataKeys().map((key) => key.toString('hex'))
const head = { sequence: 7, mac: 'ab'.repeat(32) }

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

describe('what lies beside the vault', () => {
  test.each(['passphrase', 'keychain'] as const)('says of one with a %s that an older vault.json was put back, and goes on saying so', async (kind) => {
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
